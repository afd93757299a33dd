import { createHash } from 'node:crypto'
import { AuditError } from '../domain/problem.js'
import type { InputFile } from '../domain/report.js'
import type { ReadingRules } from './context.js'
import type { Entry, Format, RawRecord, RecordReader } from './formats/format.js'
import { formatOf, HEAD_BYTES } from './formats/index.js'
import { FileIntake, type Intake } from './intake.js'
import { BadLine } from './json.js'
import type { Span } from './lines.js'
import { STDIN } from './paths.js'
import { peek } from './peek.js'
import { type Reading, readRecord } from './reading.js'
import type { Source } from './source.js'

const MAX_TASKS = 2_000

/** Reads one file of records from its beginning; afterwards `summary()` says what it held. */
export class LogFile {
  readonly source: Source
  private readonly rules: ReadingRules
  private readonly arm: Intake
  private readonly counts = new FileIntake()
  private readonly hash = createHash('sha256')
  /** By its name until it is read. */
  private format: Format
  private reader: RecordReader | null = null
  private finished = false

  constructor(source: Source, rules: ReadingRules, arm: Intake) {
    this.source = source
    this.rules = rules
    this.arm = arm
    this.format = formatOf(Buffer.alloc(0), source.path)
  }

  /** Readings a chunk of bytes at a time. Throws AuditError. */
  async *readings(): AsyncGenerator<Reading[]> {
    const stored = this.source.chunks((chunk) => this.hash.update(chunk))[Symbol.asyncIterator]()
    try {
      const { head, chunks } = await peek(stored, HEAD_BYTES)
      this.reader = this.open(head)
      for await (const entries of this.reader.records(chunks)) yield this.read(entries)
    } finally {
      await stored.return?.()
    }
    if (this.counts.records + this.counts.otherTasks + this.counts.badLines === 0) {
      throw new AuditError({ code: 'empty-file', path: this.source.path })
    }
    this.finished = true
  }

  /** A record once more, by where it stands, counting nothing; the file was read before. */
  reread(span: Span): Reading {
    const entry = this.reader?.again(this.source.readAt(span.offset, span.bytes), span)
    const reading = entry?.kind === 'record' ? this.tryAgain(entry) : null
    if (reading === null) throw new AuditError({ code: 'input-changed', path: this.source.path })
    return reading
  }

  summary(): InputFile {
    const { compression } = this.source
    const format = compression === null ? this.format.id : `${this.format.id}+${compression}`
    const sha256 = this.finished && this.source.path !== STDIN ? this.hash.copy().digest('hex') : null
    return { path: this.source.path, sha256, format, ...this.counts }
  }

  private open(head: Buffer): RecordReader {
    const { path } = this.source
    this.format = formatOf(head, path)
    const { fields, policy } = this.rules
    return this.format.open({ path, head, fields, maxLineBytes: policy.input.maxLineBytes })
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
      const reading = entry.kind === 'record' ? this.readOne(entry) : this.tolerate(entry.bad, entry.span)
      if (reading !== null) readings.push(reading)
    }
    return readings
  }

  private readOne(record: RawRecord): Reading | null {
    const place = this.placeOf(record.span)
    try {
      const reading = readRecord(record, this.rules, { place, arm: this.arm, file: this.counts })
      if (this.arm.tasks.size > MAX_TASKS) throw new AuditError({ code: 'too-many-tasks', limit: MAX_TASKS, place })
      return reading
    } catch (error) {
      if (!(error instanceof BadLine)) throw error
      return this.tolerate(error, record.span)
    }
  }

  /** There is no reading of what is left out. */
  private tolerate({ what, remedy }: BadLine, span: Span): null {
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
