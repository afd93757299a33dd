import { type Unmeasured, unmeasured, type Value } from '../../domain/measure.js'
import type { Sums } from '../../domain/tally.js'
import type { Table } from './columns.js'
import { type Classes, sharesOf, tableOf } from './tables.js'

/**
 * Did quality choose the format? Baseline accuracy of the class that grew most, minus that of the classes that shrank,
 * each by how much it lost; in the details how right the outputs that moved to it were before and after.
 */
export function qualityOfMoves(sums: Sums, classes: Classes): Value | Unmeasured {
  const before = sharesOf(sums, 'baseline', classes)
  const growth = sharesOf(sums, 'tuned', classes).map((after, i) => after - before[i]!)
  const grown = growth.indexOf(Math.max(...growth))
  if (growth[grown]! <= 0) return unmeasured({ code: 'nothing-changed' })
  const accuracy = baselineAccuracy(sums, classes)
  const lost = growth.flatMap((change, i) =>
    change < 0 && accuracy[i] !== null ? [{ loss: -change, of: accuracy[i]! }] : [],
  )
  const weight = lost.reduce((sum, { loss }) => sum + loss, 0)
  const own = accuracy[grown]
  if (own === null || own === undefined || weight === 0)
    return unmeasured({ code: 'too-few', what: 'graded baseline outputs of those formats', have: 0, need: 1 })
  const displaced = lost.reduce((sum, { loss, of }) => sum + loss * of, 0) / weight
  return {
    kind: 'change',
    change: own - displaced,
    details: { grown: classes.names[grown]!, moved: moved(sums, grown, classes) },
  }
}

/** By class; null where no graded baseline output has it. */
function baselineAccuracy(sums: Sums, classes: Classes): (number | null)[] {
  const graded = tableOf(sums, 'movesGraded', classes).map(sumOf)
  const right = tableOf(sums, 'movesRightBaseline', classes).map(sumOf)
  return graded.map((n, i) => (n === 0 ? null : right[i]! / n))
}

/** Outputs of another class before and of the grown one after, and the share right before and after. */
function moved(sums: Sums, grown: number, classes: Classes) {
  const into = (table: Table) =>
    tableOf(sums, table, classes).reduce((sum, row, i) => (i === grown ? sum : sum + row[grown]!), 0)
  const n = into('movesGraded')
  return {
    outputs: n,
    baseline: n === 0 ? null : into('movesRightBaseline') / n,
    tuned: n === 0 ? null : into('movesRightTuned') / n,
  }
}

function sumOf(row: readonly number[]): number {
  return row.reduce((sum, value) => sum + value, 0)
}
