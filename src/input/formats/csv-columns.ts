import { ALIASES, FIELDS, type Field } from '../../domain/fields.js'
import { shown } from '../../domain/printable.js'
import { type FieldMap, keysOf } from '../fields.js'
import { BadLine } from '../json.js'
import { READ_FIELDS } from '../reading.js'
import { CELLS, type CellKind, type ReadCell } from './csv-cells.js'

/** What a column's cells become in the record. */
export interface Column {
  /** Which cell of a row. */
  readonly at: number
  /** The record's key, or the name of a score behind `scores.`. */
  readonly key: string
  /** As the header has it. */
  readonly header: string
  readonly into: 'record' | 'scores'
  readonly read: ReadCell
  /** A blank output is an output; elsewhere a blank cell says nothing. */
  readonly keepsBlank: boolean
}

const KINDS: Readonly<Record<Field, CellKind>> = {
  id: 'text',
  output: 'output',
  task: 'text',
  domain: 'text',
  cluster: 'text',
  prompt: 'json',
  reference: 'json',
  correct: 'truth',
  score: 'score',
  scores: 'scores',
  confidence: 'number',
  logprobs: 'logprobs',
  sample: 'whole',
  error: 'error',
  finish_reason: 'text',
  tokens: 'number',
  input_tokens: 'number',
  output_tokens: 'number',
  cost: 'number',
  latency: 'number',
  embedding: 'json',
  tags: 'json',
  meta: 'json',
  verification: 'json',
}

const SCORE = /^scores\.(?=.)/i
const KNOWN: ReadonlySet<string> = new Set(FIELDS.flatMap((field) => [field, ...ALIASES[field]]))
const NAMING: ReadonlySet<string> = new Set(
  (['id', 'output', 'prompt'] as const).flatMap((field) => [field, ...ALIASES[field]]),
)

/** Whether a header's cell is a name that records are read by. */
export function isKnown(cell: string): boolean {
  const name = cell.trim()
  return KNOWN.has(name.toLowerCase()) || SCORE.test(name)
}

/** Whether a row can be the header of a table of records: one cell at least names the case or its output. */
export function isHeader(cells: readonly string[]): boolean {
  return cells.length > 1 && cells.some((cell) => NAMING.has(cell.trim().toLowerCase()))
}

/** Columns without a name, such as the index that pandas writes, are left out. Throws BadLine for names that clash. */
export function columnsOf(header: readonly string[], fields: FieldMap): readonly Column[] {
  const mapped = new Set(Object.values(fields.pointers).map(([key]) => key))
  const names = header.map((cell) => nameOf(cell.trim(), mapped))
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at)
  if (twice !== undefined) throw new BadLine(`two columns are named ${shown(twice)}`, 'Keep one of them.')
  const kinds = kindsOf(new Set(names), fields)
  return names.flatMap((name, at) => (name === '' ? [] : [column(name, at, kinds.get(name) ?? null)]))
}

/** Known names in any case; a name that `--fields` gives is taken as it is. */
function nameOf(cell: string, mapped: ReadonlySet<string | undefined>): string {
  if (mapped.has(cell)) return cell
  if (KNOWN.has(cell.toLowerCase())) return cell.toLowerCase()
  return cell.replace(SCORE, 'scores.')
}

/** What the column holds that a field is read from; a pointer that leads further in needs JSON in it. */
function kindsOf(names: ReadonlySet<string>, fields: FieldMap): Map<string, CellKind> {
  const kinds = new Map<string, CellKind>()
  for (const field of FIELDS) {
    const name = keysOf(field, fields).find((key) => names.has(key))
    if (name === undefined || kinds.has(name)) continue
    const inside = (fields.pointers[field]?.length ?? 1) > 1
    kinds.set(name, inside ? 'json' : kindOf(field))
  }
  return kinds
}

function kindOf(field: Field): CellKind {
  const kind = KINDS[field]
  return kind === 'number' && !READ_FIELDS.some((read) => read === field) ? 'loose' : kind
}

function column(header: string, at: number, kind: CellKind | null): Column {
  const read = CELLS[kind ?? 'text']
  const plain = { at, key: header, header, into: 'record', read, keepsBlank: kind === 'output' } as const
  if (kind === null && SCORE.test(header)) {
    return { ...plain, key: header.replace(SCORE, ''), into: 'scores', read: CELLS.score }
  }
  return plain
}
