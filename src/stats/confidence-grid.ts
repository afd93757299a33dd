/** Two atoms and 1,000 steps of .04 in logit(q): wide enough for sequence probabilities, fine enough for their order. */
export const LEVELS = 1002

/** Confidences beyond ±20 in logits share the outermost steps, so that one strange output cannot stretch the grid. */
export const LARGEST_LOGIT = 20

const ATOM_AT_ZERO = 0
const ATOM_AT_ONE = LEVELS - 1
const STEPS_PER_SIDE = (LEVELS - 2) / 2
const STEPS_PER_LOGIT = STEPS_PER_SIDE / LARGEST_LOGIT

/** What a set of outputs adds up to on each level; every array has LEVELS entries. Grids add up entry by entry. */
export interface GridSums {
  /** Outputs, a whole number. */
  readonly n: readonly number[]
  /** Σq, between 0 and n. */
  readonly confidence: readonly number[]
  /** Σy, y = 1 for a right output and 0 for a wrong one. */
  readonly correct: readonly number[]
}

/**
 * The level, 0 … LEVELS − 1, of a confidence q in [0, 1]: 0 and LEVELS − 1 are q = 0 and q = 1 alone. Never falls where
 * q rises. levelOf(1 − q) = LEVELS − 1 − levelOf(q) except at q = ½, an edge, which counts as upper, and where 1 − q
 * rounds across an edge or to 1. Throws a RangeError on anything else than a number in [0, 1].
 */
export function levelOf(q: number): number {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`confidence ${q} is not between 0 and 1`)
  if (q === 0) return ATOM_AT_ZERO
  if (q === 1) return ATOM_AT_ONE
  return q < 0.5 ? levelBelowHalf(q) : LEVELS - 1 - levelBelowHalf(1 - q)
}

/** 1 − q is exact for q ≥ ½, so that the upper half is the mirror image of the lower one. */
function levelBelowHalf(q: number): number {
  const steps = Math.floor(-Math.log(q / (1 - q)) * STEPS_PER_LOGIT)
  return STEPS_PER_SIDE - Math.min(steps, STEPS_PER_SIDE - 1)
}

/** Outputs on all levels. */
export function outputsOf(grid: GridSums): number {
  return grid.n.reduce((total, n) => total + n, 0)
}
