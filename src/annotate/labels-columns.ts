import { nearest } from '../domain/nearest.js'
import { shown } from '../domain/printable.js'
import { sheetFault } from './labels-fault.js'
import type { SheetRow } from './labels-table.js'

/** Which cell of a row says what. */
export interface Columns {
  readonly id: number
  readonly task: number | null
  readonly arm: number | null
  readonly sample: number | null
  readonly correct: number | null
  readonly score: number | null
  /** The name behind `scores.`, with its cell. */
  readonly scores: readonly (readonly [string, number])[]
  readonly count: number
  /** Columns that say nothing here, such as notes. */
  readonly ignored: readonly string[]
}

const NAMES = ['id', 'task', 'arm', 'sample', 'correct', 'score'] as const
const LABELS = 'correct, score or scores.<name>'
const SCORES = 'scores.'

/** Whether a header's cell is a name known here: tells a delimiter from a character in a name. */
export function isKnownName(cell: string): boolean {
  return isKnown(canonical(cell))
}

/**
 * Names in any case. A column that is not known is ignored and listed, unless it is one slip away from a known name:
 * that is an error, because what the user meant to say would go unheard. There is no `confidence`: in a sheet that is
 * as often the annotator's own as the model's. Throws AuditError `bad-line`.
 */
export function columnsOf(file: string, { line, cells }: SheetRow): Columns {
  const found = new Map<string, number>()
  const ignored: string[] = []
  const wrong = (what: string, remedy: string) => sheetFault({ file, line, what, remedy })
  for (const [at, cell] of cells.entries()) {
    const name = canonical(cell)
    if (!isKnown(name)) {
      const meant = slipOf(name)
      if (meant !== null)
        throw wrong(`unknown column ${shown(cell)}`, `Did you mean "${meant}"? Else give it another name.`)
      if (cell !== '') ignored.push(cell)
      continue
    }
    if (found.has(name)) throw wrong(`two columns are named ${shown(name)}`, 'Keep one of them.')
    found.set(name, at)
  }
  if (!found.has('id')) throw wrong('there is no column "id"', missing('id', ignored))
  const columns = { ...placesOf(found), count: cells.length, ignored }
  if (columns.correct !== null || columns.score !== null || columns.scores.length > 0) return columns
  throw wrong(`there is no column ${LABELS}, so the sheet says nothing about any output`, missing('correct', ignored))
}

function placesOf(found: ReadonlyMap<string, number>): Omit<Columns, 'count' | 'ignored'> {
  const at = (name: string) => found.get(name) ?? null
  const scores = [...found].filter(([name]) => name.startsWith(SCORES))
  return {
    id: at('id')!,
    task: at('task'),
    arm: at('arm'),
    sample: at('sample'),
    correct: at('correct'),
    score: at('score'),
    scores: scores.map(([name, cell]) => [name.slice(SCORES.length), cell] as const),
  }
}

/** Lower case, except for what a user calls a score. */
function canonical(header: string): string {
  const cell = header.trim()
  const dot = cell.indexOf('.')
  return dot === -1 ? cell.toLowerCase() : cell.slice(0, dot).toLowerCase() + cell.slice(dot)
}

function isKnown(name: string): boolean {
  return NAMES.some((known) => known === name) || (name.startsWith(SCORES) && name.length > SCORES.length)
}

function missing(name: string, columns: readonly string[]): string {
  const like = nearest(name, columns)
  const first = like === null ? 'Add it' : `Is it ${shown(like)}? Rename that to "${name}"`
  return `${first}; the first line names the columns: id, and ${LABELS}, and where they differ task, arm, sample.`
}

/** The known name that this one is a slip of: one letter missing, added, other, or two neighbours exchanged. */
function slipOf(name: string): string | null {
  const dot = name.indexOf('.')
  if (dot === -1) return NAMES.find((known) => known.length > 2 && isSlip(name, known)) ?? null
  return isSlip(name.slice(0, dot), 'scores') ? `scores.${name.slice(dot + 1) || '<name>'}` : null
}

/**
 * Equality counts too. Short names have real words one letter away (`mask`, `farm`): there the first letter must be the
 * same.
 */
function isSlip(name: string, known: string): boolean {
  if (known.length < 5 && name[0] !== known[0]) return false
  let from = 0
  while (from < known.length && name[from] === known[from]) from++
  const left = name.slice(from)
  const right = known.slice(from)
  const exchanged = `${right[1] ?? ''}${right[0] ?? ''}${right.slice(2)}`
  return (
    left === right ||
    left.slice(1) === right ||
    left === right.slice(1) ||
    left.slice(1) === right.slice(1) ||
    left === exchanged
  )
}
