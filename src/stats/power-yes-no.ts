import { harmWithin, midPMcNemar } from './paired.js'
import { incompleteBeta, logGamma } from './special.js'

/** A yes/no measure over paired cases without repeats or clusters, as a run will judge it. */
export interface YesNoPassPlan {
  /** Share of the cases that got worse, and share that got better. */
  readonly harmed: number
  readonly helped: number
  readonly margin: number
  readonly alpha: number
}

export interface YesNoFailPlan extends YesNoPassPlan {
  /** The part of α that the measure's own test gets: α times its weight in the family. */
  readonly tail: number
}

/** Probability that Tango's harmful end over `cases` cases stays within the margin, exactly: summed over all counts. */
export function passChanceYesNo(plan: YesNoPassPlan, cases: number): number {
  const beyond = chanceFrom(plan, cases, (discordant) =>
    firstHarmed(discordant, (harmed) => !within(plan, cases, harmed, discordant)),
  )
  return Math.max(0, 1 - beyond)
}

/** Probability that Tango's harmful end lies beyond the margin and mid-p McNemar below `tail`, exactly. */
export function failChanceYesNo(plan: YesNoFailPlan, cases: number): number {
  return chanceFrom(plan, cases, (discordant) =>
    firstHarmed(
      discordant,
      (harmed) =>
        midPMcNemar({ harmed, helped: discordant - harmed }) < plan.tail && !within(plan, cases, harmed, discordant),
    ),
  )
}

function within({ margin, alpha }: YesNoPassPlan, n: number, harmed: number, discordant: number): boolean {
  return harmWithin({ n, harmed, helped: discordant - harmed }, margin, alpha)
}

/** The fewest harmed of `discordant` cases with which `holds` holds; one more than there are where none does. */
function firstHarmed(discordant: number, holds: (harmed: number) => boolean): number {
  let low = -1
  let high = discordant + 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}

/** Standard deviations of a binomial count outside which less than 1e-15 of it lies, and counts added for small ones. */
const REACH = 8
const MORE = 20

/** Probability of at least as many harmed cases as `first` says of the discordant ones. */
function chanceFrom({ harmed, helped }: YesNoPassPlan, cases: number, first: (discordant: number) => number): number {
  const churn = harmed + helped
  let total = 0
  for (const [discordant, chance] of binomial(cases, churn)) {
    total += chance * atLeast(first(discordant), discordant, churn === 0 ? 0 : harmed / churn)
  }
  return total
}

/** P(X ≥ k) for X ~ Binomial(n, p). */
function atLeast(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  return k > n ? 0 : incompleteBeta(p, 1 - p, k, n - k + 1)
}

/** Counts of Binomial(n, p) that matter, with their probabilities. */
function* binomial(n: number, p: number): Generator<readonly [count: number, chance: number]> {
  if (p <= 0 || p >= 1 || n === 0) {
    yield [p >= 1 ? n : 0, 1]
    return
  }
  const reach = REACH * Math.sqrt(n * p * (1 - p)) + MORE
  const last = Math.min(n, Math.ceil(n * p + reach))
  for (let count = Math.max(0, Math.floor(n * p - reach)); count <= last; count++) {
    const choices = logGamma(n + 1) - logGamma(count + 1) - logGamma(n - count + 1)
    yield [count, Math.exp(choices + count * Math.log(p) + (n - count) * Math.log1p(-p))]
  }
}
