import type { Annotations } from '../annotate/annotations.js'
import type { Annotator } from '../annotate/annotator.js'
import type { LabelSheet } from '../annotate/sheet.js'
import type { Observation } from '../audit/observation.js'
import type { Case } from '../domain/case.js'
import { ARMS, type Arm, type PerArm, type Place } from '../domain/record.js'
import type { InputFile } from '../domain/report.js'
import { NotAligned, pairAligned } from '../input/aligned.js'
import { CaseBuilder, type Ledger } from '../input/case-builder.js'
import type { ReadingRules } from '../input/context.js'
import type { LogSource } from '../input/gather.js'
import { pairIndexed } from '../input/indexed.js'
import { Intake } from '../input/intake.js'
import { LogFile } from '../input/log-file.js'
import type { Meter } from '../input/meter.js'
import type { Reading as RecordReading } from '../input/reading.js'
import { Counted } from './counted.js'
import { Interrupted } from './interrupted.js'
import type { Crew } from './threads/crew.js'
import type { ShareState } from './threads/state.js'

/** What a reading fills, made anew when it begins again. */
export interface Parts {
  readonly annotator: () => Annotator
  readonly observation: () => Observation
  readonly sheet: LabelSheet | null
  readonly signal: AbortSignal | undefined
  readonly meter: Meter
  /** Whether arms are paired with an index though they may follow each other. */
  readonly indexed?: boolean
  /** Threads that read and observe; null where this one does. */
  readonly crew?: Crew | null
  /** What else hears of each case after it was counted; made anew when the reading begins again. */
  readonly watch?: (reading: Reading) => Watch
}

export type Watch = (case_: Case) => Promise<void>

/** One reading of both arms: what was counted in files, in pairing and by detectors. */
export class Reading extends Counted {
  intake: PerArm<Intake> = { baseline: new Intake(), tuned: new Intake() }
  files: PerArm<readonly LogFile[]> = { baseline: [], tuned: [] }
  ledger: Ledger
  annotator: Annotator
  observation: Observation
  readonly rules: ReadingRules
  private builder: CaseBuilder
  private watch: Watch | null = null
  private readonly sources: PerArm<readonly LogSource[]>
  private readonly parts: Parts

  constructor(sources: PerArm<readonly LogSource[]>, rules: ReadingRules, parts: Parts) {
    super()
    this.sources = sources
    this.rules = rules
    this.parts = parts
    this.builder = new CaseBuilder(rules.policy.pairing)
    this.ledger = this.builder.ledger
    this.annotator = parts.annotator()
    this.observation = parts.observation()
    parts.signal?.addEventListener('abort', () => {
      this.annotator.kill()
      parts.crew?.kill()
    })
    this.begin()
  }

  /** In one pass where the arms follow each other; else from the beginning, with an index. */
  async run(): Promise<void> {
    const crew = this.parts.crew ?? null
    try {
      await this.observeAll(crew === null ? this.inOnePass() : crew.paired(this.files, this.builder))
    } catch (error) {
      if (!(error instanceof NotAligned)) throw error
      await this.annotator.close()
      // Once for the index, once for the records.
      this.parts.meter.again(2)
      this.begin()
      await this.observeAll(crew === null ? pairIndexed(this.files, this.builder) : crew.indexed(this.files))
    }
    const shares = crew === null ? [] : await crew.shares()
    this.observation.settle()
    for (const share of shares) this.absorb(share)
    if (crew !== null) for (const file of ARMS.flatMap((arm) => this.files[arm])) file.finish()
  }

  private inOnePass(): AsyncGenerator<Case[]> {
    if (this.parts.indexed === true) return pairIndexed(this.files, this.builder)
    return pairAligned({ baseline: readAll(this.files.baseline), tuned: readAll(this.files.tuned) }, this.builder)
  }

  /** Adds what a thread counted. */
  private absorb({ intake, files, ledger, annotations, labels, observed }: ShareState): void {
    for (const arm of ARMS) {
      const first = this.earlier(arm, this.intake[arm].firstWithoutId, intake[arm].firstWithoutId)
      this.intake[arm].merge(intake[arm])
      this.intake[arm].firstWithoutId = first
      for (const [i, counts] of files[arm].entries()) {
        this.intake[arm].badLines += counts.badLines
        this.files[arm][i]!.absorb(counts)
      }
    }
    this.ledger.merge(ledger)
    this.annotations.merge(annotations)
    for (const part of observed) this.observation.merge(part)
    if (labels !== null) this.sheet?.labels.merge(labels)
  }

  private earlier(arm: Arm, a: Place | null, b: Place | null): Place | null {
    if (a === null || b === null) return a ?? b
    const order = (place: Place) => this.files[arm].findIndex(({ source }) => source.path === place.file)
    return (order(a) - order(b) || a.line - b.line) <= 0 ? a : b
  }

  get inputs(): PerArm<readonly InputFile[]> {
    const summaries = (arm: Arm) => this.files[arm].map((file) => file.summary())
    return { baseline: summaries('baseline'), tuned: summaries('tuned') }
  }

  get annotations(): Annotations {
    return this.annotator.annotations
  }

  get sheet(): LabelSheet | null {
    return this.parts.sheet
  }

  private begin(): void {
    this.intake = { baseline: new Intake(), tuned: new Intake() }
    this.files = { baseline: this.open('baseline'), tuned: this.open('tuned') }
    this.builder = new CaseBuilder(this.rules.policy.pairing)
    this.ledger = this.builder.ledger
    this.annotator = this.parts.annotator()
    this.observation = this.parts.observation()
    this.watch = this.parts.watch?.(this) ?? null
  }

  private open(arm: Arm): LogFile[] {
    return this.sources[arm].map((source) => new LogFile(source, this.rules, this.intake[arm]))
  }

  private async observeAll(batches: AsyncIterable<Case[]>): Promise<void> {
    for await (const batch of batches) {
      if (this.parts.signal?.aborted) throw new Interrupted()
      for (const case_ of await this.annotator.annotate(batch)) {
        this.observation.observe(case_)
        await this.watch?.(case_)
      }
    }
  }
}

async function* readAll(files: readonly LogFile[]): AsyncGenerator<RecordReading[]> {
  for (const file of files) yield* file.readings()
}
