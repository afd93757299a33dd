import type { Arm } from '../../domain/record.js'
import type { Sums } from '../../domain/tally.js'
import type { ClassColumns, Table } from './columns.js'

export interface Classes {
  readonly names: readonly string[]
  readonly ids: ClassColumns
}

/** Share of an arm's outputs in each class, by its number. Cases count alike, whatever their samples. */
export function sharesOf(sums: Sums, arm: Arm, { ids }: Classes): number[] {
  const n = sums.count('cases')
  return ids.shares[arm].map((id) => sums.sum(id) / n)
}

/** Share of the baseline's outputs in a class from which it is taken for the format that is expected. */
export const EXPECTED_SHARE = 0.95

/** The class of nearly all baseline outputs; null where there is none. */
export function usualClass(sums: Sums, classes: Classes): number | null {
  const usual = sharesOf(sums, 'baseline', classes).findIndex((share) => share >= EXPECTED_SHARE)
  return usual < 0 ? null : usual
}

/** A table by baseline class (rows) and tuned class. */
export function tableOf(sums: Sums, table: Table, { names, ids }: Classes): number[][] {
  const cells = sums.sums(ids.tables[table])
  return names.map((_, i) => cells.slice(i * names.length, (i + 1) * names.length))
}

export function total(table: readonly (readonly number[])[]): number {
  return table.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0)
}
