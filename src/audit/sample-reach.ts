import { sampleLimit } from './case-sample.js'

/** The hashes of what one task and detector keep, ascending: of cases observed, and of cases that the tuned arm lost. */
export interface SampleHashes {
  readonly task: string
  readonly detector: string
  readonly kept: Float64Array
  readonly lost: Float64Array
}

/** Up to which hash a sample of all parts together reaches. */
export interface SampleReach {
  readonly task: string
  readonly detector: string
  readonly kept: number
  readonly lost: number
}

/**
 * What the samples of several parts of the cases come to once they are merged. A part that knows it need not make what
 * the others push out.
 */
export function reachesOf(parts: readonly (readonly SampleHashes[])[]): SampleReach[] {
  const all = parts.flat()
  const limit = sampleLimit(new Set(all.map(({ task }) => task)).size)
  const bySample = new Map<string, SampleHashes[]>()
  for (const own of all) {
    const key = JSON.stringify([own.task, own.detector])
    bySample.set(key, [...(bySample.get(key) ?? []), own])
  }
  return [...bySample.values()].map((samples) => ({
    task: samples[0]!.task,
    detector: samples[0]!.detector,
    kept: nthSmallest(
      samples.map(({ kept }) => kept),
      limit,
    ),
    lost: nthSmallest(
      samples.map(({ lost }) => lost),
      limit,
    ),
  }))
}

/** Infinity where there are not so many. */
function nthSmallest(lists: readonly Float64Array[], n: number): number {
  const all = Float64Array.from(lists.flatMap((list) => [...list])).sort()
  return all[n - 1] ?? Number.POSITIVE_INFINITY
}
