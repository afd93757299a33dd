import type { Measure } from '../domain/measure.js'
import { BUCKETS, TOLD_BUCKETS } from './buckets.js'
import { Clusters } from './clusters.js'
import { kishClusters, pooledClusters } from './effective-clusters.js'
import { carries, clusterSizes, type EstimateTask, type TaskReading } from './estimate-task.js'
import { bucketCases, Group, isDefined, type LeftOut, type Reading } from './leave-out.js'
import { poolLeftOut, taskValueOf } from './pool-left-out.js'
import { type Estimate, exactPairs, isVoid, summarise, type Unestimated, unestimated, whyNot } from './summarise.js'

/**
 * Over the tasks given. Luck in the baselines of tasks that were chosen by them adds up: of several, a part tells what the rest
 * is held to, and the rest is pooled.
 */
export function pooledEstimate(
  reading: Reading,
  readings: readonly TaskReading[],
  alpha: number,
  groupOf: Grouping,
): Estimate | Unestimated {
  const { measure } = reading
  const asked = readings.filter(({ cases }) => cases > 0)
  // Where every task is measured, or none, nothing was chosen among them.
  const isTold = measure.chosen === true && asked.some(isDefined) && !asked.every(isDefined)
  const parts = isTold ? asked.map((own) => ({ ...own, ...own.of.group.told(reading) })) : readings
  // Added columns need no task to be defined by itself without each bucket; a mean of tasks does.
  const measured = parts.filter((own) => (measure.pool === 'sum' ? own.whole.kind !== 'unmeasured' : isDefined(own)))
  const first = readings.find(isVoid) ?? largest(parts)
  if (first !== undefined && isVoid(first)) return unestimated(whyNot(measure, first), first.cases)
  if (measured.length === 0) return unestimated(whyNot(measure, first), casesOf(asked))
  const tasks = measured.map((own) => own.of)
  const group = groupOf(tasks)
  const left = measure.pool === 'sum' ? group.leftOut(reading) : poolLeftOut(measured, measure.pool)
  if (!isDefined(left)) return unestimated(whyNot(measure, left), left.cases)
  const details = measure.details?.(groupOf(readings.map((own) => own.of)).whole) ?? {}
  const clusters = clustersOf(measure, left, { measured, buckets: isTold ? TOLD_BUCKETS : BUCKETS })
  const paired = isTold ? null : exactPairs(measure, group, tasks)
  return summarise({ measure, left, group, paired, details, clusters }, alpha)
}

/** The first of those with most cases. */
function largest(parts: readonly TaskReading[]): TaskReading | undefined {
  return parts.toSorted((a, b) => b.cases - a.cases)[0]
}

function casesOf(readings: readonly TaskReading[]): number {
  return readings.reduce((total, { cases }) => total + cases, 0)
}

interface Measured {
  readonly measured: readonly TaskReading[]
  /** That their cases may fall into. */
  readonly buckets: number
}

function clustersOf(measure: Measure, left: LeftOut, { measured, buckets }: Measured): number {
  const { pool } = measure
  if (pool === 'sum') return kishClusters(left.cases, merged(measured.map((own) => own.of)), bucketCases(left))
  const tasks = measured.map((own) => ({
    ...taskValueOf(own),
    clusters: clusterSizes(measure, own.of),
    bucketCases: bucketCases(own),
    buckets,
  }))
  return pooledClusters(tasks, pool.weight)
}

function merged(tasks: readonly EstimateTask[]): Clusters {
  const clusters = new Clusters()
  for (const task of tasks) clusters.merge(task.clusters)
  return clusters
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
