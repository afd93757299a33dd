import type { Case, LostCase } from './case.js'

/**
 * Tallies are whole numbers that only ever get added up, so that any order of records and any split into shards gives
 * the same sums, byte for byte. `count` columns hold integers. `sum` columns hold a real number as three integers:
 * value = (carry·2^46 + high + low·2^-22)·2^-30.
 */
export interface Column {
  readonly id: string
  readonly kind: 'count' | 'sum'
  /** How many slots the column has (bins, levels). */
  readonly size: number
  /** Kept once per task, not per bucket: for pictures and for tests of whole tables, which need no interval. */
  readonly once?: true
}

export const CELLS = { count: 1, sum: 3 } as const

/** Sums hold values up to this size; what is larger is unknown, counted and said. */
export const LARGEST = 2 ** 20

export const count = (size = 1) => ({ kind: 'count', size }) as const
export const sum = (size = 1) => ({ kind: 'sum', size }) as const
export const once = <C extends Omit<Column, 'id'>>(column: C) => ({ ...column, once: true }) as const

export interface Columns<Id extends string> {
  readonly list: readonly Column[]
  /** First cell of each column; slot i of a column lies `i · CELLS[kind]` further. */
  readonly at: Readonly<Record<Id, number>>
}

export function defineColumns<Id extends string>(spec: Record<Id, Omit<Column, 'id'>>): Columns<Id> {
  const list: Column[] = []
  for (const id in spec) list.push({ id, ...spec[id] })
  list.sort((a, b) => shelf(a) - shelf(b))
  const at: Partial<Record<string, number>> = {}
  let next = 0
  for (const column of list) {
    at[column.id] = next
    next += cellsOf(column)
  }
  return { list, at: at as Record<Id, number> }
}

/** The order of columns: narrow (0), then wide ones (1), mostly empty and kept apart, then those kept once (2). */
export function shelf({ size, once: keptOnce }: Omit<Column, 'id'>): 0 | 1 | 2 {
  if (keptOnce === true) return 2
  return size > 64 ? 1 : 0
}

export function cellsOf({ kind, size }: Omit<Column, 'id'>): number {
  return CELLS[kind] * size
}

/** Cells come from `Columns.at`. */
export interface Counter {
  count(cell: number, k: number): void
  /** Adds x, |x| ≤ LARGEST, quantised to 2^-52. */
  add(cell: number, x: number): void
}

/** What a detector may do while it observes a case that the tuned arm lost. */
export interface LostTally extends Counter {
  /** As `Tally.sample`, in its task's sample of lost cases. */
  sample(features: (lost: LostCase) => unknown): void
}

/** What a detector may do while it observes a case. */
export interface Tally extends Counter {
  /**
   * Nominates the case as an example for a measure; severity orders them, the larger the worse. `detail` says what is
   * wrong with the tuned output.
   */
  example(measure: string, severity: number, code: string, samples?: ExampleSamples, detail?: string | null): void
  /**
   * Keeps what `keep` returns if the case is in its task's sample. It is called once it is known that the case is, with the
   * case as it was observed but for `raw` and `settings`, which are empty; it holds nothing else of the case.
   */
  sample(keep: (case_: Case) => Kept): void
}

/** What is kept of a sampled case: for measures, and as an example if the case stays in the sample. */
export interface Kept {
  readonly features: unknown
  readonly examples: readonly Nominated[]
}

/** As in `Tally.example`. */
export interface Nominated {
  readonly measure: string
  readonly severity: number
  readonly code: string
  readonly samples: ExampleSamples
  readonly detail: string | null
}

/** What was kept of one case of the sample, and the bucket that intervals leave it out by. */
export interface Sampled {
  readonly features: unknown
  readonly bucket: number
}

/** Positions in `case.baseline` and `case.tuned` of the samples worth showing. */
export interface ExampleSamples {
  readonly baseline: number
  readonly tuned: number
}

/** Summed tallies as numbers. Throws on a column that the detector did not declare. */
export interface Sums {
  count(column: string): number
  sum(column: string): number
  counts(column: string): readonly number[]
  sums(column: string): readonly number[]
}
