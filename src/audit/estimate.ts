import type { Measure } from '../domain/measure.js'
import { kishClusters } from './effective-clusters.js'
import { clusterSizes, type EstimateTask, type TaskReading } from './estimate-task.js'
import { bucketCases, isDefined, type Reading } from './leave-out.js'
import { type Grouping, pooledEstimate } from './pooled-estimate.js'
import { type Estimate, exactPairs, summarise, type Unestimated, unestimated, whyNot } from './summarise.js'

export interface Estimates {
  readonly pooled: Estimate | Unestimated
  /** One for each task in which some case carries what the measure needs; none in a run of a single task. */
  readonly tasks: readonly (readonly [task: string, estimate: Estimate | Unestimated])[]
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

function taskEstimate(measure: Measure, own: TaskReading, alpha: number): Estimate | Unestimated {
  if (!isDefined(own)) return unestimated(whyNot(measure, own), own.cases)
  const { group } = own.of
  const clusters = kishClusters(own.cases, clusterSizes(measure, own.of), bucketCases(own))
  const details = measure.details?.(group.whole) ?? {}
  const paired = exactPairs(measure, group, [own.of])
  return summarise({ measure, left: own, group, paired, details, clusters }, alpha)
}
