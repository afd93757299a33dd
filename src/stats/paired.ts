import { lastWhere } from './bisection.js'
import { normalQuantile } from './normal.js'
import { betaPower, incompleteBeta } from './special.js'

/** Of n paired yes/no outcomes: `harmed` got worse, `helped` got better, the others stayed. */
export interface PairedCounts {
  readonly n: number
  readonly harmed: number
  readonly helped: number
}

/**
 * One-sided mid-p of McNemar's exact test against "no more harmed than helped":
 * P(X > harmed) + ½·P(X = harmed), X ~ Binomial(harmed + helped, ½).
 * Source: Fagerland, Lydersen & Laake 2013, BMC Medical Research Methodology 13:91. Assumes independent cases.
 */
export function midPMcNemar({ harmed, helped }: Omit<PairedCounts, 'n'>): number {
  const discordant = harmed + helped
  if (discordant === 0) return 0.5
  return Math.max(0, atLeast(harmed, discordant) - 0.5 * exactly(harmed, discordant))
}

/**
 * Two-sided p of McNemar's exact test that harmed and helped are equally likely: min(1, 2·P(X ≥ the larger of them)),
 * X ~ Binomial(harmed + helped, ½); 1 where they are equal. Underflows to 0 only below 5e-324.
 * Source: McNemar 1947, Psychometrika 12:153–157. Assumes independent cases.
 */
export function exactMcNemar({ harmed, helped }: Omit<PairedCounts, 'n'>): number {
  return Math.min(1, 2 * atLeast(Math.max(harmed, helped), harmed + helped))
}

/** P(X ≥ k) for X ~ Binomial(n, ½); 1 for k = 0, which the incomplete beta gives as its limit. */
function atLeast(k: number, n: number): number {
  return incompleteBeta(0.5, 0.5, k, n - k + 1)
}

/** P(X = k) for X ~ Binomial(n, ½). */
function exactly(k: number, n: number): number {
  return (4 * betaPower(0.5, 0.5, k + 1, n - k + 1)) / (n + 1)
}

/**
 * Tango's score interval for the paired difference (harmed − helped)/n, each bound a one-sided test at α.
 * Holds its level where a Wald interval collapses: with no discordant case its upper end is z²/(n + z²).
 * Source: Tango 1998, Statistics in Medicine 17:891–908, equations 3 and 5.
 */
export function tangoInterval(counts: PairedCounts, alpha: number): { low: number; high: number } {
  const z = -normalQuantile(alpha)
  const estimate = (counts.harmed - counts.helped) / counts.n
  // The score statistic falls as the difference grows.
  return {
    low: lastWhere((difference) => scoreStatistic(counts, difference) > z, -1, estimate),
    high: lastWhere((difference) => scoreStatistic(counts, difference) > -z, estimate, 1),
  }
}

/** Whether Tango's upper end stays within the margin, `z` the normal quantile of its α: its score test rejects so much harm. */
export function harmWithin(counts: PairedCounts, margin: number, z: number): boolean {
  return margin >= 1 || scoreStatistic(counts, margin) <= z
}

function scoreStatistic(counts: PairedCounts, difference: number): number {
  const { n, harmed, helped } = counts
  const deviation = harmed - helped - n * difference
  // Also where nothing varies; without variance any other deviation is infinitely far.
  if (deviation === 0) return 0
  return deviation / Math.sqrt(Math.max(0, n * restrictedVariance(counts, difference)))
}

/** Variance of one case's change by the most likely rates of which the difference is as given. Counts may be expected ones. */
export function restrictedVariance({ n, harmed, helped }: PairedCounts, difference: number): number {
  const a = 2 * n
  const b = -harmed - helped + (2 * n - harmed + helped) * difference
  const c = -helped * difference * (1 - difference)
  const helpedRate = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a)
  return 2 * helpedRate + difference * (1 - difference)
}
