import { CsvError, Parser } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { NEWLINE } from '../../domain/ascii.js'
import { AuditError } from '../../domain/problem.js'
import type { LineLimits, Span } from '../lines.js'
import { type Dialect, options } from './csv-dialect.js'

export interface Row {
  /** Where it begins, and its bytes with the line end; a quoted cell may span lines. */
  readonly span: Span
  readonly bytes: Buffer
  readonly cells: readonly string[]
}

const RETURN = 13

/** The cells of one row, from its bytes. */
export function cellsOf(bytes: Buffer, dialect: Dialect): readonly string[] {
  return parse(bytes, options(dialect))[0] ?? ['']
}

/**
 * Cuts chunks of bytes into rows, blank ones too. Memory stays below one chunk and one row of at most `maxLineBytes`, a
 * few times over. Throws AuditError `bad-line` where a row is longer or a quote is never closed.
 */
export class RowReader {
  private readonly limits: LineLimits
  private readonly parser: Parser
  /** Rows that the parser has ended, with the offset behind their line end. */
  private ended: { readonly cells: readonly string[]; readonly end: number }[] = []
  /** The bytes from `offset` on, where the row begins that has not ended; `base` is where the parser began. */
  private held: Buffer[] = []
  private heldBytes = 0
  private offset: number
  private readonly base: number
  private skip: number
  private line: number

  constructor(dialect: Dialect, limits: LineLimits) {
    this.limits = limits
    this.base = dialect.skip.bytes
    this.skip = this.base
    this.offset = this.base
    this.line = dialect.skip.lines + 1
    this.parser = new Parser({ ...options(dialect), on_record: this.note })
    // Failures arrive where something is written; without a listener they would end the process too.
    this.parser.on('error', () => {})
  }

  async push(chunk: Buffer): Promise<Row[]> {
    const bytes = chunk.subarray(this.skip)
    this.skip -= chunk.length - bytes.length
    if (bytes.length === 0) return []
    this.held.push(bytes)
    this.heldBytes += bytes.length
    await this.settled((done) => this.parser.write(bytes, done))
    return this.take()
  }

  async end(): Promise<Row[]> {
    await this.settled((done) => this.parser.end(done))
    return this.take()
  }

  private readonly note = (cells: readonly string[], { bytes }: { readonly bytes: number }) => {
    this.ended.push({ cells, end: this.base + bytes })
    return null
  }

  private async settled(act: (done: (error?: Error | null) => void) => void): Promise<void> {
    const error = await new Promise<Error | null | undefined>((resolve) => act(resolve))
    if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED') {
      this.take()
      throw this.fault(
        'a quoted cell of this row never ends',
        'Close it; a quote within a quoted cell is written twice ("").',
      )
    }
    if (error) throw error
  }

  private take(): Row[] {
    const { ended } = this
    if (ended.length > 0) {
      this.ended = []
      const bytes = this.held.length === 1 ? this.held[0]! : Buffer.concat(this.held, this.heldBytes)
      const begin = this.offset
      const rows = ended.map(({ cells, end }) => this.row(cells, bytes.subarray(this.offset - begin, end - begin)))
      this.heldBytes -= this.offset - begin
      this.held = this.heldBytes > 0 ? [bytes.subarray(this.offset - begin)] : []
      return rows
    }
    this.checkLength(this.heldBytes)
    return []
  }

  private row(cells: readonly string[], bytes: Buffer): Row {
    this.checkLength(bytes.length)
    const span = { number: this.line, offset: this.offset, bytes: bytes.length }
    this.offset += bytes.length
    this.line += lineEnds(bytes)
    return { span, bytes, cells }
  }

  private checkLength(bytes: number): void {
    const { maxLineBytes } = this.limits
    if (bytes <= maxLineBytes) return
    throw this.fault(
      `this row is longer than ${maxLineBytes} bytes`,
      'Close the quote that a cell of it opens; raise --max-line-bytes if the row is meant to be so long.',
    )
  }

  private fault(what: string, remedy: string): AuditError {
    const place = { file: this.limits.path, line: this.line }
    return new AuditError({ code: 'bad-line', place, what, remedy, tolerated: 0 })
  }
}

/** LF, CRLF and CR alone each end a line. */
function lineEnds(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count++
  for (let at = bytes.indexOf(RETURN); at !== -1; at = bytes.indexOf(RETURN, at + 1))
    if (bytes[at + 1] !== NEWLINE) count++
  return count
}
