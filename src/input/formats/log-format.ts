import type { Worse } from '../../domain/measure.js'
import type { Raw } from '../../domain/record.js'
import { DocumentReader } from './document-reader.js'
import type { Format, OpenFile } from './format.js'
import { MappedLines } from './mapped-lines.js'
import type { Probe } from './probe.js'

/**
 * How the logs of one tool become records: what tells them, how they are laid out, and what each of their rows says.
 * `lines`: a row a line, read in constant memory. `document`: one JSON document, read whole. `bytes`: a container of
 * another kind (an archive, a table of columns), read whole.
 */
export type LogFormat = LineFormat | DocumentFormat | BytesFormat

interface Shared {
  /** As it stands in the report. */
  readonly id: string
  /** The tool's name, for people. */
  readonly tool: string
  /** What is read of it, in Markdown. */
  readonly reads: string
  /** Whether real logs were read and compared with independent counts; else fixtures in the layout that it documents. */
  readonly seen: boolean
  readonly detects: (probe: Probe) => boolean
  /** Files that belong to one of these, by its path: those that exist are read as its companions. */
  readonly siblings?: (path: string) => readonly string[]
  /** What one row says. Throws BadLine for a row that says nothing readable, AuditError for a log that must not be read. */
  readonly records: (row: Raw, log: Log, line: number) => readonly Produced[]
}

export interface LineFormat extends Shared {
  readonly layout: 'lines'
}

export interface DocumentFormat extends Shared {
  readonly layout: 'document'
  readonly rows: (document: unknown, log: Log) => Iterable<Raw>
}

export interface BytesFormat extends Shared {
  readonly layout: 'bytes'
  /** Throws AuditError for a container that is damaged. */
  readonly rows: (bytes: Buffer, log: Log) => Iterable<Raw> | Promise<Iterable<Raw>>
}

/** What is known of a file before its first row. */
export interface Log {
  readonly path: string
  /** Without folders. */
  readonly name: string
  /** As the config names the task of logs that do not name it themselves; null where it does not. */
  readonly task: string | null
  readonly companions: readonly Companion[]
  /**
   * Hears that the log says itself that its run is not whole. An audit is refused (it throws AuditError); where a log is
   * only looked into, what is there is read.
   */
  readonly unfinished: (what: string, remedy: string) => void
  /** Hears how many outputs of a task a run says that it made; `key` tells it from other runs. */
  readonly promised: (promise: { readonly key: string; readonly task: string; readonly outputs: number }) => void
}

/** A companion by its name; undefined where there is none. */
export function companionNamed({ companions }: Log, name: string): unknown {
  return companions.find((one) => one.name === name)?.documents[0]
}

/** A file that says something about another one: the settings of a run, the prompts of a batch. */
export interface Companion {
  readonly path: string
  readonly name: string
  /** Rows of a file of lines, else one document. */
  readonly documents: readonly unknown[]
}

/** What a row gives: records, or why there is none. */
export type Produced =
  | {
      readonly kind: 'record'
      readonly record: MappedRecord
      readonly part?: Part | null
      readonly score?: MappedScore | null
    }
  | { readonly kind: 'left-out'; readonly reason: string; readonly task?: string }

/** Canonical fields. `row` is the row itself, for rules and `--fields`. */
export type MappedRecord = Raw

/**
 * One of several rows that together say what one output was: an event each, a filter each, a metric each. Rows of one
 * sample with different ranks are one record: the first by code unit gives the output, the others what it lacks.
 */
export interface Part {
  readonly rank: string
  /** Says something about an output without holding it; without a sample number, about every sample of its case. */
  readonly partial: boolean
}

/** A score that the log itself names as its main one, or its only one. */
export interface MappedScore {
  readonly name: string
  /** As the log says it; null where it does not. */
  readonly worse: Worse | null
}

/** The record that most rows give. */
export function recordOf(
  record: MappedRecord,
  extra: { part?: Part | null; score?: MappedScore | null } = {},
): Produced {
  return { kind: 'record', record, ...extra }
}

/** `task` is the log's own, where nothing else of it tells. */
export function leftOut(reason: string, task?: string): Produced {
  return task === undefined ? { kind: 'left-out', reason } : { kind: 'left-out', reason, task }
}

/** The format as files are read by it. */
export function readable(format: LogFormat): Format {
  return {
    id: format.id,
    tool: format.tool,
    reads: format.reads,
    seen: format.seen,
    detects: format.detects,
    ...(format.siblings === undefined ? {} : { siblings: format.siblings }),
    ...(format.layout === 'lines' ? { cuttable: true } : {}),
    open: (file: OpenFile) =>
      format.layout === 'lines' ? new MappedLines(format, file) : new DocumentReader(format, file),
  }
}
