import { normalCdf, normalQuantile } from './normal.js'
import { harmWithin, midPMcNemar, restrictedVariance } from './paired.js'
import { incompleteBeta } from './special.js'

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
  const within = ruledOut(plan, cases)
  return Math.max(0, 1 - chanceOf(plan, cases, (harmed, helped) => !within(harmed, helped)))
}

/** Probability that Tango's harmful end lies beyond the margin and mid-p McNemar below `tail`, exactly. */
export function failChanceYesNo(plan: YesNoFailPlan, cases: number): number {
  const within = ruledOut(plan, cases)
  return chanceOf(
    plan,
    cases,
    (harmed, helped) => harmed > helped && !within(harmed, helped) && midPMcNemar({ harmed, helped }) < plan.tail,
  )
}

/**
 * The same as `passChanceYesNo` with the counts taken as normal: cheap at any size, and off by some points where few cases
 * change. Source: the sample size of Tango's test, Lu & Bean 1995, Statistics in Medicine 14:1831–1839.
 */
export function passChanceScore({ harmed, helped, margin, alpha }: YesNoPassPlan, cases: number): number {
  const change = harmed - helped
  if (margin >= 1) return 1
  if (margin <= change) return 0
  const restricted = Math.sqrt(restrictedVariance({ n: 1, harmed, helped }, margin))
  const room = (margin - change) * Math.sqrt(cases) + normalQuantile(alpha) * restricted
  const spread = Math.sqrt(Math.max(0, harmed + helped - change ** 2))
  if (spread === 0) return room >= 0 ? 1 : 0
  return normalCdf(room / spread)
}

type Outcome = (harmed: number, helped: number) => boolean

function ruledOut({ margin, alpha }: YesNoPassPlan, n: number): Outcome {
  const z = normalQuantile(alpha)
  return (harmed, helped) => harmWithin({ n, harmed, helped }, margin, z)
}

/**
 * Probability of an outcome that more harmed and fewer helped cases can only bring about. Of one more discordant case the
 * fewest harmed ones that bring it about are as many or one more.
 */
function chanceOf({ harmed, helped }: YesNoPassPlan, cases: number, happens: Outcome): number {
  const churn = harmed + helped
  const { from, chances } = binomial(cases, churn)
  let first = 0
  let total = 0
  chances.forEach((chance, i) => {
    const discordant = from + i
    while (first <= discordant && !happens(first, discordant - first)) first++
    total += chance * atLeast(first, discordant, churn === 0 ? 0 : harmed / churn)
  })
  return total
}

/** P(X ≥ k) for X ~ Binomial(n, p). */
function atLeast(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  return k > n ? 0 : incompleteBeta(p, 1 - p, k, n - k + 1)
}

/** Chances below this share of the largest are left out. */
const NEGLIGIBLE = 1e-12

/** The counts of Binomial(n, p) that matter, from `from` on: the ratios of neighbours, outwards from the mode. */
function binomial(n: number, p: number): { readonly from: number; readonly chances: number[] } {
  if (p <= 0) return { from: 0, chances: [1] }
  if (p >= 1) return { from: n, chances: [1] }
  const mode = Math.min(n, Math.floor((n + 1) * p))
  const odds = p / (1 - p)
  const above = walk((k, chance) => (chance * (n - mode - k + 1) * odds) / (mode + k))
  const below = walk((k, chance) => (chance * (mode - k + 1)) / (n - mode + k) / odds)
  const chances = [...below.reverse(), 1, ...above]
  const mass = chances.reduce((sum, chance) => sum + chance)
  return { from: mode - below.length, chances: chances.map((chance) => chance / mass) }
}

function walk(next: (k: number, chance: number) => number): number[] {
  const chances: number[] = []
  for (let k = 1, chance = next(1, 1); chance > NEGLIGIBLE; k++, chance = next(k, chance)) chances.push(chance)
  return chances
}
