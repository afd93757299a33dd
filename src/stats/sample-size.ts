import type { Superiority } from '../domain/plan.js'
import { BUCKETS_TO_FAIL, unseenError } from './interval.js'
import { normalQuantile } from './normal.js'
import { failChance, passChance } from './power.js'
import { failChanceYesNo, passChanceScore, passChanceYesNo } from './power-yes-no.js'
import { studentQuantileOfTail } from './student.js'

/** The power at which sizes are stated. */
export const POWER = 0.8

/** More clusters than anyone can have. */
const MOST_CLUSTERS = 2 ** 40

/** Up to here yes/no outcomes are summed over all counts; beyond, both ways agree within a point. */
const MOST_SUMMED = 4_096

/** A measure before its run: what a verdict on it will depend on, at any size and for any harm. */
export interface Outlook {
  /** Standard deviation of one cluster's change under a harmless tune. */
  readonly sigma: number
  /** Largest possible change of one case, for a mean over cases; null for other statistics. */
  readonly range: number | null
  readonly margin: number
  readonly alpha: number
  /** The part of α that the measure's own test gets. */
  readonly tail: number
  /** Whether each cluster is one case that either has the event or not: then harm itself adds to the variance. */
  readonly yesNo: boolean
  /** Rows over which the jackknife runs. */
  readonly buckets: number
}

/** Probability that `clusters` clusters pass the measure although the tune does `harm`. */
export function chanceToPass(outlook: Outlook, clusters: number, harm = 0): number {
  const { margin, alpha } = outlook
  if (isSummed(outlook, clusters))
    return passChanceYesNo({ ...rates(outlook, harm), margin, alpha }, Math.round(clusters))
  return passChance(decision(outlook, clusters, harm), clusters)
}

/** Probability that `clusters` clusters fail the measure if the tune does `harm`. */
export function chanceToFail(outlook: Outlook, clusters: number, harm: number): number {
  const { margin, alpha, tail } = outlook
  if (isSummed(outlook, clusters)) {
    return failChanceYesNo({ ...rates(outlook, harm), margin, alpha, tail }, Math.round(clusters))
  }
  return failChance({ ...decision(outlook, clusters, harm), tail }, clusters)
}

function isSummed({ yesNo }: Outlook, clusters: number): boolean {
  return yesNo && clusters <= MOST_SUMMED
}

/** As many cases are helped by chance as without harm, and harm comes on top. */
function rates({ sigma }: Outlook, harm: number): { harmed: number; helped: number } {
  const helped = Math.min(sigma ** 2 / 2, (1 - harm) / 2)
  return { harmed: helped + harm, helped }
}

/** A score interval has the quantiles of a normal, and no more is added for events that were not seen than it adds itself. */
function decision({ sigma, range, margin, alpha, yesNo, buckets }: Outlook, clusters: number, harm: number) {
  const variance = sigma ** 2 + (yesNo ? Math.max(0, harm - harm ** 2) : 0)
  const shared = { sigma: Math.sqrt(variance), harm, margin, alpha }
  if (yesNo) return { ...shared, range: null, degreesOfFreedom: null }
  return { ...shared, range, degreesOfFreedom: expectedFreedom(clusters, buckets) }
}

/** Degrees of freedom of equal clusters that a hash spreads over buckets: Σw² is 1/B + (1 − 1/B)/C on average. */
export function expectedFreedom(clusters: number, buckets: number): number {
  return Math.max(1, (buckets * clusters) / (clusters + buckets - 1) - 1)
}

/**
 * Smallest harm that `clusters` clusters show with 80 % power: (t_tail + t_.8)·SE, where what a sample of this size leaves
 * open when it sees no event counts as spread. Of yes/no outcomes harm is part of the spread, and no event is left open.
 */
export function detectableHarm(outlook: Outlook, clusters: number): number {
  if (outlook.yesNo) return detectableYesNo(outlook, clusters)
  const df = expectedFreedom(clusters, outlook.buckets)
  const t = studentQuantileOfTail(outlook.alpha, df)
  const unseen = unseenError(t, outlook.range, clusters)
  const reach = studentQuantileOfTail(outlook.tail, df) + studentQuantileOfTail(1 - POWER, df)
  return reach * Math.hypot(outlook.sigma / Math.sqrt(clusters), 2 * unseen)
}

