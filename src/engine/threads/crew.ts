import { reachesOf } from '../../audit/sample-reach.js'
import type { Case } from '../../domain/case.js'
import { AuditError } from '../../domain/problem.js'
import { ARMS, type Arm, type PerArm } from '../../domain/record.js'
import { Matcher, NotAligned } from '../../input/aligned.js'
import type { CaseBuilder } from '../../input/case-builder.js'
import type { LogFile } from '../../input/log-file.js'
import type { Meter } from '../../input/meter.js'
import { type Batch, batchesOf } from '../../input/pieces.js'
import { type Indexed, RecordIndex } from '../../input/record-index.js'
import { SharedMemory } from '../../input/shared-memory.js'
import { observing } from '../observing.js'
import type { Answer, Detectors, Located, Task, ThreadPlan } from './messages.js'
import { OwnThread } from './own-thread.js'
import { Pool } from './pool.js'
import { PooledWorker } from './pooled-worker.js'
import { Share } from './share.js'
import { type ShareState, shareCodec } from './state.js'

/** Groups of records that a thread is given at once. */
const GROUPS = 512

/** Tasks after which threads hear how far samples reach, and how many more each time after it: samples reach less far by then. */
const FIRST_REACH = 4
const REACH_GROWTH = 1.25

export interface CrewPlan {
  /** This one included. */
  readonly threads: number
  readonly plan: ThreadPlan
  readonly detectors: Detectors
  readonly meter: Meter
}

type Files = PerArm<readonly LogFile[]>

/** Threads that share the reading of one pair of arms. */
export class Crew {
  private readonly pool: Pool
  /** Of the thread that gives out the work. */
  private readonly own: Share
  private readonly plan: CrewPlan
  private fresh = true
  private given = 0
  private tellAt = FIRST_REACH
  /** Until threads know how far samples reach, where they are being told. */
  private telling: Promise<void> = Promise.resolve()

  constructor(plan: CrewPlan) {
    this.plan = plan
    const codec = shareCodec(observing(plan.plan.policy, plan.detectors))
    const others = Array.from({ length: plan.threads - 1 }, () => new PooledWorker(plan.plan, codec))
    this.own = new Share(plan.plan, plan.detectors)
    this.pool = new Pool(others, new OwnThread(this.own))
  }

