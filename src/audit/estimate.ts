import type { Change } from '../domain/finding.js'
import {
  type Details,
  isSameVariant,
  type Measure,
  type Unmeasured,
  type UnmeasuredReason,
  unmeasured,
  type Value,
} from '../domain/measure.js'
import { type HarmInterval, harmInterval } from '../stats/interval.js'
import { degreesOfFreedom } from '../stats/jackknife.js'
import type { PairedCounts } from '../stats/paired.js'
import { Clusters } from './clusters.js'
import { type ClusterSizes, kishClusters, pooledClusters, thinned } from './effective-clusters.js'
import {
  Group,
  isDefined,
  type LeftOut,
  poolLeftOut,
  type Reading,
  type TaskLeftOut,
  taskValueOf,
} from './leave-out.js'

import type { TaskTally } from './tally.js'

/** A task's tallies as an estimate needs them. */
export interface EstimateTask {
  readonly task: string
  readonly tally: TaskTally
  /** The detector's measures, as the task's options and baseline have them. */
  readonly measures: readonly Measure[]
  readonly group: Group
  readonly cases: number
  readonly clusters: Clusters
}

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

export interface Estimates {
  readonly pooled: Estimate | Unestimated
  /** One for each task in which some case carries what the measure needs; none in a run of a single task. */
  readonly tasks: readonly (readonly [task: string, estimate: Estimate | Unestimated])[]
}

/** The measure's own reading. */
export function ownReading(measure: Measure): Reading {
  return { measure, withLost: false, of: (sums, whole) => finite(measure, measure.of(sums, whole)) }
}

/** What is no number would be compared with margins as if it were one. */
function finite({ id }: Measure, value: Value | Unmeasured): Value | Unmeasured {
  const numbers = value.kind === 'arms' ? [value.baseline, value.tuned] : value.kind === 'change' ? [value.change] : []
  if (numbers.every(Number.isFinite)) return value
  throw new Error(`the measure ${id} gave ${numbers.join(' and ')}`)
}

/** The stricter reading that must hold its margin too, where a measure has one. */
export function worstCaseReading(measure: Measure): Reading | null {
  const { worstCase, discordance: _, details: __, ...plain } = measure
  if (worstCase === undefined) return null
  if ('sample' in worstCase) return { ...ownReading(measure), measure: plain, withLost: true }
  const of: Reading['of'] = (sums) => finite(measure, worstCase.of(sums))
  return { measure: { ...plain, cases: worstCase.cases }, withLost: true, of }
}

interface TaskReading extends TaskLeftOut {
  readonly of: EstimateTask
}

export interface EstimateContext {
  readonly alpha: number
  /** Gives the tallies of several tasks together. */
  readonly groupOf: Grouping
  /** Whether the run has two or more tasks. */
  readonly severalTasks: boolean
}

/** One reading of a measure, pooled over the tasks given and for each of them. */
export function estimate(
  reading: Reading,
  tasks: readonly EstimateTask[],
  { alpha, groupOf, severalTasks }: EstimateContext,
): Estimates {
  const { measure } = reading
  if (measure.unavailable !== undefined) return { pooled: unestimated(measure.unavailable, 0), tasks: [] }
  const readings = tasks.map((task) => ({ task: task.task, of: task, ...task.group.leftOut(reading) }))
  const pooled = pooledEstimate(reading, readings, alpha, groupOf)
  if (!severalTasks || measure.scope === 'run') return { pooled, tasks: [] }
  const carrying = readings.filter(({ cases }) => cases > 0)
  return { pooled, tasks: carrying.map((own) => [own.task, taskEstimate(measure, own, alpha)] as const) }
}

export type Grouping = (tasks: readonly EstimateTask[]) => Group

/** Groups of tasks, each set of tasks once; `readings` are what may be asked of them. */
export function grouping(readings: readonly Reading[]): Grouping {
  const groups = new Map<string, Group>()
  return (tasks) => {
    if (tasks.length === 1) return tasks[0]!.group
    const key = JSON.stringify(tasks.map(({ task }) => task))
    const known = groups.get(key)
    if (known !== undefined) return known
    const shared = readings.filter(
      ({ measure }) => measure.pool === 'sum' && tasks.every((task) => carries(task, measure)),
    )
    const fresh = new Group(
      tasks.map(({ tally }) => tally),
      shared,
    )
    groups.set(key, fresh)
    return fresh
  }
}

/** Whether a task has the measure, in this variant. */
export function carries({ measures }: Pick<EstimateTask, 'measures'>, measure: Measure): boolean {
  return measures.some((own) => isSameVariant(own, measure))
}

