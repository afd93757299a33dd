import { chiSquaredUpperTail } from './chi-squared.js'

export interface Homogeneity {
  readonly statistic: number
  readonly degreesOfFreedom: number
  readonly p: number
}

/**
 * Stuart–Maxwell test that two paired classifications of the same independent cases have the same shares. `table[i][j]`
 * counts cases of class i before and class j after. Classes in which nothing changed are left out; null where fewer than
 * two are left or what is left is singular. Source: Stuart 1955, Biometrika 42:412; Maxwell 1970, Brit. J. Psychiatry
 * 116:651.
 */
export function stuartMaxwell(table: readonly (readonly number[])[]): Homogeneity | null {
  const moved = table.map((_, i) => table.reduce((sum, row, j) => (j === i ? sum : sum + table[i]![j]! + row[i]!), 0))
  const classes = table.map((_, i) => i).filter((i) => moved[i]! > 0)
  // One class follows from the others.
  const kept = classes.slice(0, -1)
  if (kept.length === 0) return null
  const difference = kept.map((i) => table.reduce((sum, row, j) => sum + table[i]![j]! - row[i]!, 0))
  const covariance = kept.map((i) => kept.map((j) => (i === j ? moved[i]! : -(table[i]![j]! + table[j]![i]!))))
  const solved = solve(covariance, difference)
  if (solved === null) return null
  const statistic = difference.reduce((sum, d, i) => sum + d * solved[i]!, 0)
  return { statistic, degreesOfFreedom: kept.length, p: chiSquaredUpperTail(statistic, kept.length) }
}

/**
 * Gaussian elimination; null where the matrix is singular. Its entries are whole numbers, each at most as large as the
 * diagonal one of its column together with all others there: such a matrix keeps its pivots on the diagonal.
 */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const rows = matrix.map((row, i) => [...row, right[i]!])
  for (const [column, pivot] of rows.entries()) {
    if (pivot[column]! < 1e-9) return null
    for (const row of rows) if (row !== pivot) eliminate(row, pivot, column)
  }
  return rows.map((row, i) => row.at(-1)! / row[i]!)
}

function eliminate(row: number[], pivot: readonly number[], column: number): void {
  const factor = row[column]! / pivot[column]!
  for (let i = column; i < row.length; i++) row[i]! -= factor * pivot[i]!
}
