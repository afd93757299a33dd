import { type GridSums, LEVELS, levelOf } from '../../../src/stats/confidence-grid.js'

/** Outputs that share a confidence: q, how many, how many of them right. */
export type Cell = readonly [number, number, number]

export function gridOf(cells: readonly Cell[]): GridSums {
  return binned(cells, LEVELS, levelOf)
}

/** What outputs add up to in each of some bins. */
export function binned(cells: readonly Cell[], bins: number, binOf: (q: number) => number): GridSums {
  const zeros = () => new Array<number>(bins).fill(0)
  const sums = { n: zeros(), confidence: zeros(), correct: zeros() }
  for (const [q, n, correct] of cells) {
    const bin = binOf(q)
    sums.n[bin]! += n
    sums.confidence[bin]! += n * q
    sums.correct[bin]! += correct
  }
  return sums
}
