import { Annotator } from '../../annotate/annotator.js'
import { type LabelSheet, openLabels } from '../../annotate/sheet.js'
import type { Observation } from '../../audit/observation.js'
import { taskPolicies } from '../../config/tasks.js'
import type { Case } from '../../domain/case.js'
import { murmur128 } from '../../domain/hash.js'
import { AuditError } from '../../domain/problem.js'
import { ARMS, type Arm, type PerArm } from '../../domain/record.js'
import { CaseBuilder } from '../../input/case-builder.js'
import { readingRules } from '../../input/context.js'
import { formatNamed } from '../../input/formats/index.js'
import { casesOf } from '../../input/indexed.js'
import { Intake } from '../../input/intake.js'
import { type BadLineAt, LogFile } from '../../input/log-file.js'
import type { Batch, Piece } from '../../input/pieces.js'
import type { Reading } from '../../input/reading.js'
import { SharedSource } from '../../input/source.js'
import { observing } from '../observing.js'
import { taskSelector } from '../selection.js'
import type { Answer, Detectors, Left, Located, Noted, Paired, SharedFile, Task, ThreadPlan } from './messages.js'
import type { ShareState } from './state.js'

/** One thread's share of a run: reads what it is given, pairs what is whole in it, observes, and keeps what was counted. */
export class Share {
  private readonly plan: ThreadPlan
  private readonly detectors: Detectors
  private readonly empty: () => Observation
  private counted: Counting

  constructor(plan: ThreadPlan, detectors: Detectors) {
    this.plan = plan
    this.detectors = detectors
    this.empty = observing(plan.policy, detectors)
    this.counted = this.begin()
  }

  async do(task: Task): Promise<Answer> {
    const { counted } = this
    try {
      switch (task.kind) {
        case 'begin':
          await counted.annotator.close()
          this.counted = this.begin()
          return this.answer({})
        case 'reread':
          counted.share(task.descriptors)
          return this.answer({})
        case 'pair':
          return this.answer({ paired: await counted.pair(task.batch) })
        case 'index':
          return this.answer({ noted: counted.index(task.batch) })
        case 'observe':
          await counted.observeGroups(task.groups)
          return this.answer({})
        case 'sampled':
          return this.answer({ sampled: counted.observation.sampled() })
        case 'reach':
          counted.observation.keepUpTo(task.reaches)
          return this.answer({})
        case 'end':
          await counted.annotator.close()
          counted.observation.settle()
          return this.answer({ state: () => counted.state })
      }
    } catch (error) {
      if (error instanceof AuditError) return this.answer({ problem: error.problem })
      throw error
    }
  }

  kill(): void {
    this.counted.annotator.kill()
  }

  close(): Promise<void> {
    return this.counted.annotator.close()
  }

  private begin(): Counting {
    return new Counting(this.plan, this.detectors, this.empty)
  }

  private answer(given: Partial<Answer>): Answer {
    const badLines = this.counted.takeBadLines()
    return { problem: null, paired: null, noted: null, sampled: null, state: null, badLines, ...given }
  }
}

/** What is filled between two beginnings. */
class Counting {
  readonly annotator: Annotator
  private readonly intake: PerArm<Intake> = { baseline: new Intake(), tuned: new Intake() }
  private readonly badLines: Record<Arm, BadLineAt[]> = { baseline: [], tuned: [] }
  private readonly files: PerArm<readonly LogFile[]>
  private readonly sources: Record<Arm, SharedSource[]> = { baseline: [], tuned: [] }
  private readonly builder: CaseBuilder
  readonly observation: Observation
  private readonly sheet: LabelSheet | null

  constructor({ policy, cwd, labels, files }: ThreadPlan, detectors: Detectors, empty: () => Observation) {
    const policyOf = taskPolicies(policy)
    const rules = readingRules(policy, policyOf, taskSelector(policy))
    const open = (arm: Arm) =>
      files[arm].map((file) => {
        const log = logOf(file)
        this.sources[arm].push(log.source)
        return new LogFile(log, rules, this.intake[arm], this.badLines[arm])
      })
    this.files = { baseline: open('baseline'), tuned: open('tuned') }
    this.sheet = labels === null ? null : openLabels(labels, cwd)
    this.annotator = new Annotator({ detectors, policy, policyOf, labels: this.sheet?.labels ?? null, cwd })
    this.builder = new CaseBuilder(policy.pairing)
    this.observation = empty()
  }