function taskEstimate(measure: Measure, own: TaskReading, alpha: number): Estimate | Unestimated {
  if (!isDefined(own)) return unestimated(whyNot(measure, own), own.cases)
  const { group } = own.of
  const clusters = kishClusters(own.cases, clusterSizes(measure, own.of), bucketCases(own))
  const details = measure.details?.(group.whole) ?? {}
  return summarise({ measure, left: own, tasks: [own.of], group, details, clusters }, alpha)
}

function pooledEstimate(
  reading: Reading,
  readings: readonly TaskReading[],
  alpha: number,
  groupOf: Grouping,
): Estimate | Unestimated {
  const { measure } = reading
  // Added columns need no task to be defined by itself without each bucket; a mean of tasks does.
  const measured = readings.filter((own) => (measure.pool === 'sum' ? own.whole.kind !== 'unmeasured' : isDefined(own)))
  const first = readings.find(isVoid) ?? readings.find(({ cases }) => cases > 0) ?? readings[0]
  if (first !== undefined && isVoid(first)) return unestimated(whyNot(measure, first), first.cases)
  if (measured.length === 0) return unestimated(whyNot(measure, first), first?.cases ?? 0)
  const asked = readings.filter(({ cases }) => cases > 0).length
  if (measure.chosen === true && measured.length > 1 && measured.length < asked)
    return unestimated({ code: 'tasks-chosen', measured: measured.length, tasks: asked }, casesOf(measured))
  const tasks = measured.map((own) => own.of)
  const group = groupOf(tasks)
  const left = measure.pool === 'sum' ? group.leftOut(reading) : poolLeftOut(measured, measure.pool)
  if (!isDefined(left)) return unestimated(whyNot(measure, left), left.cases)
  const details = measure.details?.(groupOf(readings.map((own) => own.of)).whole) ?? {}
  const clusters = clustersOf(measure, left, measured)
  return summarise({ measure, left, tasks, group, details, clusters }, alpha)
}

function casesOf(readings: readonly TaskReading[]): number {
  return readings.reduce((total, { cases }) => total + cases, 0)
}

/** A task that must not be left out of the pool in silence. */
function isVoid({ whole }: LeftOut): boolean {
  return whole.kind === 'unmeasured' && whole.reason.code === 'verifier-failed'
}

function clustersOf(measure: Measure, left: LeftOut, measured: readonly TaskReading[]): number {
  const { pool } = measure
  if (pool === 'sum') return kishClusters(left.cases, merged(measured.map((own) => own.of)), bucketCases(left))
  const tasks = measured.map((own) => ({
    ...taskValueOf(own),
    clusters: clusterSizes(measure, own.of),
    bucketCases: bucketCases(own),
  }))
  return pooledClusters(tasks, pool.weight)
}

/** The case sample holds only some cases of a large cluster. */
function clusterSizes({ corpus }: Measure, { clusters, tally, cases }: EstimateTask): ClusterSizes {
  return corpus === undefined ? clusters : thinned(clusters, tally.sample.cases.length / cases)
}

export function bucketCases({ without }: LeftOut): number[] {
  return [...without.values()].map(({ cases }) => cases)
}

function merged(tasks: readonly EstimateTask[]): Clusters {
  const clusters = new Clusters()
  for (const task of tasks) clusters.merge(task.clusters)
  return clusters
}

function unestimated(reason: UnmeasuredReason, n: number): Unestimated {
  return { ...unmeasured(reason), n }
}

function whyNot(measure: Measure, left: LeftOut | undefined): UnmeasuredReason {
  if (left !== undefined && isVoid(left)) return { code: 'verifier-failed' }
  if (left === undefined || left.cases === 0) return nothingCarried(measure, left)
  return left.whole.kind === 'unmeasured' ? left.whole.reason : { code: 'undefined-without-some-cases' }
}

/** What needs no field of the records says itself what it lacked. */
function nothingCarried({ needs }: Measure, left: LeftOut | undefined): UnmeasuredReason {
  if (needs.length > 0) return { code: 'missing-field', needs }
  return left?.whole.kind === 'unmeasured' ? left.whole.reason : { code: 'nothing-evaluable' }
}

interface Subject {
  readonly measure: Measure
  readonly left: LeftOut
  readonly tasks: readonly Pick<EstimateTask, 'clusters'>[]
  readonly group: Group
  readonly details: Details
  readonly clusters: number
}

/** The estimate from what is left without each bucket. */
export function summarise(
  { measure, left, tasks, group, details, clusters }: Subject,
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
    paired: measure.interval === 'none' ? null : exactPairs(measure, group, tasks),
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

function exactPairs(
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
