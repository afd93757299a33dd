import { tangoInterval } from './paired.js'
import { expectedFreedom } from './sample-size.js'
import { studentQuantileOfTail } from './student.js'

export interface JackknifeEnd {
  readonly clusters: number
  readonly harm: number
  /** The interval's harmless end, which nothing was added to for unseen events. */
  readonly low: number
  /** Of that end. */
  readonly alpha: number
  readonly buckets: number
}

/** Standard deviation of one cluster's change, from an interval: (harm − low)/t·√clusters, degrees of freedom as expected. */
export function spreadOfJackknife({ clusters, harm, low, alpha, buckets }: JackknifeEnd): number {
  const t = studentQuantileOfTail(alpha, expectedFreedom(clusters, buckets))
  return (Math.max(0, harm - low) / t) * Math.sqrt(clusters)
}

export interface TangoEnd {
  /** Cases. */
  readonly n: number
  readonly harm: number
  readonly low: number
  readonly alpha: number
}

/** The same for yes/no outcomes: the number of discordant cases is the one whose interval has this end. */
export function spreadOfTango({ n, harm, low, alpha }: TangoEnd): number {
  const surplus = Math.round(harm * n)
  let from = Math.abs(surplus)
  let to = n - ((n - from) % 2)
  while (from < to) {
    const middle = from + 2 * Math.floor((to - from) / 4)
    const counts = { n, harmed: (middle + surplus) / 2, helped: (middle - surplus) / 2 }
    if (tangoInterval(counts, alpha).low > low + 1e-9) from = middle + 2
    else to = middle
  }
  return Math.sqrt(Math.max(0, from / n - harm ** 2))
}
