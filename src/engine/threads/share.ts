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
import type { Batch } from '../../input/pieces.js'
import { SharedSource } from '../../input/source.js'
import { observing } from '../observing.js'
import { taskSelector } from '../selection.js'
import { BatchMatcher, type PartReading } from './batch-matcher.js'
import { inStep, type Part } from './in-step.js'
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

  /** Cases that were paired elsewhere. */
  observe(cases: readonly Case[]): Promise<void> {
    return this.counted.observe(cases)
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
      observed: observation.parts(),
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
    const matcher = new BatchMatcher()
    const digests: number[] = []
    for (const step of inStep(batch)) {
      const whole = matcher.accept({ baseline: this.read('baseline', step), tuned: this.read('tuned', step) })
      if (whole === null) return null
      for (const { key } of whole) {
        const [high, low] = murmur128(key)
        digests.push(high, low)
      }
      await this.observe(whole.map(({ readings }) => this.builder.build(readings)))
    }
    const left = (arm: Arm) => matcher.left(arm).map(leftOf)
    return { digests: Uint32Array.from(digests), left: { baseline: left('baseline'), tuned: left('tuned') } }
  }

  index(batch: Batch): Noted {
    const records: PerArm<number[]> = { baseline: [], tuned: [] }
    for (const step of inStep(batch)) {
      for (const arm of ARMS) {
        for (const { reading, part } of this.read(arm, step)) {
          const { key, span } = reading
          records[arm].push(murmur128(key)[0], part.file, span.offset, span.index ?? 0, span.bytes, span.number)
        }
      }
    }
    return { records: { baseline: Float64Array.from(records.baseline), tuned: Float64Array.from(records.tuned) } }
  }

  async observeGroups(groups: readonly (readonly Located[])[]): Promise<void> {
    for (const group of groups) {
      const readings = group.map(({ arm, file, span }) => ({ arm, reading: this.files[arm][file]!.reread(span) }))
      await this.observe(casesOf(readings, this.builder))
    }
  }

  async observe(cases: readonly Case[]): Promise<void> {
    for (const case_ of await this.annotator.annotate(cases)) this.observation.observe(case_)
  }

  private read(arm: Arm, { [arm]: part }: PerArm<Part | null>): PartReading[] {
    if (part === null) return []
    return this.files[arm][part.file]!.cut(part.lines, part.start).map((reading) => ({ reading, part }))
  }
}

function leftOf({ reading: { span }, part: { file, lines, start } }: PartReading): Left {
  const from = span.offset - start.offset
  return { file, span, bytes: Uint8Array.from(lines.subarray(from, from + span.bytes)) }
}

function logOf({ path, compression, format: id, companions, provider }: SharedFile) {
  const format = formatNamed(id)
  if (format === null) throw new Error(`no format ${id}`)
  return { source: new SharedSource(path, compression), format, companions, provider }
}
