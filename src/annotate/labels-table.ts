import { CsvError, parse } from 'csv-parse/sync'
import { printable } from '../domain/printable.js'
import { sheetFault } from './labels-fault.js'

export interface SheetRow {
  /** Where the row begins, from 1; a quoted cell may span lines. */
  readonly line: number
  readonly cells: readonly string[]
}

export interface Sheet {
  readonly file: string
  readonly text: string
  readonly delimiter: string
  /** What stands before the table, such as Excel's `sep=;`. */
  readonly skip: { readonly characters: number; readonly lines: number }
}

const LINE_ENDS = ['\r\n', '\n', '\r']
const LINE_END = /\r\n|\n|\r/g

/**
 * The rows of a delimited text (RFC 4180), lines ending in LF, CRLF or CR, blank lines left out; at most `most` of them.
 * Cells are trimmed unless they are quoted; a quote within an unquoted cell is a character. Throws AuditError `bad-line`
 * at a quote that is not closed, at the line where its row begins.
 */
export function sheetRows({ file, text, delimiter, skip }: Sheet, most = Number.POSITIVE_INFINITY): SheetRow[] {
  const rows: SheetRow[] = []
  // Counted here: the parser's own count doubles CRLF within quotes.
  let line = skip.lines + 1
  const keep = (row: unknown) => {
    // What `raw: true` makes of a row; the parser's types do not know it.
    const { record: cells, raw } = row as { readonly record: readonly string[]; readonly raw: string }
    if (cells.length > 1 || cells[0] !== '') rows.push({ line, cells })
    line += raw.match(LINE_END)?.length ?? 0
    return null
  }
  try {
    parse(text.slice(skip.characters), {
      delimiter,
      raw: true,
      trim: true,
      relax_quotes: true,
      relax_column_count: true,
      record_delimiter: LINE_ENDS,
      ...(Number.isFinite(most) && { to: most }),
      on_record: keep,
    })
  } catch (error) {
    if (error instanceof CsvError) throw sheetFault({ file, line, ...faultOf(error) })
    throw error
  }
  return rows
}

function faultOf({ code, message }: CsvError): { what: string; remedy: string } {
  const remedy = 'Close it; a quote within a quoted cell is written twice ("").'
  if (code === 'CSV_QUOTE_NOT_CLOSED') return { what: 'a quoted cell of this row never ends', remedy }
  return { what: `this row cannot be read (${printable(message)})`, remedy: 'Save the sheet as CSV again.' }
}
