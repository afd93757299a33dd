import { addReal, CellSums, Layout, Row } from '../../../src/audit/cells.js'
import { defineColumns, LARGEST, sum } from '../../../src/domain/tally.js'
import { clusteredStandardError } from '../../../src/stats/clustered-error.js'
import { jackknifeError } from '../../../src/stats/jackknife.js'
import { type References, readReferences, type Statistic, statistics } from './statistic.js'

const file = readReferences<{ sets: Record<string, number[]> }>('nist.json')
const { sets, ...certified } = file as typeof file & References

/** Sets whose values a sum column can hold, and those whose decimals a double can hold to more than nine digits of their spread. */
const small = rowsOf((values) => values.every((value) => Math.abs(value) <= LARGEST))
const fine = rowsOf((values) => Math.max(...values.map(Math.abs)) < 1e6)
const coarse = rowsOf((values) => Math.max(...values.map(Math.abs)) >= 1e6)

function rowsOf(keep: (values: readonly number[]) => boolean): References {
  const rows = Object.entries(certified as References)
  return Object.fromEntries(rows.map(([key, all]) => [key, all.filter(([name]) => keep(sets[name as string]!))]))
}

const { list, at } = defineColumns({ total: sum() })

/** Through the sum columns in which an audit keeps values. */
function mean(name: string): number {
  const layout = new Layout(list)
  const row = new Row(layout)
  for (const value of sets[name]!) addReal(row, at.total, value)
  const sums = new CellSums(layout)
  sums.add(row, 1)
  return sums.sum('total') / sets[name]!.length
}

/** A jackknife's error of n values is (n − 1)/√n of their standard deviation. */
function fromJackknife(name: string): number {
  const values = sets[name]!
  return (jackknifeError(values) * Math.sqrt(values.length)) / (values.length - 1)
}

/** With clusters of one. */
function fromClusters(name: string): number {
  const values = sets[name]!
  return clusteredStandardError(values.map((value) => [value])) * Math.sqrt(values.length ** 2 / (values.length - 1))
}

export const nist: readonly Statistic[] = [
  ...named('mean of a sum column', statistics(small, 'mean', 1e-15, mean)),
  ...named('jackknifeError', statistics(fine, 'standardDeviation', 1e-12, fromJackknife)),
  ...named('jackknifeError, 1e6 and more', statistics(coarse, 'standardDeviation', 1e-8, fromJackknife)),
  ...named('clusteredStandardError', statistics(fine, 'standardDeviation', 1e-12, fromClusters)),
  ...named('clusteredStandardError, 1e6 and more', statistics(coarse, 'standardDeviation', 1e-8, fromClusters)),
]

function named(name: string, found: readonly Statistic[]): Statistic[] {
  return found.map((statistic) => ({ ...statistic, name }))
}
