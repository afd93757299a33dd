import type { Raw } from '../../domain/record.js'
import type { Setting } from '../../domain/settings.js'
import type { FieldMap } from '../fields.js'
import type { BadLine } from '../json.js'
import type { Span } from '../lines.js'

/** A way in which files hold records. A reader of another tool's logs is one more of these, in the list of index.ts. */
export interface Format {
  /** As it stands in the report. */
  readonly id: string
  /** By the first bytes of the file, decompressed, and by its name. */
  readonly detects: (head: Buffer, name: string) => boolean
  /** For one reading of one file. Throws nothing; `records` does. */
  readonly open: (file: OpenFile) => RecordReader
}

export interface OpenFile {
  /** As the user named it. */
  readonly path: string
  readonly head: Buffer
  readonly maxLineBytes: number
  /** For formats whose values have no types of their own. */
  readonly fields: FieldMap
}

export interface RecordReader {
  /**
   * What stands in the file, in its order, a chunk's worth at a time. Memory stays below one chunk and one record of at
   * most `maxLineBytes`. Throws AuditError for what makes the rest unreadable.
   */
  records(chunks: AsyncIterable<Buffer>): AsyncIterable<readonly Entry[]>
  /** One of the entries again, from the bytes of its span. */
  again(bytes: Buffer, span: Span): Entry
}

export type Entry = RawRecord | BadRecord

/** A record as its file has it. */
export interface RawRecord {
  readonly kind: 'record'
  readonly span: Span
  readonly raw: Raw
  /** What the file says of this record and others alike, from `settingsOf`; the record's own `meta` stands above it. */
  readonly settings?: readonly Setting[]
  /** NaN and Infinity, as Python writes them: read as null. */
  readonly nonFinite: number
  /** As a line of JSON: tells apart records that have the same name and no number. */
  readonly text: string
}

/** What is no record, and may be tolerated. */
export interface BadRecord {
  readonly kind: 'bad'
  readonly span: Span
  readonly bad: BadLine
}