  get state(): ShareState {
    const { intake, files, annotator, observation, sheet, builder } = this
    const counted = (arm: Arm) => files[arm].map((file) => file.counted)
    return {
      intake,
      files: { baseline: counted('baseline'), tuned: counted('tuned') },
      ledger: builder.ledger,
      annotations: annotator.annotations,
      labels: sheet?.labels ?? null,
      observation,
    }
  }

  share(descriptors: PerArm<readonly number[]>): void {
    for (const arm of ARMS) for (const [i, source] of this.sources[arm].entries()) source.share(descriptors[arm][i]!)
  }

  takeBadLines(): PerArm<readonly BadLineAt[]> {
    return { baseline: this.badLines.baseline.splice(0), tuned: this.badLines.tuned.splice(0) }
  }

  /** Null where records of one case do not follow each other. */
  async pair(batch: Batch): Promise<Paired | null> {
    const runs = { baseline: runsOf(this.read('baseline', batch)), tuned: runsOf(this.read('tuned', batch)) }
    const byKey = { baseline: inside(runs.baseline), tuned: inside(runs.tuned) }
    if (byKey.baseline === null || byKey.tuned === null) return null
    const edges = new Set(ARMS.flatMap((arm) => [runs[arm][0]?.key, runs[arm].at(-1)?.key]))
    const cases: Case[] = []
    const digests: number[] = []
    const whole = new Set<string>()
    for (const [key, { readings: baseline }] of byKey.baseline) {
      const tuned = byKey.tuned.get(key)
      if (tuned === undefined || edges.has(key)) continue
      whole.add(key)
      cases.push(this.builder.build({ baseline: baseline.map(ofFile), tuned: tuned.readings.map(ofFile) }))
      const [high, low] = murmur128(key)
      digests.push(high, low)
    }
    await this.observe(cases)
    const left = (arm: Arm) => runs[arm].flatMap((run) => (whole.has(run.key) ? [] : run.readings.map(leftOf)))
    return { digests: Uint32Array.from(digests), left: { baseline: left('baseline'), tuned: left('tuned') } }
  }

  index(batch: Batch): Noted {
    const noted = (arm: Arm) =>
      Float64Array.from(
        this.read(arm, batch).flatMap(({ reading: { key, span }, file }) => [
          ...[murmur128(key)[0], file, span.offset, span.index ?? 0, span.bytes, span.number],
        ]),
      )
    return { records: { baseline: noted('baseline'), tuned: noted('tuned') } }
  }

  async observeGroups(groups: readonly (readonly Located[])[]): Promise<void> {
    for (const group of groups) {
      const readings = group.map(({ arm, file, span }) => ({ arm, reading: this.files[arm][file]!.reread(span) }))
      await this.observe(casesOf(readings, this.builder))
    }
  }

  private async observe(cases: readonly Case[]): Promise<void> {
    for (const case_ of await this.annotator.annotate(cases)) this.observation.observe(case_)
  }

  private read(arm: Arm, batch: Batch): FileReading[] {
    return batch[arm].flatMap((piece) => {
      const bytes = Buffer.from(piece.bytes)
      const readings = this.files[arm][piece.file]!.cut(bytes, piece)
      return readings.map((reading) => ({ reading, file: piece.file, piece, bytes }))
    })
  }
}

interface FileReading {
  readonly reading: Reading
  readonly file: number
  readonly piece: Piece
  readonly bytes: Buffer
}

interface Run {
  readonly key: string
  readonly readings: FileReading[]
}

/** Neighbours with one key. */
function runsOf(readings: readonly FileReading[]): Run[] {
  const runs: Run[] = []
  for (const each of readings) {
    const last = runs.at(-1)
    if (last !== undefined && last.key === each.reading.key) last.readings.push(each)
    else runs.push({ key: each.reading.key, readings: [each] })
  }
  return runs
}

/** Runs by key, but for those at the ends, which may go on outside; null where a key comes back. */
function inside(runs: readonly Run[]): Map<string, Run> | null {
  const inner = runs.slice(1, -1)
  const byKey = new Map(inner.map((run) => [run.key, run]))
  return byKey.size === inner.length ? byKey : null
}

function ofFile({ reading }: FileReading): Reading {
  return reading
}

function leftOf({ reading: { span }, file, piece, bytes }: FileReading): Left {
  const from = span.offset - piece.offset
  return { file, span, bytes: Uint8Array.from(bytes.subarray(from, from + span.bytes)) }
}

function logOf({ path, compression, format: id, companions, provider }: SharedFile) {
  const format = formatNamed(id)
  if (format === null) throw new Error(`no format ${id}`)
  return { source: new SharedSource(path, compression), format, companions, provider }
}
