import { normalQuantile } from './normal.js'
import { incompleteBeta, logBeta } from './special.js'

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
  const exactly = Math.exp(-discordant * Math.LN2 - logChoose(discordant, harmed))
  return Math.max(0, atLeast(harmed, discordant) - 0.5 * exactly)
}

/** P(X ≥ k) for X ~ Binomial(n, ½). */
function atLeast(k: number, n: number): number {
  return k === 0 ? 1 : incompleteBeta(0.5, 0.5, k, n - k + 1)
}

/** −ln C(n, k). */
function logChoose(n: number, k: number): number {
  return Math.log(n + 1) + logBeta(k + 1, n - k + 1)
}

/**
 * Tango's score interval for the paired difference (harmed − helped)/n, each bound a one-sided test at α.
 * Holds its level where a Wald interval collapses: with no discordant case its upper end is z²/(n + z²).
 * Source: Tango 1998, Statistics in Medicine 17:891–908, equations 3 and 5.
 */
export function tangoInterval(counts: PairedCounts, alpha: number): { low: number; high: number } {
  const z = -normalQuantile(alpha)
  const estimate = (counts.harmed - counts.helped) / counts.n
  return {
    low: solve(counts, z, -1, estimate),
    high: solve(counts, -z, estimate, 1),
  }
}

/** Whether Tango's upper end at α stays within the margin: harm of that size is rejected by its score test. */
export function harmWithin(counts: PairedCounts, margin: number, alpha: number): boolean {
  return margin >= 1 || scoreStatistic(counts, margin) <= normalQuantile(alpha)
}

/** The difference in [from, to] at which the score statistic, which falls with it, equals `target`. */
function solve(counts: PairedCounts, target: number, from: number, to: number): number {
  let low = from
  let high = to
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) break
    if (scoreStatistic(counts, middle) > target) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function scoreStatistic({ n, harmed, helped }: PairedCounts, difference: number): number {
  const a = 2 * n
  const b = -harmed - helped + (2 * n - harmed + helped) * difference
  const c = -helped * difference * (1 - difference)
  const helpedRate = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a)
  const variance = n * (2 * helpedRate + difference * (1 - difference))
  const deviation = harmed - helped - n * difference
  if (variance <= 0) return deviation === 0 ? 0 : deviation > 0 ? Number.MAX_VALUE : -Number.MAX_VALUE
  return deviation / Math.sqrt(variance)
}
