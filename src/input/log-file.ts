import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { sortedBy } from '../domain/order.js'
import { AuditError } from '../domain/problem.js'
import type { Place } from '../domain/record.js'
import type { InputFile } from '../domain/report.js'
import type { ReadingRules } from './context.js'
import type { Entry, Format, RawRecord, RecordReader } from './formats/format.js'
import { HEAD_BYTES } from './formats/index.js'
import type { Log } from './formats/log-format.js'
import type { LogSource } from './gather.js'
import { FileIntake, type Intake } from './intake.js'
import { BadLine } from './json.js'
import type { LineStart, Span } from './lines.js'
import { STDIN } from './paths.js'
import { peek } from './peek.js'
import { type Reading, readRecord } from './reading.js'
import type { Source } from './source.js'

const MAX_TASKS = 2_000

/** A line that cannot be read. */
export interface BadLineAt {
  readonly place: Place
  readonly what: string
  readonly remedy: string
}
type Listener = (record: RawRecord, reading: Reading) => void

/** Reads one file of records from its beginning; afterwards `summary()` says what it held. */
export class LogFile {
  readonly source: Source
  private readonly rules: ReadingRules
  private readonly arm: Intake
  private readonly counts = new FileIntake()
  private readonly hash = createHash('sha256')
  private readonly format: Format
  private readonly companions: LogSource['companions']
  private readonly provider: string | null
  /** Where bad lines go that someone else counts and tolerates; null where this does. */
  private readonly badLines: BadLineAt[] | null
  private reader: RecordReader | null = null
  private hear: Listener | null = null
  private finished = false

  constructor(
    { source, format, companions, provider }: LogSource,
    rules: ReadingRules,
    arm: Intake,
    badLines: BadLineAt[] | null = null,
  ) {
    this.badLines = badLines
    this.source = source
    this.rules = rules
    this.arm = arm
    this.format = format
    this.companions = companions
    this.provider = provider
  }

  /** Readings a chunk of bytes at a time; `hear` gets each with the record that it was made from. Throws AuditError. */
  async *readings(hear?: Listener): AsyncGenerator<Reading[]> {
    this.hear = hear ?? null
    const stored = this.source.chunks((chunk) => this.hash.update(chunk))[Symbol.asyncIterator]()
    try {
      const { head, chunks } = await peek(stored, HEAD_BYTES)
      this.reader = this.open(head)
      for await (const entries of this.reader.records(chunks)) yield this.read(entries)
    } finally {
      await stored.return?.()
    }
    this.finish()
  }

  /**
   * The file's bytes for others to read, as they come, which pass as `Source.chunks` says. Counts nothing, but for the digest.
   */
  async *bytes(): AsyncGenerator<Buffer> {
    this.reader = this.open(Buffer.alloc(0))
    yield* this.source.chunks((chunk) => this.hash.update(chunk), true)
  }

  /** After `bytes`: what others counted in them. Throws AuditError where that was nothing. */
  absorb(counts: FileIntake): void {
    this.counts.merge(counts)
  }

  finish(): void {
    this.requireRecords()
    this.finished = true
  }

  /** What stands in whole lines, counted. `start` says where they stand in the file. */
  cut(lines: Buffer, start: LineStart): Reading[] {
    this.reader ??= this.open(Buffer.alloc(0))
    return this.read(this.reader.cut?.(lines, start) ?? [])
  }

  get counted(): FileIntake {
    return this.counts
  }

  /** A record once more, by where it stands, counting nothing; the file was read before. */
  reread(span: Span): Reading {
    return this.again(this.source.readAt(span.offset, span.bytes), span)
  }

  /** As `reread`, from the bytes of its line. */
  again(bytes: Buffer, span: Span): Reading {
    this.reader ??= this.open(Buffer.alloc(0))
    const entry = this.reader.again(bytes, span)
    const reading = entry.kind === 'record' ? this.tryAgain(entry) : null
    if (reading === null) throw new AuditError({ code: 'input-changed', path: this.source.path })
    return reading
  }

