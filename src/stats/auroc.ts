import type { GridSums } from './confidence-grid.js'

/**
 * Area under the ROC curve of confidence for correctness, 0–1: P(a right output's q > a wrong one's) + ½·P(equal), where
 * values of one level count as equal. Null without a right or a wrong output.
 * Source: Hanley & McNeil 1982, Radiology 143:29–36 (the area is the Mann–Whitney statistic).
 */
export function auroc(grid: GridSums): number | null {
  const { right, wrong } = rightAndWrong(grid)
  if (right === 0 || wrong === 0) return null
  const { n, correct } = grid
  let wrongBelow = 0
  let wins = 0
  for (let level = 0; level < n.length; level++) {
    const wrongHere = n[level]! - correct[level]!
    wins += correct[level]! * (wrongBelow + wrongHere / 2)
    wrongBelow += wrongHere
  }
  return wins / (right * wrong)
}

/** How many outputs were right and how many were wrong. */
export function rightAndWrong({ n, correct }: GridSums): { right: number; wrong: number } {
  let outputs = 0
  let right = 0
  for (let level = 0; level < n.length; level++) {
    outputs += n[level]!
    right += correct[level]!
  }
  return { right, wrong: outputs - right }
}
