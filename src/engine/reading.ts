import type { Annotations } from '../annotate/annotations.js'
import type { Annotator } from '../annotate/annotator.js'
import type { LabelSheet } from '../annotate/sheet.js'
import type { Observation } from '../audit/observation.js'
import type { Case } from '../domain/case.js'
import type { Arm, PerArm } from '../domain/record.js'
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

/** The user stopped the run. */
export class Interrupted extends Error {}

/** What a reading fills, made anew when it begins again. */
export interface Parts {
  readonly annotator: () => Annotator
  readonly observation: () => Observation
  readonly sheet: LabelSheet | null
  readonly signal: AbortSignal | undefined
  readonly meter: Meter
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
    parts.signal?.addEventListener('abort', () => this.annotator.kill())
    this.begin()
  }

  /** In one pass where the arms follow each other; else from the beginning, with an index. */
  async run(): Promise<void> {
    try {
      await this.observeAll(
        pairAligned({ baseline: readAll(this.files.baseline), tuned: readAll(this.files.tuned) }, this.builder),
      )
    } catch (error) {
      if (!(error instanceof NotAligned)) throw error
      await this.annotator.close()
      // Once for the index, once for the records.
      this.parts.meter.again(2)
      this.begin()
      await this.observeAll(pairIndexed(this.files, this.builder))
    }
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
