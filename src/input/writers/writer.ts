import type { FieldMap } from '../fields.js'
import type { RawRecord } from '../formats/format.js'
import type { Reading } from '../reading.js'

/** A form that logs are converted into, a line a record or more. */
export interface Writer {
  readonly id: string
  readonly title: string
  /** What one record becomes. */
  readonly lines: (record: RawRecord, reading: Reading, context: WritingContext) => readonly object[]
  /** What is said once the file is read, such as what was left out. */
  readonly end: (remainder: Remainder) => readonly object[]
}

export interface WritingContext {
  readonly fields: FieldMap
  /** What the log itself says is not whole, told before its first record; null where it says nothing. */
  readonly unfinished: string | null
}

/** What of a file is in no record. */
export interface Remainder {
  readonly leftOut: readonly { readonly reason: string; readonly rows: number }[]
  /** Rows of the file that gave no record. */
  readonly rows: number
  /** Tasks that the file names and has no output for. */
  readonly tasks: readonly string[]
}
