import type { Finding } from '../domain/finding.js'
import type { Measure } from '../domain/measure.js'
import { chanceToPass, clustersToFail, clustersToPass, detectableHarm, type Outlook } from '../stats/sample-size.js'
import { BUCKETS } from './buckets.js'
import type { Tested } from './family.js'
import type { Estimate, Unestimated } from './summarise.js'

/** A measured question as its sizes need it. */
export interface Sized extends Tested {
  readonly measure: Measure
  readonly worstCase: Estimate | Unestimated | null
  /** Cases that the sample holds for the measure, however many there are; null where it looks at all of them. */
  readonly mostCases: number | null
}

/** α, and the part of it that the question's own test gets. */
export interface Share {
  readonly alpha: number
  readonly tail: number
}

/**
 * What a harmless tune must hold: the measure's margin, and the same in the worst case, which is worse by what is missing.
 * The measure's own comes first.
 */
export function outlooksOf(question: Sized, share: Share): readonly [Outlook, ...Outlook[]] {
  const { estimate, worstCase, measure, margin } = question
  const own = outlook(estimate, measure, { ...share, margin })
  if (worstCase?.kind !== 'measured' || worstCase.interval === null) return [own]
  const offset = Math.abs(worstCase.change.value - estimate.change.value)
  return [own, outlook({ ...worstCase, interval: worstCase.interval }, measure, { ...share, margin: margin - offset })]
}

function outlook(
  { interval, clusters }: Tested['estimate'],
  { range }: Measure,
  rest: Share & { margin: number },
): Outlook {
  const sigma = interval.spread * Math.sqrt(clusters)
  return { ...rest, sigma, range, yesNo: interval.method === 'tango', buckets: BUCKETS }
}

export type Sizes = Pick<Finding, 'detectable' | 'casesNeeded' | 'passChance'>

export const NO_SIZES: Sizes = { detectable: null, casesNeeded: null, passChance: null }

/** What a run of this size can say, and how many cases would say more; never from the observed harm. */
export function sizesOf(question: Sized, share: Share): Sizes {
  const { clusters, n } = question.estimate
  const outlooks = outlooksOf(question, share)
  const most = question.mostCases ?? Number.POSITIVE_INFINITY
  const cases = (needed: number | null) => {
    const total = needed === null ? null : Math.ceil((needed * n) / clusters)
    return total === null || total > most ? null : total
  }
  return {
    detectable: detectableHarm(outlooks[0], clusters),
    casesNeeded: { toPass: cases(mostNeeded(outlooks)), toFail: cases(clustersToFail(outlooks[0])) },
    passChance: Math.min(...outlooks.map((each) => chanceToPass(each, clusters))),
  }
}

/** Clusters with which a harmless tune holds every outlook with a chance of 80 %. */
export function mostNeeded(outlooks: readonly Outlook[]): number | null {
  const needed = outlooks.map(clustersToPass)
  return needed.includes(null) ? null : Math.max(...needed.map(Number))
}
