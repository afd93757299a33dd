import type { TaskValue } from '../domain/measure.js'
import { BUCKETS } from './buckets.js'

/** Bucket loads show a cluster that the sample of cluster sizes missed where they are this much too uneven (4 SE). */
const CLEARLY = 1.5

/** How unequal the clusters of some cases are. */
export interface ClusterSizes {
  /** Whether some case names a cluster. */
  readonly any: boolean
  /** Cases of the cluster that a case is in, on average. */
  readonly designEffect: number
}

/**
 * The same for a part of the cases that was chosen by chance: of the others in its cluster, a case meets as many as the
 * part's share of all cases.
 */
export function thinned({ any, designEffect }: ClusterSizes, share: number): ClusterSizes {
  return { any, designEffect: 1 + (designEffect - 1) * share }
}

/** A task as its share of a pooled value is reckoned. */
export interface ClusteredTask extends TaskValue {
  readonly clusters: ClusterSizes
  /** The task's cases in each bucket that has any, of the buckets that they may fall into. */
  readonly bucketCases: readonly number[]
  readonly buckets: number
}

/**
 * Kish number of clusters of one task, or of several whose columns are added. The sizes of a sample of clusters give it;
 * one giant cluster that the sample missed still fills its bucket, so that uneven buckets can lower the number:
 * Σw² of the buckets is 1/B + (1 − 1/B)/C on average, with a relative error of about 12 % for B = 128.
 */
export function kishClusters(
  cases: number,
  clusters: ClusterSizes,
  bucketCases: readonly number[],
  buckets = BUCKETS,
): number {
  const bySizes = cases / clusters.designEffect
  if (!clusters.any) return bySizes
  const squares = bucketCases.reduce((total, n) => total + (n / cases) ** 2, 0)
  const excess = (squares - 1 / buckets) / (1 - 1 / buckets)
  const byBuckets = excess > 0 ? 1 / excess : Number.POSITIVE_INFINITY
  return byBuckets * CLEARLY < bySizes ? byBuckets : bySizes
}

/**
 * Clusters that a mean over tasks is worth: what each task leaves open adds up in quadrature by its weight, so that a
 * tiny task counts by its weight in the mean and not by its cases.
 */
export function pooledClusters(tasks: readonly ClusteredTask[], weight: (task: TaskValue) => number): number {
  const total = tasks.reduce((sum, task) => sum + weight(task), 0)
  const open = tasks.map((task) => {
    const { cases, clusters, bucketCases, buckets } = task
    return weight(task) / total / kishClusters(cases, clusters, bucketCases, buckets)
  })
  return 1 / Math.hypot(...open)
}
