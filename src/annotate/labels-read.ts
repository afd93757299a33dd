import { shown } from '../domain/printable.js'
import { likeliestDelimiter, separatorLine } from '../text/delimited.js'
import { type Label, Labels, type LabelTarget } from './labels.js'
import { type Columns, columnsOf, isKnownName } from './labels-columns.js'
import { sheetFault } from './labels-fault.js'
import { type Sheet, type SheetRow, sheetRows } from './labels-table.js'
import { sheetText } from './labels-text.js'
import { arm, type Cell, number, sample, truth } from './labels-values.js'

/**
 * Labels from the bytes of a delimited text whose first line names the columns: `id`, one or more of `correct`,
 * `score`, `scores.<name>`, and where needed `task`, `arm`, `sample`. Delimiter (comma, semicolon or tab), line ends
 * and encoding are found out. An empty cell is not given; a row that gives no label is left out. Needs the decoded text
 * and about 260 bytes a row at once; time grows with the size of the file. Throws AuditError `bad-line`, with the line
 * and the name as the user gave it.
 */
export function readLabels(name: string, bytes: Uint8Array): Labels {
  const text = sheetText(name, bytes)
  if (text.startsWith('{') || text.startsWith('[')) {
    const remedy = 'Labels are a table (CSV); a record in JSON can carry "correct" and "score" itself.'
    throw sheetFault({ file: name, line: 1, what: 'this looks like JSON', remedy })
  }
  const [header, ...rows] = sheetRows(sheetOf(name, text))
  if (header === undefined) throw emptySheet(name, 1, 'the sheet is empty')
  const columns = columnsOf(name, header)
  const labels = new Labels(name, columns.ignored)
  for (const row of rows) addRow(labels, row, columns)
  if (labels.size === 0) throw emptySheet(name, header.line, 'no row below the header gives a label')
  return labels
}

function emptySheet(file: string, line: number, what: string): Error {
  return sheetFault({ file, line, what, remedy: 'Check that the right sheet was saved.' })
}

function sheetOf(file: string, text: string): Sheet {
  const separator = separatorLine(text)
  if (separator !== null) {
    const { delimiter, characters } = separator
    return { file, text, delimiter, skip: { characters, lines: 1 } }
  }
  const under = (delimiter: string) => ({ file, text, delimiter, skip: { characters: 0, lines: 0 } })
  return under(likeliestDelimiter((delimiter) => headerCells(under(delimiter)), isKnownName))
}

/** Blank lines may stand before the header. */
const HEADER_ROWS = 20

/** None where the header cannot be read with this delimiter. */
function headerCells(sheet: Sheet): readonly string[] {
  try {
    return sheetRows(sheet, HEADER_ROWS)[0]?.cells ?? []
  } catch {
    return []
  }
}

function addRow(labels: Labels, row: SheetRow, columns: Columns): void {
  const { line, cells } = row
  if (cells.every((cell) => cell === '')) return
  if (cells.length !== columns.count) {
    const what = `this row has ${cells.length} cells, the header has ${columns.count}`
    const remedy = 'Put a cell that holds the delimiter or a line break in double quotes.'
    throw sheetFault({ file: labels.file, line, what, remedy })
  }
  const reader = new CellReader(labels.file, row)
  const target = targetOf(reader, columns)
  const label = labelOf(reader, columns)
  if (label !== null) labels.add(target, label)
}

function targetOf(reader: CellReader, columns: Columns): LabelTarget {
  return {
    id: reader.id(columns.id),
    task: reader.text(columns.task),
    arm: reader.value('arm', columns.arm, arm),
    sample: reader.value('sample', columns.sample, sample),
  }
}

function labelOf(reader: CellReader, columns: Columns): Label | null {
  const correct = reader.value('correct', columns.correct, truth)
  const score = reader.value('score', columns.score, number)
  const scores: [string, number][] = []
  for (const [name, at] of columns.scores) {
    const value = reader.value(`scores.${name}`, at, number)
    if (value !== null) scores.push([name, value])
  }
  if (correct === null && score === null && scores.length === 0) return null
  return { correct, score, scores: scores.length === 0 ? NO_SCORES : Object.fromEntries(scores), line: reader.line }
}

/** One object for all rows that have none. */
const NO_SCORES: Readonly<Record<string, number>> = Object.freeze({})

/** Reads the cells of one row; an absent column is like an empty cell. */
class CellReader {
  private readonly file: string
  private readonly row: SheetRow

  constructor(file: string, row: SheetRow) {
    this.file = file
    this.row = row
  }

  get line(): number {
    return this.row.line
  }

  id(at: number): string {
    const id = this.text(at)
    if (id !== null) return id
    throw this.fault('this row has no id', 'Give the id of the record that it is about, or remove the row.')
  }

  text(at: number | null): string | null {
    const cell = at === null ? '' : this.row.cells[at]!
    return cell === '' ? null : cell
  }

  value<T>(name: string, at: number | null, read: (cell: string) => Cell<T>): T | null {
    const cell = this.text(at)?.trim() ?? ''
    if (cell === '') return null
    const result = read(cell)
    if (result.ok) return result.value
    throw this.fault(`${shown(name)} is ${shown(cell)}`, result.remedy)
  }

  private fault(what: string, remedy: string): Error {
    return sheetFault({ file: this.file, line: this.row.line, what, remedy })
  }
}
