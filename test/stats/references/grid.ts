import { type GridSums, LEVELS, levelOf } from '../../../src/stats/confidence-grid.js'

/** Outputs that share a confidence: q, how many, how many of them right. */
export type Cell = readonly [number, number, number]

export function gridOf(cells: readonly Cell[]): GridSums {
  const zeros = () => new Array<number>(LEVELS).fill(0)
  const grid = { n: zeros(), confidence: zeros(), correct: zeros() }
  for (const [q, n, correct] of cells) {
    const level = levelOf(q)
    grid.n[level]! += n
    grid.confidence[level]! += n * q
    grid.correct[level]! += correct
  }
  return grid
}
