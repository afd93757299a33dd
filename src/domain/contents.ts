import type { ColumnKind, InputFile, Notice } from './report.js'

/** What is in a log, as `tuneaudit inspect --json` prints it. */
export interface Contents {
  readonly schemaVersion: 1
  /** The format of the files; several where native ones are mixed. */
  readonly format: string
  readonly files: readonly InputFile[]
  /** Rows that hold an output, or something else that the format knows and leaves out. */
  readonly rows: number
  readonly cases: number
  /** Outputs; more than cases where prompts were sampled several times. */
  readonly samples: number
  readonly failed: { readonly error: number; readonly empty: number }
  readonly tasks: readonly string[]
  /** Mean of each score over the rows that carry it, by its name; null where every value is unknown. */
  readonly meanScores: Readonly<Record<string, number | null>>
  /** The score that an audit takes without --score; null where it must be named. */
  readonly score: string | null
  readonly fields: Readonly<Record<string, FieldSummary>>
  /** Models that one log holds side by side: an audit needs one for each arm. */
  readonly providers: readonly string[]
  readonly models: readonly string[]
  readonly notices: readonly Notice[]
  /** The first problems, in words. */
  readonly problems: readonly string[]
}

export interface FieldSummary {
  /** Share of records that carry it. */
  readonly coverage: number
  readonly kind: ColumnKind
}
