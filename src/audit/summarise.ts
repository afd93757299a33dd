import type { Change } from '../domain/finding.js'
import {
  type Details,
  type Measure,
  type Unmeasured,
  type UnmeasuredReason,
  unmeasured,
  type Value,
} from '../domain/measure.js'
import { type HarmInterval, harmInterval } from '../stats/interval.js'
import { degreesOfFreedom } from '../stats/jackknife.js'
import type { PairedCounts } from '../stats/paired.js'
import type { EstimateTask } from './estimate-task.js'
import type { Group, LeftOut } from './leave-out.js'

export interface Estimate {
  readonly kind: 'measured'
  readonly baseline: number | null
  readonly tuned: number | null
  readonly change: Change
  readonly n: number
  readonly clusters: number
  readonly degreesOfFreedom: number
  /** Set where the exact paired methods hold. */
  readonly paired: PairedCounts | null
  /** Null for a point estimate. */
  readonly interval: HarmInterval | null
  readonly details: Details
}

export interface Unestimated extends Unmeasured {
  readonly n: number
}

export function unestimated(reason: UnmeasuredReason, n: number): Unestimated {
  return { ...unmeasured(reason), n }
}

/** A task that must not be left out of the pool in silence. */
export function isVoid({ whole }: LeftOut): boolean {
  return whole.kind === 'unmeasured' && whole.reason.code === 'verifier-failed'
}

/** Why a measure has no estimate. */
export function whyNot(measure: Measure, left: LeftOut | undefined): UnmeasuredReason {
  if (left !== undefined && isVoid(left)) return { code: 'verifier-failed' }
  if (left === undefined || left.cases === 0) return nothingCarried(measure, left)
  return left.whole.kind === 'unmeasured' ? left.whole.reason : { code: 'undefined-without-some-cases' }
}

/** What needs no field of the records says itself what it lacked. */
function nothingCarried({ needs }: Measure, left: LeftOut | undefined): UnmeasuredReason {
  if (needs.length > 0) return { code: 'missing-field', needs }
  return left?.whole.kind === 'unmeasured' ? left.whole.reason : { code: 'nothing-evaluable' }
}

export interface Subject {
  readonly measure: Measure
  readonly left: LeftOut
  readonly group: Group
  readonly paired: PairedCounts | null
  readonly details: Details
  readonly clusters: number
}

/** The estimate from what is left without each bucket. */
export function summarise(
  { measure, left, group, paired, details, clusters }: Subject,
  alpha: number,
): Estimate | Unestimated {
  const value = left.whole as Value
  const buckets = [...left.without.values()].filter((bucket) => bucket.value !== 'emptied')
  const df = degreesOfFreedom([...left.without.values()].map((bucket) => bucket.share))
  const shared = {
    kind: 'measured' as const,
    baseline: value.kind === 'arms' ? value.baseline : null,
    tuned: value.kind === 'arms' ? value.tuned : null,
    n: left.cases,
    clusters,
    degreesOfFreedom: df,
    paired: measure.interval === 'none' ? null : paired,
    details: { ...value.details, ...details },
  }
  if (measure.interval === 'none') {
    return {
      ...shared,
      interval: null,
      change: { value: changeOf(value), low: null, high: null, level: null, method: 'point' },
    }
  }
  if (buckets.length < 2 || df < 1)
    return unestimated({ code: 'too-few-buckets', buckets: left.without.size }, left.cases)
  const sign = measure.worse === 'lower' ? -1 : 1
  const interval = harmInterval(
    {
      harm: sign * changeOf(value),
      deleted: buckets.map((bucket) => sign * changeOf(bucket.value as Value)),
      degreesOfFreedom: df,
      range: measure.worse === null ? null : measure.range,
      clusters,
      paired: shared.paired,
      ...movedOf(measure, group),
    },
    alpha,
  )
  return { ...shared, interval, change: changeInterval(value, interval, measure, alpha) }
}

export function changeOf(value: Value): number {
  return value.kind === 'change' ? value.change : value.tuned - value.baseline
}

function changeInterval(value: Value, interval: HarmInterval, measure: Measure, alpha: number): Change {
  const [low, high] = measure.worse === 'lower' ? [-interval.high, -interval.low] : [interval.low, interval.high]
  const most = largestChange(measure)
  return {
    value: changeOf(value),
    low: Math.max(low, -most),
    high: Math.min(high, most),
    level: 1 - 2 * alpha,
    method: interval.method,
  }
}

/** Shares and areas lie between 0 and 1, which an interval made from a standard error does not know. */
function largestChange({ unit, range }: Measure): number {
  return range === 1 && (unit === 'share' || unit === 'area') ? 1 : Number.POSITIVE_INFINITY
}

function movedOf({ moved }: Measure, { whole }: Group): { moved?: number } {
  const cases = moved?.(whole) ?? null
  return cases === null ? {} : { moved: cases }
}

/** Null where the exact paired methods do not hold. */
export function exactPairs(
  measure: Measure,
  group: Group,
  tasks: readonly Pick<EstimateTask, 'clusters'>[],
): PairedCounts | null {
  if (tasks.some((task) => task.clusters.any)) return null
  if (measure.pool !== 'sum' && tasks.length > 1) return null
  const discordance = measure.discordance?.(group.whole) ?? null
  if (discordance === null) return null
  const { cases, onlyBaseline, onlyTuned } = discordance
  return measure.worse === 'lower'
    ? { n: cases, harmed: onlyBaseline, helped: onlyTuned }
    : { n: cases, harmed: onlyTuned, helped: onlyBaseline }
}
