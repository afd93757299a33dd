import type { Raw } from '../../domain/record.js'
import type { Setting } from '../../domain/settings.js'
import type { FieldMap } from '../fields.js'
import type { BadLine } from '../json.js'
import type { LineStart, Span } from '../lines.js'
import type { Log, MappedScore, Part } from './log-format.js'
import type { Probe } from './probe.js'

/** A way in which files hold records. A reader of another tool's logs is one more of these, in the list of index.ts. */
export interface Format {
  /** As it stands in the report. */
  readonly id: string
  /** The tool that writes it, for people. */
  readonly tool: string
  /** What is read of it, in Markdown. */
  readonly reads: string
  /** Whether real logs were read and compared with independent counts; else fixtures in the layout that it documents. */
  readonly seen: boolean
  /** By what the file begins with, decompressed, and by its name. */
  readonly detects: (probe: Probe) => boolean
  /** Files that belong to one of these, by its path: those that exist are read as its companions. */
  readonly siblings?: (path: string) => readonly string[]
  /** Whether each line stands for itself, so that several readers can share a file. */
  readonly cuttable?: true
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
  /** For formats whose rows need more than themselves. */
  readonly log: Log
}

export interface RecordReader {
  /**
   * What stands in the file, in its order, a chunk's worth at a time. Memory stays below one chunk and one record of at
   * most `maxLineBytes`. Throws AuditError for what makes the rest unreadable.
   */
  records(chunks: AsyncIterable<Buffer>): AsyncIterable<readonly Entry[]>
  /** What stands in whole lines from anywhere in the file; only of a format that is cuttable. */
  cut?(lines: Buffer, start: LineStart): readonly Entry[]
  /** One of the entries again, from the bytes of its span. */
  again(bytes: Buffer, span: Span): Entry
}

export type Entry = RawRecord | BadRecord | LeftOut

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
  /** Whether `raw` was made from the row, which stands in it as `row`. */
  readonly mapped?: true
  /** Set where the record before it came from the same row and its span does not say so. */
  readonly sameRow?: true
  /** What repeats without a number are put in order by; made of `text` unless set. */
  readonly order?: string
  /** Set where several rows make one record. */
  readonly part?: Part | null
  /** Which of `scores` is the score unless the config names one, and which direction is worse; for logs that say so. */
  readonly score?: MappedScore | null
}

/** What is no record, and may be tolerated. */
export interface BadRecord {
  readonly kind: 'bad'
  readonly span: Span
  readonly bad: BadLine
}

/** What the format knows and does not read: the reason stands in the report. */
export interface LeftOut {
  readonly kind: 'left-out'
  readonly span: Span
  readonly reason: string
  /** The task of a log without outputs; such an entry is no row. */
  readonly task?: string
  /** How often, and how many rows of the file that were; once and one row unless set. */
  readonly times?: number
  readonly rows?: number
}

/** What says something about the records of other files, and holds none itself. It is read whole. */
export interface CompanionFormat {
  readonly id: string
  readonly tool: string
  /** The file that it belongs to, for people: "samples_<task>_<date>.jsonl". */
  readonly wants: string
  readonly layout: 'lines' | 'document'
  readonly detects: (probe: Probe) => boolean
  /** The files that it may belong to, by its path. */
  readonly siblings?: (path: string) => readonly string[]
}
