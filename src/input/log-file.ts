import { createHash } from 'node:crypto'
import { AuditError } from '../domain/problem.js'
import type { InputFile } from '../domain/report.js'
import type { ReadingRules } from './context.js'
import { FileIntake, type Intake } from './intake.js'
import { BadLine } from './json.js'
import { type Line, LineSplitter, type Span, withoutMark } from './lines.js'
import { STDIN } from './paths.js'
import { type Reading, readLine } from './reading.js'
import type { Source } from './source.js'

const MAX_TASKS = 2_000

/** Reads one file of JSON lines from its beginning; afterwards `summary()` says what it held. */
export class LogFile {
  readonly source: Source
  private readonly rules: ReadingRules
  private readonly arm: Intake
  private readonly counts = new FileIntake()
  private readonly hash = createHash('sha256')
  private finished = false

  constructor(source: Source, rules: ReadingRules, arm: Intake) {
    this.source = source
    this.rules = rules
    this.arm = arm
  }

  /** Readings a chunk of bytes at a time. Throws AuditError. */
  async *readings(): AsyncGenerator<Reading[]> {
    const { path } = this.source
    const splitter = new LineSplitter({ path, maxLineBytes: this.rules.policy.input.maxLineBytes })
    let bytes = 0
    for await (const chunk of this.source.chunks((stored) => this.hash.update(stored))) {
      bytes += chunk.length
      yield this.read(splitter.push(chunk))
    }
    yield this.read(splitter.end())
    if (bytes === 0 || this.counts.records + this.counts.otherTasks + this.counts.badLines === 0) {
      throw new AuditError({ code: 'empty-file', path })
    }
    this.finished = true
  }

  /** A line once more, by where it stands, counting nothing. */
  reread(line: Span): Reading {
    const text = this.source.readAt(line.offset, line.bytes).toString('utf8')
    const whole = { ...line, text: withoutMark(text, line.offset), validUtf8: true }
    const reading = this.tryAgain(whole)
    if (reading === null) throw new AuditError({ code: 'input-changed', path: this.source.path })
    return reading
  }

  summary(): InputFile {
    const format = this.source.compression === null ? 'jsonl' : `jsonl+${this.source.compression}`
    const sha256 = this.finished && this.source.path !== STDIN ? this.hash.copy().digest('hex') : null
    return { path: this.source.path, sha256, format, ...this.counts }
  }

  private tryAgain(line: Line): Reading | null {
    try {
      return readLine(line, this.rules, { place: this.placeOf(line), arm: null, file: null })
    } catch (error) {
      if (error instanceof BadLine) return null
      throw error
    }
  }

  private read(lines: readonly Line[]): Reading[] {
    const readings: Reading[] = []
    for (const line of lines) {
      const reading = this.readOne(line)
      if (reading !== null) readings.push(reading)
    }
    return readings
  }

  private readOne(line: Line): Reading | null {
    const place = this.placeOf(line)
    try {
      const reading = readLine(line, this.rules, { place, arm: this.arm, file: this.counts })
      if (this.arm.tasks.size > MAX_TASKS) throw new AuditError({ code: 'too-many-tasks', limit: MAX_TASKS, place })
      return reading
    } catch (error) {
      if (!(error instanceof BadLine)) throw error
      this.tolerate(error, line)
      return null
    }
  }

  private tolerate({ what, remedy }: BadLine, line: Line): void {
    const tolerated = this.arm.badLines
    if (tolerated >= this.rules.policy.input.maxBadLines) {
      throw new AuditError({ code: 'bad-line', place: this.placeOf(line), what, remedy, tolerated })
    }
    this.arm.badLines++
    this.counts.badLines++
  }

  private placeOf(line: Span): { file: string; line: number } {
    return { file: this.source.path, line: line.number }
  }
}
