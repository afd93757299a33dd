import type { AnyDetector } from '../../domain/detector.js'
import type { Measure, Value } from '../../domain/measure.js'
import { harmInterval } from '../../stats/interval.js'
import { kishClusters } from '../effective-clusters.js'
import { bucketCases, Group, isDefined, type LeftOut, type Reading } from '../leave-out.js'
import { changeOf, type Estimate, exactPairs, summarise } from '../summarise.js'
import type { TaskTally } from '../tally.js'
import type { Asked } from './asked.js'
import type { Candidate } from './candidates.js'
import type { Slice } from './slice.js'

/**
 * Clusters that a slice and the rest must both have. With 20 the p of a jackknife, which is at least 2^-buckets, can go
 * down to 10^-5 or so, which some hundred tests leave room for; with the ten that a fail needs it ends at 10^-3, and
 * nothing could be shown.
 */
export const MIN_CLUSTERS = 20

type Interval = NonNullable<Estimate['interval']>
export type Measured = Estimate & { readonly interval: Interval }

/** One measure of one slice, beside the rest of the data. */
export interface SliceTest {
  readonly candidate: Candidate
  readonly detector: AnyDetector
  readonly measure: Measure
  readonly tallies: readonly TaskTally[]
  readonly slice: Measured
  readonly rest: Measured
  readonly p: number
}

/** Tests of the measures of one detector, which are read together. */
export function testsOf(candidate: Candidate, all: Slice, asked: readonly Asked[], alpha: number): SliceTest[] {
  return byVariants(asked).flatMap((alike) => groupTests(candidate, all, alike, alpha))
}

/** Measures that the same tallies have. */
function byVariants(asked: readonly Asked[]): Asked[][] {
  const groups = new Map<string, Asked[]>()
  for (const one of asked) {
    const key = one.variants.join('\n')
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()]
}

function groupTests(candidate: Candidate, all: Slice, asked: readonly Asked[], alpha: number): SliceTest[] {
  const { variants } = asked[0]!
  const readings = asked.map(({ reading }) => reading)
  const tallies = candidate.parts.flatMap((part) => talliesOf(part, variants))
  if (tallies.length === 0) return []
  const inside = new Group(tallies, readings)
  const outside = new Group(talliesOf(all, variants), readings, tallies)
  return asked.flatMap(({ detector, measure, reading }) => {
    const slice = measured(reading, inside, all, alpha)
    const rest = slice === null ? null : measured(reading, outside, all, alpha)
    if (slice === null || rest === null || !slice.interval.canFail) return []
    const p = Math.max(slice.interval.p, differenceP({ reading, inside, outside, slice, rest }, alpha))
    return [{ candidate, detector, measure, tallies, slice, rest, p }]
  })
}

function talliesOf(slice: Slice, variants: readonly string[]): TaskTally[] {
  return variants.flatMap((variant) => slice.tallies.get(variant) ?? [])
}

/** Null where it has no interval, or too few clusters. Cluster sizes are taken to be those of all cases. */
function measured(reading: Reading, group: Group, all: Slice, alpha: number): Measured | null {
  const { measure } = reading
  const left = group.leftOut(reading)
  if (left.cases < MIN_CLUSTERS || !isDefined(left)) return null
  const clusters = kishClusters(left.cases, all.clusters, bucketCases(left))
  if (clusters < MIN_CLUSTERS) return null
  const paired = exactPairs(measure, group, [all])
  const estimate = summarise({ measure, left, group, paired, details: {}, clusters }, alpha)
  if (estimate.kind === 'unmeasured' || estimate.interval === null) return null
  return { ...estimate, interval: estimate.interval }
}

interface Difference {
  readonly reading: Reading
  readonly inside: Group
  readonly outside: Group
  readonly slice: Measured
  readonly rest: Measured
}

/** One-sided p for more harm in the slice than in the rest: the jackknife of the difference, by the same buckets. */
function differenceP({ reading, inside, outside, slice, rest }: Difference, alpha: number): number {
  const sign = reading.measure.worse === 'lower' ? -1 : 1
  const within = inside.leftOut(reading)
  const beside = outside.leftOut(reading)
  const buckets = [...new Set([...within.without.keys(), ...beside.without.keys()])].sort((a, b) => a - b)
  const deleted = buckets.map((bucket) => sign * (changeWithout(within, bucket) - changeWithout(beside, bucket)))
  return harmInterval(
    {
      harm: sign * (slice.change.value - rest.change.value),
      deleted,
      degreesOfFreedom: Math.min(slice.degreesOfFreedom, rest.degreesOfFreedom),
      range: null,
      clusters: slice.clusters,
      paired: null,
    },
    alpha,
  ).p
}

/** The change without a bucket; a bucket that holds none of the cases, or all of them, takes nothing away. */
function changeWithout({ whole, without }: LeftOut, bucket: number): number {
  const left = without.get(bucket)?.value ?? whole
  return changeOf((left === 'emptied' ? whole : left) as Value)
}
