import type { ExhibitMaker } from '../../domain/detector.js'
import type { Json } from '../../domain/json.js'
import type { Sums } from '../../domain/tally.js'
import { type Classes, sharesOf, tableOf } from './tables.js'

/** Shares of every class that occurs, and every move between two classes with how right its outputs were. */
export function exhibits(classes: Classes): ExhibitMaker[] {
  return [
    { kind: 'format-shares', of: (sums) => formatShares(sums, classes) },
    { kind: 'format-moves', of: (sums) => formatMoves(sums, classes) },
  ]
}

function formatShares(sums: Sums, classes: Classes): Json | null {
  const n = sums.count('cases')
  if (n === 0) return null
  const before = sharesOf(sums, 'baseline', classes)
  const after = sharesOf(sums, 'tuned', classes)
  const accuracy = accuracies(sums, classes)
  const formats = classes.names.flatMap((format, i) =>
    before[i] === 0 && after[i] === 0
      ? []
      : [{ format, baseline: before[i]!, tuned: after[i]!, accuracy: accuracy[i]! }],
  )
  return { cases: n, formats }
}

/** Share right among the graded outputs of each class; null where there are none. */
function accuracies(sums: Sums, classes: Classes): { baseline: number | null; tuned: number | null }[] {
  const graded = tableOf(sums, 'movesGraded', classes)
  const baseline = tableOf(sums, 'movesRightBaseline', classes)
  const tuned = tableOf(sums, 'movesRightTuned', classes)
  const row = (table: number[][], i: number) => table[i]!.reduce((sum, value) => sum + value, 0)
  const column = (table: number[][], i: number) => table.reduce((sum, values) => sum + values[i]!, 0)
  return classes.names.map((_, i) => ({
    baseline: ratio(row(baseline, i), row(graded, i)),
    tuned: ratio(column(tuned, i), column(graded, i)),
  }))
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

/** In outputs, those of a case with k samples counting 1/k each. */
function formatMoves(sums: Sums, classes: Classes): Json | null {
  const moves = tableOf(sums, 'moves', classes)
  const graded = tableOf(sums, 'movesGraded', classes)
  const before = tableOf(sums, 'movesRightBaseline', classes)
  const after = tableOf(sums, 'movesRightTuned', classes)
  const list = moves.flatMap((row, i) =>
    row.flatMap((outputs, j) =>
      outputs === 0
        ? []
        : [
            {
              from: classes.names[i]!,
              to: classes.names[j]!,
              outputs,
              accuracy: {
                baseline: ratio(before[i]![j]!, graded[i]![j]!),
                tuned: ratio(after[i]![j]!, graded[i]![j]!),
              },
            },
          ],
    ),
  )
  return list.length === 0 ? null : list
}