  /**
   * Pairs here what threads leave: cases whose records lie in several batches. Gives out empty batches as it goes on. Throws
   * NotAligned where the arms do not follow each other, AuditError for what cannot be read; of several, what stands first.
   */
  async *paired(files: Files, builder: CaseBuilder): AsyncGenerator<Case[]> {
    await this.begin()
    const matcher = new Matcher(builder)
    for await (const { paired } of this.answers(files, 'pair')) {
      if (paired === null) throw new NotAligned()
      const cases: Case[] = []
      for (const arm of ARMS) {
        const left = paired.left[arm].map(({ file, span, bytes }) =>
          files[arm][file]!.again(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), span),
        )
        cases.push(...matcher.accept(arm, left))
      }
      matcher.paired(paired.digests)
      await this.own.observe(cases)
      yield []
    }
    await this.own.observe(matcher.end())
  }

  /** As `pairIndexed`: threads note where records stand, then read them again. Gives out empty batches as it goes on. */
  async *indexed(files: Files): AsyncGenerator<Case[]> {
    await this.begin()
    const all = ARMS.flatMap((arm) => files[arm].map(({ source }, file) => ({ arm, file, source })))
    const first = { baseline: 0, tuned: files.baseline.length }
    const index = new RecordIndex()
    for await (const { noted } of this.answers(files, 'index')) {
      for (const arm of ARMS) if (noted !== null) note(noted.records[arm], first[arm], index)
      yield []
    }
    for (const { source } of all) await source.prepareRandomAccess()
    await this.pool.all({ kind: 'reread', descriptors: descriptorsOf(files) })
    const located = ({ file, span }: Indexed): Located => ({ arm: all[file]!.arm, file: all[file]!.file, span })
    const observe = async (groups: readonly (readonly Indexed[])[]) => {
      const { problem } = await this.give({ kind: 'observe', groups: groups.map((group) => group.map(located)) })
      if (problem !== null) throw new AuditError(problem)
      for (const group of groups) for (const { span } of group) this.plan.meter.read(span.bytes)
    }
    for await (const _ of inOrder(chunked(index.groups()), this.pool.room, observe)) yield []
  }

  /** What every thread counted, and the end of them. Of samples each keeps only what all together keep. */
  async shares(): Promise<ShareState[]> {
    await this.telling
    await this.tellReach()
    const ends = await this.pool.all({ kind: 'end' })
    // What threads hold is memory that reading what they counted, and judging, can use.
    await this.close()
    return ends.map(({ state }) => state!())
  }

  /** At an interrupt. */
  kill(): void {
    this.pool.kill()
  }

  close(): Promise<void> {
    return this.pool.close()
  }

  private async begin(): Promise<void> {
    await this.telling
    if (!this.fresh) await this.pool.all({ kind: 'begin' })
    this.fresh = false
    this.given = 0
    this.tellAt = FIRST_REACH
  }

  /** For one thread to do. Now and then all hear how far samples reach, so that none keeps what another pushes out. */
  private give(task: Task): Promise<Answer> {
    if (++this.given === this.tellAt) {
      this.tellAt = Math.ceil(this.tellAt * REACH_GROWTH)
      // Of a thread that fails whoever waits for one of its tasks hears.
      this.telling = this.telling.then(() => this.tellReach()).catch(() => {})
    }
    return this.pool.do(task)
  }

  private async tellReach(): Promise<void> {
    const sampled = await this.pool.all({ kind: 'sampled' })
    await this.pool.all({ kind: 'reach', reaches: reachesOf(sampled.map((answer) => answer.sampled!)) })
  }

  private async *answers(files: Files, kind: 'pair' | 'index'): AsyncGenerator<Answer> {
    const { maxLineBytes, maxBadLines } = this.plan.plan.policy.input
    const tolerated = new Tolerated(maxBadLines)
    const memory = new SharedMemory()
    const ask = async (batch: Batch) => {
      const answer = await this.give({ kind, batch })
      for (const arm of ARMS) for (const { bytes } of batch[arm]) memory.giveBack(bytes)
      return answer
    }
    for await (const answer of inOrder(batchesOf(files, maxLineBytes, memory), this.pool.room, ask)) {
      tolerated.add(answer)
      yield answer
    }
  }
}

function descriptorsOf(files: Files): PerArm<readonly number[]> {
  const of = (arm: Arm) => files[arm].map(({ source }) => source.descriptor)
  return { baseline: of('baseline'), tuned: of('tuned') }
}

/** Results in the order of the items, with at most `room` of them under way. */
async function* inOrder<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  room: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = []
  for await (const item of items) {
    const result = work(item)
    // Whoever awaits it hears of its failure; until then it is no unhandled one.
    result.catch(() => {})
    underWay.push(result)
    if (underWay.length >= room) yield await underWay.shift()!
  }
  for (const result of underWay) yield await result
}

function* chunked(groups: Iterable<Indexed[]>): Generator<Indexed[][]> {
  let chunk: Indexed[][] = []
  for (const group of groups) {
    chunk.push(group)
    if (chunk.length < GROUPS) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

/** As `index` of a share writes them. */
const NUMBERS = 6

function note(records: Float64Array, firstFile: number, index: RecordIndex): void {
  for (let i = 0; i < records.length; i += NUMBERS) {
    const [hash, file, offset, place, bytes, number] = records.subarray(i, i + NUMBERS)
    index.add(hash!, firstFile + file!, { offset: offset!, index: place!, bytes: bytes!, number: number! })
  }
}

/** Bad lines of each arm, in the order of its lines. */
class Tolerated {
  private readonly counts: Record<Arm, number> = { baseline: 0, tuned: 0 }
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  /** Throws AuditError for the first that is too many, and for what else stopped a thread. */
  add({ badLines, problem }: Answer): void {
    for (const arm of ARMS) {
      for (const bad of badLines[arm]) {
        const tolerated = this.counts[arm]++
        if (tolerated >= this.most) throw new AuditError({ code: 'bad-line', ...bad, tolerated })
      }
    }
    if (problem !== null) throw new AuditError(problem)
  }
}
