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
import { Clusters } from './clusters.js'
import { Group, isDefined, type LeftOut, leaveOut, poolLeftOut, type Reading, type TaskLeftOut } from './leave-out.js'
import type { TaskTally } from './tally.js'

/** A task's tallies as an estimate needs them. */
export interface EstimateTask {
  readonly task: string
  readonly tally: TaskTally
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
  /** Cases of a cluster, on average over cases. */
  readonly designEffect: number
  readonly degreesOfFreedom: number
  /** Null for a point estimate. */
  readonly interval: HarmInterval | null
  readonly details: Details
}

export interface Unestimated extends Unmeasured {
  readonly n: number
}

export interface Estimates {
  readonly pooled: Estimate | Unestimated
  /** One for each task in which some case carries what the measure needs; none with a single task. */
  readonly tasks: readonly (readonly [task: string, estimate: Estimate | Unestimated])[]
}

/** One measure, pooled and for each task. */
export function estimate(measure: Measure, tasks: readonly EstimateTask[], alpha: number): Estimates {
  return estimateReading(measure, (sums, whole) => measure.of(sums, whole), tasks, alpha)
}

/** The stricter reading that must hold its margin too, where a measure has one. */
export function estimateWorstCase(measure: Measure, tasks: readonly EstimateTask[], alpha: number): Estimates | null {
  const { worstCase } = measure
  if (worstCase === undefined) return null
  const { discordance: _, details: __, ...plain } = measure
  return estimateReading({ ...plain, cases: worstCase.cases }, worstCase.of, tasks, alpha)
}

interface TaskReading extends TaskLeftOut {
  readonly of: EstimateTask
}

function estimateReading(measure: Measure, of: Reading, tasks: readonly EstimateTask[], alpha: number): Estimates {
  if (measure.unavailable !== undefined) return { pooled: unestimated(measure.unavailable, 0), tasks: [] }
  const readings = tasks.map((task) => ({ task: task.task, of: task, ...leaveOut(task.group, measure, of) }))
  const carrying = readings.filter(({ cases }) => cases > 0)
  const pooled = pooledEstimate(measure, of, readings, alpha)
  if (tasks.length < 2 || measure.scope === 'run') return { pooled, tasks: [] }
  return { pooled, tasks: carrying.map((reading) => [reading.task, taskEstimate(measure, reading, alpha)] as const) }
}

function taskEstimate(measure: Measure, reading: TaskReading, alpha: number): Estimate | Unestimated {
  if (!isDefined(reading)) return unestimated(whyNot(measure, reading), reading.cases)
  return summarise(measure, reading, [reading.of], alpha, measure.details?.(reading.sums) ?? {})
}

function pooledEstimate(
  measure: Measure,
  of: Reading,
  readings: readonly TaskReading[],
  alpha: number,
): Estimate | Unestimated {
  const measured = readings.filter(isDefined)
  const first = readings.find(({ cases }) => cases > 0)
  if (measured.length === 0) return unestimated(whyNot(measure, first), first?.cases ?? 0)
  const tasks = measured.map((reading) => reading.of)
  const left = measure.pool === 'sum' ? leaveOut(groupOf(tasks), measure, of) : poolLeftOut(measured, measure.pool)
  if (!isDefined(left)) return unestimated(whyNot(measure, left), left.cases)
  const details = measure.details?.(groupOf(readings.map((reading) => reading.of)).whole) ?? {}
  return summarise(measure, left, tasks, alpha, details)
}

function unestimated(reason: UnmeasuredReason, n: number): Unestimated {
  return { ...unmeasured(reason), n }
}

function whyNot(measure: Measure, left: Omit<LeftOut, 'sums'> | undefined): UnmeasuredReason {
  if (left === undefined || left.cases === 0) return { code: 'missing-field', needs: measure.needs }
  return left.whole.kind === 'unmeasured' ? left.whole.reason : { code: 'undefined-without-some-cases' }
}

function groupOf(tasks: readonly EstimateTask[]): Group {
  return tasks.length === 1 ? tasks[0]!.group : new Group(tasks.map(({ tally }) => tally))
}

type Measured = Omit<LeftOut, 'sums'>

function summarise(
  measure: Measure,
  left: Measured,
  tasks: readonly EstimateTask[],
  alpha: number,
  details: Details,
): Estimate | Unestimated {
  const value = left.whole as Value
  const clusters = new Clusters()
  for (const task of tasks) clusters.merge(task.clusters)
  const buckets = [...left.without.values()].filter((bucket) => bucket.value !== 'emptied')
  const df = degreesOfFreedom([...left.without.values()].map((bucket) => bucket.cases))
  const shared = {
    kind: 'measured' as const,
    baseline: value.kind === 'arms' ? value.baseline : null,
    tuned: value.kind === 'arms' ? value.tuned : null,
    n: left.cases,
    clusters: left.cases / clusters.designEffect,
    designEffect: clusters.designEffect,
    degreesOfFreedom: df,
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
      clusters: shared.clusters,
      paired: clusters.named ? null : pairedOf(measure, tasks),
    },
    alpha,
  )
  return { ...shared, interval, change: changeInterval(value, interval, sign, alpha) }
}

function changeOf(value: Value): number {
  return value.kind === 'change' ? value.change : value.tuned - value.baseline
}

function changeInterval(value: Value, interval: HarmInterval, sign: number, alpha: number): Change {
  const [low, high] = sign === 1 ? [interval.low, interval.high] : [-interval.high, -interval.low]
  return { value: changeOf(value), low, high, level: 1 - 2 * alpha, method: interval.method }
}

function pairedOf(
  measure: Measure,
  tasks: readonly EstimateTask[],
): { n: number; harmed: number; helped: number } | null {
  if (measure.pool !== 'sum' && tasks.length > 1) return null
  const discordance = measure.discordance?.(groupOf(tasks).whole) ?? null
  if (discordance === null) return null
  const { cases, onlyBaseline, onlyTuned } = discordance
  return measure.worse === 'lower'
    ? { n: cases, harmed: onlyBaseline, helped: onlyTuned }
    : { n: cases, harmed: onlyTuned, helped: onlyBaseline }
}
