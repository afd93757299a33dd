import { shown } from '../../domain/printable.js'
import { BadLine, parseContainer } from '../json.js'

/**
 * What a cell says, by what its column holds; `name` is the column's. Blank cells do not come here. NaN stands for a
 * number that is none. Throws BadLine where the cell cannot be read so.
 */
export type ReadCell = (cell: string, name: string) => unknown

/** pandas writes a column of truths with gaps as 1.0 and 0.0. */
const TRUE = /^(?:true|yes|1(?:\.0+)?)$/i
const FALSE = /^(?:false|no|0(?:\.0+)?)$/i
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i
const NOT_FINITE = /^[+-]?(?:nan|inf(?:inity)?)$/i
const NOTHING = /^(?:null|none|nan)$/i
const LEAVE_EMPTY = 'Leave the cell empty where nothing is known.'

const text: ReadCell = (cell) => cell

/** A finite decimal number with a point; no thousands separator, no percent sign, because either could mean two things. */
const number: ReadCell = (cell, name) => {
  const written = cell.trim()
  if (NUMBER.test(written)) return Number(written)
  if (NOT_FINITE.test(written)) return Number.NaN
  throw bad(cell, name, numberRemedy(written))
}

/** pandas writes a column of whole numbers with gaps as 1.0. */
const whole: ReadCell = (cell, name) => {
  const written = cell.trim()
  if (/^\d{1,15}(?:\.0+)?$/.test(written)) return Number(written)
  throw bad(cell, name, `Write a whole number from 0. ${LEAVE_EMPTY}`)
}

const truth: ReadCell = (cell, name) => {
  const written = cell.trim()
  if (TRUE.test(written)) return true
  if (FALSE.test(written)) return false
  throw bad(cell, name, `Write true, false, yes, no, 1 or 0. ${LEAVE_EMPTY}`)
}

const score: ReadCell = (cell, name) => {
  const written = cell.trim().toLowerCase()
  return written === 'true' || written === 'false' ? written === 'true' : number(cell, name)
}

const scores: ReadCell = (cell, name) => {
  const value = parseContainer(name, cell)
  if (value !== undefined) return value
  throw bad(cell, name, `Write an object of numbers as JSON, or a column "${name}.<name>" for each.`)
}

const json: ReadCell = (cell, name) => parseContainer(name, cell) ?? cell

/** A number where it is one: of a field that nothing reads, nobody needs to repair it. */
const loose: ReadCell = (cell) => (NUMBER.test(cell.trim()) ? Number(cell) : cell)

/** A list, an object or a number; what is none of them matters only where the config has it read. */
const logprobs: ReadCell = (cell, name) => parseContainer(name, cell) ?? loose(cell, name)

/** Logs write null, false or an empty container where there was no error. */
const error: ReadCell = (cell, name) => {
  const written = cell.trim()
  return NOTHING.test(written) || FALSE.test(written) ? null : json(cell, name)
}

export const CELLS = { text, output: text, number, whole, truth, score, scores, logprobs, json, loose, error } as const

export type CellKind = keyof typeof CELLS

function bad(cell: string, name: string, remedy: string): BadLine {
  return new BadLine(`${shown(name)} is ${shown(cell)}`, remedy)
}

function numberRemedy(written: string): string {
  if (/^[+-]?\d*,\d+$/.test(written)) {
    return `Write decimals with a point (${shown(written.replace(',', '.'))}), and thousands without a separator.`
  }
  if (written.endsWith('%')) return 'Write the number without a percent sign, on the scale that the config declares.'
  return `Write a plain number such as 0.5. ${LEAVE_EMPTY}`
}