/** The harm for which the sample size of McNemar's test is `cases`; 1 where they show none. */
function detectableYesNo({ sigma, tail }: Outlook, cases: number): number {
  const shows = (harm: number) => yesNoReach(sigma ** 2, harm, tail) <= harm * Math.sqrt(cases)
  return smallest(shows, 1, sigma) ?? 1
}

/** z_tail·σ₀ + z_.8·σ. Source: Connor 1987, Biometrics 43:207–211. */
function yesNoReach(churn: number, harm: number, tail: number): number {
  const spread = Math.sqrt(Math.max(0, churn + harm - harm ** 2))
  return -normalQuantile(tail) * Math.sqrt(churn + harm) - normalQuantile(1 - POWER) * spread
}

/** Smallest margin that a harmless tune holds with a chance of 80 %: the harm that `clusters` clusters rule out. */
export function excludableHarm(outlook: Outlook, clusters: number): number | null {
  const holds = (margin: number) => chanceToPass({ ...outlook, margin }, clusters) >= POWER
  return smallest(holds, outlook.range ?? Number.MAX_VALUE, outlook.sigma)
}

const STEPS = 40

/** The smallest value up to `most` from which `holds` holds, sought around a scale of `sigma`. */
function smallest(holds: (value: number) => boolean, most: number, sigma: number): number | null {
  let high = Math.min(most, sigma === 0 ? 1 : sigma)
  while (!holds(high)) {
    if (high >= most) return null
    high = Math.min(most, 2 * high)
  }
  let low = 0
  for (let step = 0; step < STEPS && high - low > 1e-6 * high; step++) {
    const middle = (low + high) / 2
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}

/**
 * Fewest clusters that pass a harmless tune with a chance of 80 %, everything taken as normal: (z_{1−α} + z_.8)²·σ²/margin²,
 * more where the sample must first be large enough to say anything about events that it did not see. Null where no size
 * up to 2^40 does.
 */
export function clustersToPass(outlook: Outlook): number | null {
  const { margin, alpha, sigma, range, yesNo } = outlook
  if (margin <= 0) return null
  if (yesNo) return fewest((clusters) => passChanceScore({ ...rates(outlook, 0), margin, alpha }, clusters) >= POWER)
  const plan = { sigma, harm: 0, range, margin, alpha, degreesOfFreedom: null }
  return fewest((clusters) => passChance(plan, clusters) >= POWER)
}

/**
 * Fewest clusters that fail a tune which does twice the harm of the margin with a chance of 80 %:
 * (z_tail·σ₀ + z_.8·σ)²/harm², σ₀ the standard deviation where harmed and helped are as likely; null for margin 0.
 * Source for yes/no outcomes: Connor 1987, Biometrics 43:207–211.
 */
export function clustersToFail({ sigma, margin, yesNo, tail }: Outlook): number | null {
  if (margin === 0) return null
  const harm = 2 * margin
  const reach = yesNo ? yesNoReach(sigma ** 2, harm, tail) : sigma * (-normalQuantile(tail) - normalQuantile(1 - POWER))
  return Math.max(BUCKETS_TO_FAIL, Math.ceil((reach / harm) ** 2))
}

function fewest(enough: (clusters: number) => boolean): number | null {
  let high = 1
  while (!enough(high)) {
    high *= 2
    if (high > MOST_CLUSTERS) return null
  }
  let low = Math.floor(high / 2)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (enough(middle)) high = middle
    else low = middle
  }
  return high
}

/**
 * Independent cases with which a test of no change shows a change of `delta`:
 * (z_{1−α/sides} + z_power)²·(ω² + σ²_A/K_A + σ²_B/K_B)/δ², rounded up.
 * Source: Miller 2024, arXiv:2411.00640, §5.
 */
export function casesToShow({ omega2, sigma2, samples, delta, alpha, power, sides }: Superiority): number {
  const reach = -normalQuantile(alpha / sides) + normalQuantile(power)
  const variance = omega2 + sigma2.baseline / samples.baseline + sigma2.tuned / samples.tuned
  return Math.ceil((reach / delta) ** 2 * variance)
}
