import { parse } from 'csv-parse/sync'
import { likeliestDelimiter, separatorLine } from '../../text/delimited.js'

/** How a delimited text is written (RFC 4180, and what spreadsheets make of it). */
export interface Dialect {
  readonly delimiter: string
  readonly lineEnds: readonly string[]
  /** What stands before the table: a byte order mark, Excel's `sep=;`. */
  readonly skip: { readonly bytes: number; readonly lines: number }
}

/** The delimiter that the text names, or under which the header has most known names, or else most cells. */
export function dialectOf(head: Buffer, isKnown: (cell: string) => boolean): Dialect {
  const text = head.toString('utf8')
  const mark = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const table = text.slice(mark)
  const separator = separatorLine(table)
  const before = separator?.characters ?? 0
  const rest = { text: table.slice(before), lineEnds: lineEndsOf(table) }
  const headerUnder = (delimiter: string) => headerCells({ ...rest, delimiter })
  return {
    delimiter: separator?.delimiter ?? likeliestDelimiter(headerUnder, isKnown),
    lineEnds: rest.lineEnds,
    skip: { bytes: 3 * mark + before, lines: before > 0 ? 1 : 0 },
  }
}

interface Table {
  readonly text: string
  readonly lineEnds: readonly string[]
}

/** CR alone ends lines only where there is nothing else: elsewhere it is a character of a cell. */
function lineEndsOf(text: string): readonly string[] {
  return text.includes('\r') && !text.includes('\n') ? ['\r'] : ['\r\n', '\n']
}

/** The first row that is not blank; none where it cannot be read. */
export function headerCells({ text, delimiter, lineEnds }: Table & Pick<Dialect, 'delimiter'>): readonly string[] {
  try {
    const rows = parse(text, { ...options({ delimiter, lineEnds }), to: 1, skip_records_with_empty_values: true })
    return rows[0] ?? []
  } catch {
    return []
  }
}

/** Cells are kept as they are; a quote within an unquoted cell is a character, as spreadsheets have it. */
export function options({ delimiter, lineEnds }: Pick<Dialect, 'delimiter' | 'lineEnds'>) {
  return { delimiter, record_delimiter: [...lineEnds], relax_quotes: true, relax_column_count: true }
}