  summary(): InputFile {
    const { compression } = this.source
    const format = compression === null ? this.format.id : `${this.format.id}+${compression}`
    const sha256 = this.finished && this.source.path !== STDIN ? this.hash.copy().digest('hex') : null
    const { leftOut, ...counts } = this.counts
    return {
      path: this.source.path,
      sha256,
      format,
      ...counts,
      leftOut: sortedBy(leftOut.keys(), (reason) => reason).map((reason) => ({ reason, rows: leftOut.get(reason)! })),
      companions: this.companions.map(({ path, format: id, sha256: own }) => ({ path, format: id, sha256: own })),
    }
  }

  private requireRecords(): void {
    const { records, otherTasks, badLines, leftOut } = this.counts
    if (records + otherTasks + badLines + leftOut.size > 0) return
    throw new AuditError({ code: 'empty-file', path: this.source.path })
  }

  private open(head: Buffer): RecordReader {
    const { path } = this.source
    const { fields, policy } = this.rules
    const log: Log = {
      path,
      name: basename(path),
      task: policy.input.task,
      companions: this.companions,
      promised: ({ key, task, outputs }) => this.arm.promises.promise(key, task, outputs),
      unfinished: (what, remedy) => this.rules.unfinished({ code: 'log-refused', path, what, remedy }),
    }
    return this.format.open({ path, head, fields, maxLineBytes: policy.input.maxLineBytes, log })
  }

  private tryAgain(record: RawRecord): Reading | null {
    try {
      return readRecord(record, this.rules, { place: this.placeOf(record.span), arm: null, file: null })
    } catch (error) {
      if (error instanceof BadLine) return null
      throw error
    }
  }

  private read(entries: readonly Entry[]): Reading[] {
    const readings: Reading[] = []
    for (const entry of entries) {
      const reading = this.readEntry(entry)
      if (reading !== null) readings.push(reading)
    }
    return readings
  }

  private readEntry(entry: Entry): Reading | null {
    this.counts.rows += rowsOf(entry)
    if (entry.kind === 'record')
      return this.isOtherProvider(entry) ? this.leaveOut('outputs of another provider') : this.readOne(entry)
    if (entry.kind === 'bad') return this.tolerate(entry.bad, entry.span)
    if (entry.task !== undefined) this.arm.tasks.add(entry.task)
    return this.leaveOut(entry.reason, entry.times)
  }

  private leaveOut(reason: string, times = 1): null {
    this.counts.leftOut.set(reason, (this.counts.leftOut.get(reason) ?? 0) + times)
    return null
  }

  private isOtherProvider({ raw: { provider }, mapped }: RawRecord): boolean {
    if (!mapped || typeof provider !== 'string') return false
    this.arm.providers.add(provider)
    return this.provider !== null && provider !== this.provider
  }

  private readOne(record: RawRecord): Reading | null {
    const place = this.placeOf(record.span)
    try {
      const reading = readRecord(record, this.rules, { place, arm: this.arm, file: this.counts })
      if (this.arm.tasks.size > MAX_TASKS) throw new AuditError({ code: 'too-many-tasks', limit: MAX_TASKS, place })
      if (reading === null) return null
      if (record.part?.partial !== true && record.mapped) this.arm.promises.count(reading.task, record.part?.rank ?? '')
      this.hear?.(record, reading)
      return this.rules.takes?.(reading.key) === false ? null : reading
    } catch (error) {
      if (!(error instanceof BadLine)) throw error
      return this.tolerate(error, record.span)
    }
  }

  /** There is no reading of what is left out. */
  private tolerate({ what, remedy }: BadLine, span: Span): null {
    if (this.badLines !== null) {
      this.badLines.push({ place: this.placeOf(span), what, remedy })
      this.counts.badLines++
      return null
    }
    const tolerated = this.arm.badLines
    if (tolerated >= this.rules.policy.input.maxBadLines) {
      throw new AuditError({ code: 'bad-line', place: this.placeOf(span), what, remedy, tolerated })
    }
    this.arm.badLines++
    this.counts.badLines++
    return null
  }

  private placeOf(span: Span): { file: string; line: number } {
    return { file: this.source.path, line: span.number }
  }
}

/** None for what only says something about other rows, came from the same row as another, or says that a log has none. */
export function rowsOf(entry: Entry): number {
  if (entry.kind === 'left-out' && entry.rows !== undefined) return entry.rows
  if ((entry.span.index ?? 0) > 0) return 0
  if (entry.kind === 'record') return Number(entry.part?.partial !== true && entry.sameRow !== true)
  return Number(entry.kind === 'bad' || entry.task === undefined)
}
