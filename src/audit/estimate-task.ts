import { isSameVariant, type Measure } from '../domain/measure.js'
import type { Clusters } from './clusters.js'
import { type ClusterSizes, thinned } from './effective-clusters.js'
import type { Group } from './leave-out.js'
import type { TaskLeftOut } from './pool-left-out.js'
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

export interface TaskReading extends TaskLeftOut {
  readonly of: EstimateTask
}

/** Whether a task has the measure, in this variant. */
export function carries({ measures }: Pick<EstimateTask, 'measures'>, measure: Measure): boolean {
  return measures.some((own) => isSameVariant(own, measure))
}

/** The case sample holds only some cases of a large cluster. */
export function clusterSizes({ corpus }: Measure, { clusters, tally, cases }: EstimateTask): ClusterSizes {
  return corpus === undefined ? clusters : thinned(clusters, tally.sample.cases.length / cases)
}
