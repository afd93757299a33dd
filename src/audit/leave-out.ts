import type { Measure, TaskValue, Unmeasured, Value } from '../domain/measure.js'
import { CellSums, type Layout, type Row } from './cells.js'
import type { TaskTally } from './tally.js'

/** Rows that go together when their bucket is left out: of one task, or of several tasks whose columns are added. */
export class Group {
  readonly rows: ReadonlyMap<number, readonly Row[]>
  private readonly layout: Layout
  private sums: { readonly whole: CellSums; readonly working: CellSums } | null = null

  constructor(tallies: readonly TaskTally[]) {
    this.layout = tallies[0]!.layout
    this.rows = rowsByBucket(tallies)
  }

  /** The sums of all rows; not to be changed. */
  get whole(): CellSums {
    return this.bothSums().whole
  }

  /** The same, from which rows may be taken if they are given back. */
  get working(): CellSums {
    return this.bothSums().working
  }

  /** The sums of the buckets chosen. */
  sumsOf(chosen: (bucket: number) => boolean): CellSums {
    const sums = new CellSums(this.layout)
    for (const [bucket, together] of this.rows) if (chosen(bucket)) for (const row of together) sums.add(row)
    return sums
  }

  private bothSums() {
    this.sums ??= { whole: this.sumsOf(() => true), working: this.sumsOf(() => true) }
    return this.sums
  }
}

function rowsByBucket(tallies: readonly TaskTally[]): Map<number, Row[]> {
  const rows = new Map<number, Row[]>()
  for (const tally of tallies) {
    for (const [bucket, row] of tally.rows) {
      const together = rows.get(bucket)
      if (together === undefined) rows.set(bucket, [row])
      else together.push(row)
    }
  }
  return new Map([...rows].sort(([a], [b]) => a - b))
}

/** A measure over a group, and over the group without each bucket that carries it. */
export interface LeftOut {
  readonly whole: Value | Unmeasured
  readonly sums: CellSums
  readonly cases: number
  /** By bucket; `emptied` where no case is left. */
  readonly without: ReadonlyMap<number, WithoutBucket>
}

export interface WithoutBucket {
  /** Cases that the bucket holds. */
  readonly cases: number
  readonly value: Value | Unmeasured | 'emptied'
}

export type Reading = (sums: CellSums, whole: CellSums) => Value | Unmeasured

/** Evaluates a reading of a measure with every bucket in turn left out. Sums are exact, so a row taken out goes back in. */
export function leaveOut(group: Group, measure: Measure, of: Reading): LeftOut {
  const { whole, working: sums } = group
  const cases = casesIn(whole, measure)
  const without = new Map<number, WithoutBucket>()
  if (measure.interval !== 'none') {
    for (const [bucket, rows] of group.rows) {
      for (const row of rows) sums.subtract(row)
      const left = casesIn(sums, measure)
      if (left < cases) without.set(bucket, { cases: cases - left, value: left === 0 ? 'emptied' : of(sums, whole) })
      for (const row of rows) sums.add(row)
    }
  }
  return { whole: of(whole, whole), sums: whole, cases, without }
}

function casesIn(sums: CellSums, { cases }: Measure): number {
  return cases.reduce((total, column) => total + sums.count(column), 0)
}

export interface TaskLeftOut extends LeftOut {
  readonly task: string
}

/** The same over tasks whose values are pooled by a function; every task is left without the bucket at once. */
export function poolLeftOut(
  tasks: readonly TaskLeftOut[],
  pool: (values: readonly TaskValue[]) => Value | Unmeasured,
): Omit<LeftOut, 'sums'> {
  const buckets = new Set(tasks.flatMap((task) => [...task.without.keys()]))
  const without = new Map<number, WithoutBucket>()
  for (const bucket of [...buckets].sort((a, b) => a - b)) {
    const values = tasks.flatMap((task) => taskWithout(task, bucket))
    const cases = tasks.reduce((total, task) => total + (task.without.get(bucket)?.cases ?? 0), 0)
    without.set(bucket, { cases, value: values.length === 0 ? 'emptied' : pool(values) })
  }
  return {
    whole: pool(
      tasks.flatMap(({ task, cases, whole }) => (whole.kind === 'unmeasured' ? [] : [{ task, cases, value: whole }])),
    ),
    cases: tasks.reduce((total, task) => total + task.cases, 0),
    without,
  }
}

/** A task emptied by the deletion drops out of the mean. */
function taskWithout({ task, cases, whole, without }: TaskLeftOut, bucket: number): TaskValue[] {
  const left = without.get(bucket)
  const value = left === undefined ? whole : left.value
  if (value === 'emptied' || value.kind === 'unmeasured') return []
  return [{ task, cases: cases - (left?.cases ?? 0), value }]
}

/** Whether the measure has a value with every bucket left out that does not empty it. */
export function isDefined({ whole, without }: Omit<LeftOut, 'sums'>): boolean {
  if (whole.kind === 'unmeasured') return false
  return [...without.values()].every(({ value }) => value === 'emptied' || value.kind !== 'unmeasured')
}
