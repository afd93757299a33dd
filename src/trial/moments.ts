import type { Decided } from '../audit/judge.js'
import type { FindingName } from '../domain/report.js'
import { failChance } from '../stats/power.js'
import { failChanceYesNo } from '../stats/power-yes-no.js'

/** One finding in one run, as a prediction sees it. */
export interface Seen {
  readonly name: FindingName
  /** The change in the bad direction. */
  readonly harm: number
  /** Variance of one cluster's change. */
  readonly variance: number
  /** Shares of the cases that got worse and better; null where the exact paired methods do not apply. */
  readonly paired: { readonly harmed: number; readonly helped: number } | null
  readonly clusters: number
  readonly degreesOfFreedom: number
  readonly range: number | null
  readonly margin: number
  /** Share of α. */
  readonly weight: number
}

/** The findings that can decide, by name. */
export function seenIn(decided: readonly Decided[]): Map<string, Seen> {
  return new Map(decided.flatMap((own) => seenOf(own) ?? []).map((seen) => [keyOf(seen.name), seen]))
}

export function keyOf({ detector, measure, task }: FindingName): string {
  return JSON.stringify([detector, measure, task])
}

function seenOf({ question, test }: Decided): [Seen] | null {
  const { detector, measure, task, margin, estimate } = question
  if (test === null || margin === null || estimate.kind === 'unmeasured' || estimate.interval === null) return null
  const { clusters, degreesOfFreedom, paired, interval, change } = estimate
  return [
    {
      name: { detector: detector.id, measure: measure.id, task },
      harm: measure.worse === 'lower' ? -change.value : change.value,
      variance: interval.spread ** 2 * clusters,
      paired: paired === null ? null : { harmed: paired.harmed / paired.n, helped: paired.helped / paired.n },
      clusters,
      degreesOfFreedom,
      range: measure.range,
      margin,
      weight: test.weight,
    },
  ]
}

/** The same finding with and without the fault, in the same run. */
export interface Twin {
  readonly planted: Seen
  readonly plain: Seen
}

/**
 * What a fault does to a finding on average. Without it harm is zero by construction, so that the mean of the differences
 * is the harm that it does, free of the chance in what was exchanged.
 */
export function averageOf(twins: readonly Twin[]): Seen {
  const mean = (of: (twin: Twin) => number) => twins.reduce((sum, twin) => sum + of(twin), 0) / twins.length
  const { planted } = twins[0]!
  return {
    ...planted,
    harm: mean((twin) => twin.planted.harm - twin.plain.harm),
    variance: mean((twin) => twin.planted.variance),
    clusters: mean((twin) => twin.planted.clusters),
    degreesOfFreedom: mean((twin) => twin.planted.degreesOfFreedom),
    weight: mean((twin) => twin.planted.weight),
    paired: twins.every((twin) => twin.planted.paired !== null && twin.plain.paired !== null) ? pairsOf(mean) : null,
  }
}

/** Where nothing changed, as many cases get better as get worse, on average. */
function pairsOf(mean: (of: (twin: Twin) => number) => number): { harmed: number; helped: number } {
  const churn = mean(({ plain }) => plain.paired!.harmed + plain.paired!.helped)
  const of = (which: 'harmed' | 'helped') =>
    Math.max(0, churn / 2 + mean(({ planted, plain }) => planted.paired![which] - plain.paired![which]))
  return { harmed: of('harmed'), helped: of('helped') }
}

/** Probability that the finding fails. */
export function predicted(seen: Seen, alpha: number): number {
  const { paired, variance, clusters, weight, ...plan } = seen
  const tail = alpha * weight
  if (paired !== null) return failChanceYesNo({ ...paired, margin: plan.margin, alpha, tail }, Math.round(clusters))
  return failChance({ ...plan, sigma: Math.sqrt(variance), alpha, tail }, clusters)
}
