import { jackknifeError } from './jackknife.js'
import { midPMcNemar, type PairedCounts, tangoInterval } from './paired.js'
import { studentQuantileOfTail, studentUpperTail } from './student.js'

/** A jackknife with fewer buckets than this may pass a measure but never fail one. */
export const BUCKETS_TO_FAIL = 10

export interface Harm {
  /** The change in the bad direction. */
  readonly harm: number
  /** The harm with each non-empty bucket left out. */
  readonly deleted: readonly number[]
  readonly degreesOfFreedom: number
  /** Largest possible change of one case, for a mean over cases; null for other statistics. */
  readonly range: number | null
  /** Effective number of clusters. */
  readonly clusters: number
  /** Set for a yes/no measure without repeats or clusters. */
  readonly paired: PairedCounts | null
  /** Cases in which the arms differ, where that is known. */
  readonly moved?: number
}

export interface HarmInterval {
  readonly method: 'tango' | 'jackknife'
  readonly low: number
  readonly high: number
  /** Standard error of the harm: the jackknife's, or that of paired yes/no counts. */
  readonly spread: number
  /** One-sided, for harm > 0. */
  readonly p: number
  /** Non-empty buckets. */
  readonly buckets: number
  readonly canFail: boolean
}

/**
 * The one rule by which every measure gets its interval, two-sided 1 − 2α.
 *
 * - Paired yes/no outcomes without repeats or clusters: Tango's score interval and mid-p McNemar.
 * - Otherwise the jackknife with Student's t. For a mean over cases its harmful end is harm + t·u + t·√(SE² + u²) with
 *   u = t·range/(2·clusters): the jackknife sees no spread where no event was seen, which is not proof of none. It has
 *   the form of a score interval's end, and with no event its width, t²·range/clusters. Its p is at least 2^-buckets, the
 *   smallest that exchanging the arms of whole buckets could give, and 2^-moved, since elsewhere it changes nothing.
 */
export function harmInterval(input: Harm, alpha: number): HarmInterval {
  const t = studentQuantileOfTail(alpha, input.degreesOfFreedom)
  const spread = input.paired === null ? jackknifeError(input.deleted) : pairedError(input.paired)
  const unseen = unseenError(t, input.range, input.clusters)
  const buckets = input.deleted.length
  if (input.paired !== null) {
    const { low, high } = tangoInterval(input.paired, alpha)
    return { method: 'tango', low, high, spread, p: midPMcNemar(input.paired), buckets, canFail: true }
  }
  return {
    method: 'jackknife',
    low: input.harm - t * spread,
    high: input.harm + t * (unseen + Math.hypot(spread, unseen)),
    spread,
    p: jackknifeP(input, spread),
    buckets,
    canFail: buckets >= BUCKETS_TO_FAIL,
  }
}

function pairedError({ n, harmed, helped }: PairedCounts): number {
  return Math.sqrt(((harmed + helped) / n - ((harmed - helped) / n) ** 2) / n)
}

/** Half of what events that were not seen may add to a standard error. */
export function unseenError(quantile: number, range: number | null, clusters: number): number {
  return ((range ?? 0) * quantile) / (2 * clusters)
}

function jackknifeP({ harm, deleted, degreesOfFreedom, moved = deleted.length }: Harm, spread: number): number {
  if (spread === 0 && harm === 0) return 0.5
  const p = studentUpperTail(spread === 0 ? Math.sign(harm) * Number.MAX_VALUE : harm / spread, degreesOfFreedom)
  return Math.max(p, 2 ** -Math.min(deleted.length, moved))
}
