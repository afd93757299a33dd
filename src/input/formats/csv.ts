import { isUtf8 } from 'node:buffer'
import { QUOTE } from '../../domain/ascii.js'
import { AuditError } from '../../domain/problem.js'
import { BadLine } from '../json.js'
import type { Span } from '../lines.js'
import { type Column, columnsOf, isHeader, isKnown } from './csv-columns.js'
import { type Dialect, dialectOf, headerCells } from './csv-dialect.js'
import { recordOf } from './csv-record.js'
import { cellsOf, type Row, RowReader } from './csv-rows.js'
import type { Entry, Format, OpenFile, RecordReader } from './format.js'

const NAME = /\.(csv|tsv)(\.(gz|zst))?$/i

/** A table whose first row names the fields, delimited by comma, semicolon or tab. Cells are text, read by their column. */
export const csv: Format = {
  id: 'csv',
  tool: 'CSV',
  reads: 'the columns of JSON lines; comma, semicolon, tab',
  seen: false,
  detects: ({ head, name }) => NAME.test(name) || isTable(head),
  open: (file) => new Table(file),
}

function isTable(head: Buffer): boolean {
  const start = head.toString('utf8')
  if (/^\s*(?:[{[]|$)/.test(start)) return false
  const { delimiter, lineEnds, skip } = dialectOf(head, isKnown)
  return isHeader(headerCells({ text: head.toString('utf8', skip.bytes), delimiter, lineEnds }))
}

class Table implements RecordReader {
  private readonly file: OpenFile
  private readonly dialect: Dialect
  /** Known once the first row is read. */
  private columns: readonly Column[] | null = null
  private width = 0

  constructor(file: OpenFile) {
    this.file = file
    const mapped = new Set(Object.values(file.fields.pointers).map(([key]) => key))
    this.dialect = dialectOf(file.head, (cell) => isKnown(cell) || mapped.has(cell.trim()))
  }

  async *records(chunks: AsyncIterable<Buffer>): AsyncGenerator<Entry[]> {
    this.refuseUtf16()
    const rows = new RowReader(this.dialect, this.file)
    for await (const chunk of chunks) yield this.entries(await rows.push(chunk))
    yield this.entries(await rows.end())
  }

  again(bytes: Buffer, span: Span): Entry {
    return this.entry({ span, bytes, cells: cellsOf(bytes, this.dialect) }, this.columns!)
  }

  private entries(rows: readonly Row[]): Entry[] {
    const entries: Entry[] = []
    for (const row of rows) {
      if (isBlank(row)) continue
      this.refuse(row)
      if (this.columns === null) this.columns = this.header(row)
      else entries.push(this.entry(row, this.columns))
    }
    return entries
  }

  private entry({ span, bytes, cells }: Row, columns: readonly Column[]): Entry {
    try {
      if (cells.length !== this.width) throw ragged(cells.length, this.width)
      if (isDamaged(bytes, cells)) throw new BadLine('the row is not valid UTF-8', 'Write the file as UTF-8.')
      const record = recordOf(cells, columns)
      return { kind: 'record', span, ...record, text: JSON.stringify(record.raw) }
    } catch (error) {
      if (error instanceof BadLine) return { kind: 'bad', span, bad: error }
      throw error
    }
  }

  private header({ span, cells }: Row): readonly Column[] {
    if (/^\s*[{[]/.test(cells[0] ?? '')) {
      throw this.fault(
        span,
        'this looks like JSON, not like the header of a table',
        'Name a file of JSON lines .jsonl.',
      )
    }
    this.width = cells.length
    try {
      return columnsOf(cells, this.file.fields)
    } catch (error) {
      if (error instanceof BadLine) throw this.fault(span, error.what, error.remedy)
      throw error
    }
  }

  /** What makes all that follows doubtful is not tolerated. */
  private refuse({ span, bytes, cells }: Row): void {
    const { path } = this.file
    if (bytes.includes(0)) {
      throw new AuditError({ code: 'not-text', path, line: span.number, what: 'this is binary data (a NUL byte)' })
    }
    if (cells.every((cell) => isQuotedWell(cell, bytes, this.dialect))) return
    const remedy = 'Is the quote before it never closed? A quote within a quoted cell is written twice ("").'
    throw this.fault(span, 'text follows the quote that closes a cell of this row', remedy)
  }

  private refuseUtf16(): void {
    const { head, path } = this.file
    const mark = head.length > 1 ? head.readUInt16LE() : 0
    if (mark !== 0xfeff && mark !== 0xfffe) return
    throw new AuditError({
      code: 'not-text',
      path,
      line: 1,
      what: 'this is UTF-16 (a spreadsheet: save it as CSV UTF-8)',
    })
  }

  private fault(span: Span, what: string, remedy: string): AuditError {
    const place = { file: this.file.path, line: span.number }
    return new AuditError({ code: 'bad-line', place, what, remedy, tolerated: 0 })
  }
}

/** Spreadsheets end with rows of empty cells. */
function isBlank({ cells }: Row): boolean {
  return cells.every((cell) => !/\S/.test(cell))
}

function ragged(cells: number, columns: number): BadLine {
  const remedy = 'Put a cell that holds the delimiter or a line break in double quotes.'
  return new BadLine(`this row has ${cells} cells, the header has ${columns}`, remedy)
}

function isDamaged(bytes: Buffer, cells: readonly string[]): boolean {
  return cells.some((cell) => cell.includes('\ufffd')) && !isUtf8(bytes)
}

/**
 * The parser takes a cell whose closing quote has text behind it for one that is not quoted. Such a cell may have
 * swallowed other cells and rows: those that are truly not quoted hold no delimiter and no line end.
 */
function isQuotedWell(cell: string, bytes: Buffer, { delimiter, lineEnds }: Dialect): boolean {
  if (cell.charCodeAt(0) !== QUOTE) return true
  if (!cell.includes(delimiter) && !lineEnds.some((end) => cell.includes(end))) return true
  return bytes.includes(`"${cell.replaceAll('"', '""')}"`)
}
