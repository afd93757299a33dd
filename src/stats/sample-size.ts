import { BUCKETS_TO_FAIL } from './interval.js'
import { normalQuantile } from './normal.js'
import { type PassChancePlan, passChance } from './power.js'
import { studentQuantileOfTail } from './student.js'

/** The power at which sizes are stated. */
export const POWER = 0.8

/** Smallest harm that a run can show with 80 % power when its test gets `tail` of α: (t_tail + t_.8)·SE. */
export function detectableHarm(standardError: number, degreesOfFreedom: number, tail: number): number {
  const reach = studentQuantileOfTail(tail, degreesOfFreedom) + studentQuantileOfTail(1 - POWER, degreesOfFreedom)
  return reach * standardError
}

/** What is planned without knowing the size: at any size, with a standard error that is taken to be known. */
export type PassPlan = Omit<PassChancePlan, 'harm' | 'degreesOfFreedom'>

/**
 * Clusters that give an 80 % chance to pass if harm is zero: (z_{1−α} + z_.8)²·σ²/margin², more where the sample must
 * first be large enough to say anything about events that it did not see. Null where no size up to 2^40 does.
 */
export function clustersToPass(sized: PassPlan): number | null {
  const plan = { ...sized, harm: 0, degreesOfFreedom: null }
  let high = 1
  while (passChance(plan, high) < POWER) {
    high *= 2
    if (high > 2 ** 40) return null
  }
  let low = Math.floor(high / 2)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (passChance(plan, middle) < POWER) low = middle
    else high = middle
  }
  return high
}

export interface FailPlan {
  readonly sigma: number
  readonly margin: number
  /** Whether each case either has the event or not: then harm itself adds to the variance. */
  readonly yesNo: boolean
  /** The part of α that the test gets. */
  readonly tail: number
}

/** Clusters that give an 80 % chance to fail a tune that does twice the harm of the margin; null for margin 0. */
export function clustersToFail({ sigma, margin, yesNo, tail }: FailPlan): number | null {
  if (margin === 0) return null
  const harm = 2 * margin
  const variance = sigma ** 2 + (yesNo ? Math.max(0, harm - harm ** 2) : 0)
  const reach = -normalQuantile(tail) - normalQuantile(1 - POWER)
  return Math.max(BUCKETS_TO_FAIL, Math.ceil((reach ** 2 * variance) / harm ** 2))
}
