import type { StatedConfidenceSpec } from './grading.js'
import type { Json } from './json.js'
import type { PlannedMeasure, Unplanned } from './plan.js'
import type { LogprobReading } from './policy.js'
import type { PerArm } from './record.js'
import type { InputFile } from './report.js'

/** What one arm's records hold, as `init` says it. */
export interface ArmSurvey {
  readonly files: readonly InputFile[]
  readonly cases: number
  readonly outputs: number
  /** Outputs of the case with most. */
  readonly mostSamples: number
  readonly failed: number
  readonly tasks: readonly TaskSurvey[]
  /** Names in `scores`. */
  readonly scoreNames: readonly string[]
  /** Records by column that holds costs, tokens or times, as shares. */
  readonly costs: readonly ColumnShare[]
  /** Columns of the kinds that could be a field, with the shares of records that have them. */
  readonly unused: readonly (ColumnShare & { readonly field: 'correct' | 'confidence' | 'logprobs' })[]
  /** Smallest and largest score outside the declared range; null where none is. */
  readonly beyond: { readonly lowest: number; readonly highest: number } | null
}

export interface ColumnShare {
  readonly name: string
  readonly share: number
}

/** Counts of cases, unless it says outputs. A case carries what all of its outputs carry. */
export interface TaskSurvey {
  readonly task: string
  readonly cases: number
  readonly outputs: number
  readonly repeated: number
  readonly scored: number
  readonly confident: number
  readonly referenced: number
  /** With a reference, or judged right or wrong alone. */
  readonly checkable: number
  /** Outputs by their format, the most frequent first. */
  readonly formats: readonly { readonly format: string; readonly outputs: number }[]
  /** Outputs that set out to be JSON, and those of them that parse. */
  readonly json: { readonly opened: number; readonly parsed: number }
  /** Outputs that state a confidence, by how it is found. */
  readonly stated: readonly { readonly spec: StatedConfidenceSpec; readonly outputs: number }[]
}

/** A JSON Schema from the baseline's outputs. */
export interface SchemaDraft {
  /** Null where no schema holds on outputs that it was not made from: only parsing is asked. */
  readonly schema: Json | null
  /** Of the outputs that parse in one half of the cases, those that break what the other half shows. */
  readonly heldOut: { readonly outputs: number; readonly broken: number }
}

/** What is declared for one task. */
export interface TaskDraft {
  readonly survey: TaskSurvey
  readonly structure: SchemaDraft | null
  readonly format: string | null
  readonly domain: 'chat' | 'code' | 'math' | null
  readonly stated: StatedConfidenceSpec | null
}

export interface MarginDraft {
  readonly planned: PlannedMeasure
  /** What the detector recommends. */
  readonly recommended: number
}

export interface DetectorDraft {
  readonly id: string
  readonly title: string
  readonly margins: readonly MarginDraft[]
  /** Measures that may fail the run and do not hold it up. */
  readonly watched: readonly string[]
  readonly unplanned: readonly Unplanned[]
}

/** A config, drafted from a baseline alone. */
export interface Draft {
  readonly tool: { readonly name: string; readonly version: string }
  readonly baseline: ArmSurvey
  readonly input: {
    readonly fields: Readonly<Record<string, string>>
    readonly scoreName: string | null
    readonly format: string | null
    readonly task: string | null
    readonly tasks: readonly string[] | null
    readonly providers: PerArm<string | null>
  }
  readonly logprobs: LogprobReading | null
  readonly tasks: readonly TaskDraft[]
  /** Tasks for which nothing is declared because there are too many, or because a glob cannot name them alone. */
  readonly undeclared: number
  /** Cases that a task needs before anything is declared for it. */
  readonly enough: number
  /** Whether outputs have references and no score says what they are worth. */
  readonly reference: boolean
  readonly detectors: readonly DetectorDraft[]
  readonly passChance: number | null
}
