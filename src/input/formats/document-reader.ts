import { AuditError } from '../../domain/problem.js'
import type { Raw } from '../../domain/record.js'
import { BadLine, parseDocument } from '../json.js'
import { type Span, withoutMark } from '../lines.js'
import { entriesOf } from './entries.js'
import type { Entry, OpenFile, RecordReader } from './format.js'
import type { BytesFormat, DocumentFormat } from './log-format.js'

/** V8's strings end before 2^29 characters. */
const LARGEST_DOCUMENT = 2 ** 29 - 2 ** 16
const ROWS_AT_ONCE = 256

/**
 * A file that is read whole: memory grows with it. A record's line is its number in the document, from 1.
 */
export class DocumentReader implements RecordReader {
  private readonly format: DocumentFormat | BytesFormat
  private readonly file: OpenFile
  private rows: readonly Raw[] = []

  constructor(format: DocumentFormat | BytesFormat, file: OpenFile) {
    this.format = format
    this.file = file
  }

  async *records(chunks: AsyncIterable<Buffer>): AsyncGenerator<Entry[]> {
    const bytes = await this.whole(chunks)
    const { rows, nonFinite } = await this.read(bytes)
    this.rows = rows
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const numbers = Array.from({ length: Math.min(ROWS_AT_ONCE, rows.length - from) }, (_, i) => from + i)
      yield numbers.flatMap((i) => this.entries(i, i === 0 ? nonFinite : 0))
    }
  }

  /** The document is still there; no bytes are needed. */
  again(_bytes: Buffer, span: Span): Entry {
    return this.entries(span.number - 1, 0)[span.index ?? 0]!
  }

  private entries(i: number, nonFinite: number): Entry[] {
    const raw = this.rows[i]!
    const span = { number: i + 1, offset: 0, bytes: 0 }
    return entriesOf(this.format, { kind: 'record', span, raw, nonFinite, text: JSON.stringify(raw) }, this.file.log)
  }

  private async read(bytes: Buffer): Promise<{ rows: readonly Raw[]; nonFinite: number }> {
    if (this.format.layout === 'bytes')
      return { rows: [...(await this.format.rows(bytes, this.file.log))], nonFinite: 0 }
    try {
      const { value, nonFinite } = parseDocument(withoutMark(bytes.toString('utf8'), 0))
      return { rows: [...this.format.rows(value, this.file.log)], nonFinite }
    } catch (error) {
      if (!(error instanceof BadLine)) throw error
      const { what, remedy } = error
      throw new AuditError({ code: 'bad-line', place: { file: this.file.path, line: 1 }, what, remedy, tolerated: 0 })
    }
  }

  private async whole(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
    const parts: Buffer[] = []
    let bytes = 0
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > LARGEST_DOCUMENT)
        throw new AuditError({ code: 'document-too-large', path: this.file.path, limit: LARGEST_DOCUMENT })
      parts.push(chunk)
    }
    return Buffer.concat(parts)
  }
}
