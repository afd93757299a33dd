import type { Codec } from '../domain/codec/codec.js'
import { mapInOrder, setOf } from '../domain/codec/collections.js'
import { stateOf } from '../domain/codec/state.js'
import { flag, list, listOf, natural, text } from '../domain/codec/values.js'
import type { Arm } from '../domain/record.js'
import { sheetFault } from './labels-fault.js'

/** What a sheet says of an output; at least one of it is given. Scores are as written, on the record's own scale. */
export interface Label {
  readonly correct: boolean | null
  readonly score: number | null
  readonly scores: Readonly<Record<string, number>>
  readonly line: number
}

/** Whom a row is about; null where the row does not say, and so holds for all. */
export interface LabelTarget {
  readonly id: string
  readonly task: string | null
  readonly arm: Arm | null
  readonly sample: number | null
}

/** A row that needs the user's attention. */
export interface ListedRow extends LabelTarget {
  readonly line: number
}

/** A row without task whose id was found in more than one: the two of them that come first by code unit. */
export interface AmbiguousRow extends ListedRow {
  readonly tasks: readonly string[]
}

export interface ListedRows<Row extends ListedRow> {
  readonly count: number
  /** In the order of the sheet. */
  readonly first: readonly Row[]
}

interface Entry {
  readonly label: Label
  matched: boolean
  tasks: readonly string[]
}

/** What a row can name besides its id, as bits. */
const TASK = 4
const ARM = 2
const SAMPLE = 1
const MOST_SPECIFIC_FIRST = [7, 6, 5, 3, 4, 2, 1, 0]

const LISTED = 5

/**
 * Labels by whom they are about. A row that names more wins, as a whole, over a row that names less. Two rows of which
 * each names something that the other leaves open are rivals: an error where both hold for one output.
 *
 * Takes about 260 bytes of memory a row (measured: 1,000,000 rows of id, arm and correct).
 */
export class Labels {
  readonly file: string
  /** Columns that say nothing here, such as notes. */
  readonly ignoredColumns: readonly string[]
  /** Of the columns `scores.<name>` that have a value somewhere. */
  readonly scoreNames = new Set<string>()
  private readonly entries = new Map<string, Entry>()
  private kinds: number[] = []

  constructor(file: string, ignoredColumns: readonly string[]) {
    this.file = file
    this.ignoredColumns = ignoredColumns
  }

  /** Number of rows that give a label. */
  get size(): number {
    return this.entries.size
  }

  /** Throws AuditError `bad-line` if another row is about the same. */
  add(target: LabelTarget, label: Label): void {
    const key = keyOf(target)
    const known = this.entries.get(key)
    if (known !== undefined) throw this.clash(known.label, label, 'are about the same output')
    this.entries.set(key, { label, matched: false, tasks: [] })
    for (const name in label.scores) this.scoreNames.add(name)
    const kind = kindOf(target)
    if (!this.kinds.includes(kind)) this.kinds = MOST_SPECIFIC_FIRST.filter((k) => k === kind || this.kinds.includes(k))
  }

  /** The label of one output; counts every row that holds for it as matched. Throws AuditError `bad-line` at rivals. */
  find(task: string, id: string, arm: Arm, sample: number): Label | null {
    let winner: { readonly kind: number; readonly entry: Entry } | null = null
    for (const kind of this.kinds) {
      const target = {
        id,
        task: kind & TASK ? task : null,
        arm: kind & ARM ? arm : null,
        sample: kind & SAMPLE ? sample : null,
      }
      const entry = this.entries.get(keyOf(target))
      if (entry === undefined) continue
      entry.matched = true
      winner ??= { kind, entry }
      if (kind & ~winner.kind)
        throw this.clash(winner.entry.label, entry.label, 'hold for one output, neither more than the other')
    }
    if (winner === null) return null
    if (!(winner.kind & TASK)) noteTask(winner.entry, task)
    return winner.entry.label
  }

  /** After a run: rows that held for no output. */
  unmatched(): ListedRows<ListedRow> {
    return this.listed(
      (entry) => !entry.matched,
      (row) => row,
    )
  }

  /** After a run: rows without task that labelled outputs of several tasks. */
  ambiguous(): ListedRows<AmbiguousRow> {
    return this.listed(
      (entry) => entry.tasks.length > 1,
      (row, { tasks }) => ({ ...row, tasks }),
    )
  }

  /** Adds what another reader of the same sheet found. */
  merge(other: Labels): void {
    for (const [key, { matched, tasks }] of other.entries) {
      const own = this.entries.get(key)
      if (own === undefined) throw new Error('Only labels of one sheet can be merged.')
      own.matched ||= matched
      for (const task of tasks) noteTask(own, task)
    }
  }

  private listed<Row extends ListedRow>(
    wanted: (entry: Entry) => boolean,
    shape: (row: ListedRow, entry: Entry) => Row,
  ): ListedRows<Row> {
    let count = 0
    const first: Row[] = []
    for (const [key, entry] of this.entries) {
      if (!wanted(entry)) continue
      count++
      if (first.length < LISTED) first.push(shape({ ...targetOf(key), line: entry.label.line }, entry))
    }
    return { count, first }
  }

  private clash(first: Label, second: Label, how: string): Error {
    const same = sameSaying(first, second) ? '' : ' and disagree'
    const what = `this row and line ${first.line} ${how}${same}`
    const remedy = 'Keep one, or tell them apart with the columns task, arm and sample.'
    return sheetFault({ file: this.file, line: second.line, what, remedy })
  }
}

/** Sheets hold no NUL, so no two targets share a key; an empty part is one that is not given. */
function keyOf({ id, task, arm, sample }: LabelTarget): string {
  return `${task ?? ''}\u0000${arm ?? ''}\u0000${sample ?? ''}\u0000${id}`
}

function targetOf(key: string): LabelTarget {
  const [task, arm, sample, id] = key.split('\u0000') as [string, Arm | '', string, string]
  return { id, task: task || null, arm: arm || null, sample: sample === '' ? null : Number(sample) }
}

function kindOf({ task, arm, sample }: LabelTarget): number {
  return (task === null ? 0 : TASK) | (arm === null ? 0 : ARM) | (sample === null ? 0 : SAMPLE)
}

function noteTask(entry: Entry, task: string): void {
  if (!entry.tasks.includes(task)) entry.tasks = [...entry.tasks, task].sort().slice(0, 2)
}

function sameSaying(a: Label, b: Label): boolean {
  const { line: _a, ...first } = a
  const { line: _b, ...second } = b
  return JSON.stringify(first) === JSON.stringify(second)
}

/** A row without what it says: enough to know which rows held for no output, or for too many. */
const entry: Codec<Entry> = {
  write: ({ label, matched, tasks }) => [label.line, matched, [...tasks]],
  read: (json) => {
    const [line, matched, tasks] = listOf(json)
    const label = { correct: null, score: null, scores: {}, line: natural.read(line) }
    return { label, matched: flag.read(matched), tasks: list(text).read(tasks) }
  },
}

/** What readers of a sheet found. The rows stand in the order of the sheet; what they say is left out. */
export const labelsCodec = stateOf(() => new Labels('', []), {
  file: text,
  ignoredColumns: list(text),
  scoreNames: setOf(text),
  entries: mapInOrder(text, entry),
  kinds: list(natural),
})
