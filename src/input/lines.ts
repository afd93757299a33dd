import { isUtf8 } from 'node:buffer'
import { AuditError } from '../domain/problem.js'

const NEWLINE = 10

/** A line's number from 1, and where its bytes stand in the decompressed file. */
export interface Span {
  readonly number: number
  readonly offset: number
  readonly bytes: number
}

export interface Line extends Span {
  readonly text: string
  readonly validUtf8: boolean
}

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
  private offset = 0
  private number = 0

  constructor(limits: LineLimits) {
    this.limits = limits
  }

  push(chunk: Buffer): Line[] {
    const lines: Line[] = []
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      this.finish(this.restBytes === 0 ? chunk.subarray(from, at) : this.joined(chunk.subarray(from, at)), 1, lines)
      from = at + 1
    }
    if (from < chunk.length) this.keep(chunk.subarray(from))
    return lines
  }

  end(): Line[] {
    const lines: Line[] = []
    if (this.restBytes > 0) this.finish(this.joined(Buffer.alloc(0)), 0, lines)
    return lines
  }

  private joined(end: Buffer): Buffer {
    this.keep(end)
    const whole = Buffer.concat(this.rest, this.restBytes)
    this.rest = []
    this.restBytes = 0
    return whole
  }

  private keep(part: Buffer): void {
    this.rest.push(part)
    this.restBytes += part.length
    this.checkLength(this.restBytes)
  }

  private finish(bytes: Buffer, terminator: number, into: Line[]): void {
    this.checkLength(bytes.length)
    this.number++
    const offset = this.offset
    this.offset += bytes.length + terminator
    const text = decode(bytes, offset === 0)
    if (text.length === 0 || /^\s*$/.test(text)) return
    if (text.includes('\u0000')) {
      throw new AuditError({
        code: 'not-text',
        path: this.limits.path,
        line: this.number,
        what: 'this is binary data (a NUL byte)',
      })
    }
    const validUtf8 = !text.includes('\ufffd') || isUtf8(bytes)
    into.push({ text, number: this.number, offset, bytes: bytes.length, validUtf8 })
  }

  private checkLength(bytes: number): void {
    const { path, maxLineBytes } = this.limits
    if (bytes <= maxLineBytes) return
    throw new AuditError({ code: 'line-too-long', place: { file: path, line: this.number + 1 }, limit: maxLineBytes })
  }
}

/** Text of a line; a byte order mark at the beginning of the file is no part of it. */
export function decode(bytes: Buffer, first: boolean): string {
  const text = bytes.toString('utf8')
  return first && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}
