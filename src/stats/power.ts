import { BUCKETS_TO_FAIL, unseenError } from './interval.js'
import { normalCdf, normalQuantile } from './normal.js'
import { studentQuantileOfTail } from './student.js'

/** A measure as a run of a given size will judge it. */
export interface PassChancePlan {
  /** Standard deviation of one cluster's change. */
  readonly sigma: number
  /** The true harm, in the measure's unit. */
  readonly harm: number
  /** Largest possible change of one case, for a mean over cases; null for other statistics. */
  readonly range: number | null
  readonly margin: number
  readonly alpha: number
  /** Of the standard error at this size; null where it is taken to be known. */
  readonly degreesOfFreedom: number | null
}

export interface FailChancePlan extends PassChancePlan {
  /** The part of α that the measure's own test gets: α times its weight in the family. */
  readonly tail: number
}

/**
 * Probability that `clusters` clusters rule out harm beyond the margin: that the harmful end, harm + t·u + t·√(SE² + u²),
 * stays within it. The estimate is taken as normal about the true harm, its squared standard error as an independent
 * χ² over its degrees of freedom, which makes the chance that of a noncentral t where nothing is added for unseen events.
 */
export function passChance(plan: PassChancePlan, clusters: number): number {
  const ruled = ruledOut(plan, clusters)
  return overSpreads(plan.degreesOfFreedom, (ratio) => chanceBelow(ruled(ratio), plan, clusters))
}

/**
 * Probability that `clusters` clusters fail the measure: the harmful end lies beyond the margin and the one-sided p is
 * below `tail`. Never for fewer clusters than a fail needs buckets. Assumes what `passChance` does.
 */
export function failChance(plan: FailChancePlan, clusters: number): number {
  if (clusters < BUCKETS_TO_FAIL) return 0
  const ruled = ruledOut(plan, clusters)
  const needed = quantile(plan.tail, plan.degreesOfFreedom) * standardError(plan, clusters)
  return overSpreads(
    plan.degreesOfFreedom,
    (ratio) => 1 - chanceBelow(Math.max(needed * ratio, ruled(ratio)), plan, clusters),
  )
}

/** The largest estimate at which the harmful end stays within the margin, by estimated over true standard error. */
function ruledOut({ sigma, range, margin, alpha, degreesOfFreedom }: PassChancePlan, clusters: number) {
  const t = quantile(alpha, degreesOfFreedom)
  const unseen = unseenError(t, range, clusters)
  const error = sigma / Math.sqrt(clusters)
  return (ratio: number) => margin - t * (unseen + Math.hypot(ratio * error, unseen))
}

function chanceBelow(estimate: number, plan: PassChancePlan, clusters: number): number {
  const error = standardError(plan, clusters)
  if (error === 0) return plan.harm <= estimate ? 1 : 0
  return normalCdf((estimate - plan.harm) / error)
}

function standardError({ sigma }: PassChancePlan, clusters: number): number {
  return sigma / Math.sqrt(clusters)
}

function quantile(tail: number, degreesOfFreedom: number | null): number {
  return degreesOfFreedom === null ? -normalQuantile(tail) : studentQuantileOfTail(tail, degreesOfFreedom)
}

const STEPS = 160

/**
 * Mean of `of` over the ratio of estimated to true standard error, √(χ²/df): the trapezoidal rule over its logarithm,
 * whose density is proportional to exp(df·x − df·e^{2x}/2).
 */
function overSpreads(degreesOfFreedom: number | null, of: (ratio: number) => number): number {
  if (degreesOfFreedom === null) return of(1)
  const df = degreesOfFreedom
  const spread = 1 / Math.sqrt(2 * df)
  const low = -8 * spread - 20 / df
  const step = (7 * spread - low) / STEPS
  let total = 0
  let mass = 0
  for (let i = 0; i <= STEPS; i++) {
    const x = low + i * step
    const density = Math.exp(df * (x - Math.expm1(2 * x) / 2))
    total += density * of(Math.exp(x))
    mass += density
  }
  return total / mass
}
