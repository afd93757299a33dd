import { isUtf8 } from 'node:buffer'
import { NEWLINE, OPEN_BRACE } from '../domain/ascii.js'
import { AuditError } from '../domain/problem.js'

/** A line's number from 1, and where its bytes stand in the decompressed file. */
export interface Span {
  readonly number: number
  readonly offset: number
  readonly bytes: number
  /** Which of the records that one row gives, from 0; left out for the first. */
  readonly index?: number
}

export interface Line extends Span {
  readonly text: string
  readonly validUtf8: boolean
}

/** Lines and bytes before a place in a file. */
export interface LineStart {
  readonly number: number
  readonly offset: number
}

const BEGINNING: LineStart = { number: 0, offset: 0 }

export interface LineLimits {
  readonly path: string
  readonly maxLineBytes: number
}

/**
 * Cuts chunks of bytes into lines. Memory stays below one chunk and one line of at most `maxLineBytes`. Blank lines are
 * counted and not given out. Throws AuditError `line-too-long`, and `not-text` at a NUL byte.
 */
export class LineSplitter {
  private readonly limits: LineLimits
  private rest: Buffer[] = []
  private restBytes = 0
  private offset: number
  private number: number

  /** `start`: where in the file the first chunk stands. */
  constructor(limits: LineLimits, { number, offset }: LineStart = BEGINNING) {
    this.limits = limits
    this.number = number
    this.offset = offset
  }

  push(chunk: Buffer): Line[] {
    const lines: Line[] = []
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      if (this.restBytes === 0) this.finish(chunk, from, at, lines)
      else this.finishJoined(chunk.subarray(from, at), lines)
      from = at + 1
    }
    if (from < chunk.length) this.keep(chunk.subarray(from))
    return lines
  }

  end(): Line[] {
    const lines: Line[] = []
    if (this.restBytes > 0) this.finishJoined(Buffer.alloc(0), lines)
    return lines
  }

  private finishJoined(end: Buffer, into: Line[]): void {
    this.keep(end)
    const whole = Buffer.concat(this.rest, this.restBytes)
    this.rest = []
    this.restBytes = 0
    this.finish(whole, 0, whole.length, into)
  }

  private keep(part: Buffer): void {
    this.rest.push(part)
    this.restBytes += part.length
    this.checkLength(this.restBytes)
  }

  private finish(chunk: Buffer, from: number, to: number, into: Line[]): void {
    const bytes = to - from
    this.checkLength(bytes)
    this.number++
    const offset = this.offset
    this.offset += bytes + 1
    const text = withoutMark(chunk.toString('utf8', from, to), offset)
    const first = text.charCodeAt(0)
    if (first !== OPEN_BRACE && !/\S/.test(text)) return
    if (first !== OPEN_BRACE && text.includes('\u0000')) throw this.notText()
    const validUtf8 = !text.includes('\ufffd') || isUtf8(chunk.subarray(from, to))
    into.push({ text, number: this.number, offset, bytes, validUtf8 })
  }

  private notText(): AuditError {
    const { path } = this.limits
    return new AuditError({ code: 'not-text', path, line: this.number, what: 'this is binary data (a NUL byte)' })
  }

  private checkLength(bytes: number): void {
    const { path, maxLineBytes } = this.limits
    if (bytes <= maxLineBytes) return
    throw new AuditError({ code: 'line-too-long', place: { file: path, line: this.number + 1 }, limit: maxLineBytes })
  }
}

/** A byte order mark at the beginning of the file is no part of its first line. */
export function withoutMark(text: string, offset: number): string {
  return offset === 0 && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}
