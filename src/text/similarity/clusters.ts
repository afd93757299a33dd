import type { SimilarityMatrix } from './matrix.js'

export interface Clusters {
  /** The cluster of each sample, 0, 1, …, numbered by first members. */
  readonly of: readonly number[]
  readonly count: number
}

/**
 * Near-duplicates in one arm's samples of one prompt: taken in the order of the matrix, which must be that of the sample
 * numbers, each joins the first cluster whose first member is at least `threshold` similar to it, else opens one.
 * Similarity is not transitive, so another order may give another partition; the order is therefore the sample numbers',
 * in both arms. It is the procedure of NoveltyBench (Zhang et al. 2025, arXiv 2504.05228), with a kernel in place of
 * their classifier. Distinct share: count / samples, above 0, at most 1.
 */
export function nearDuplicateClusters({ size, values }: SimilarityMatrix, threshold: number): Clusters {
  const firsts: number[] = []
  const of: number[] = []
  for (let sample = 0; sample < size; sample++) {
    const found = firsts.findIndex((first) => values[sample * size + first]! >= threshold)
    of.push(found < 0 ? firsts.push(sample) - 1 : found)
  }
  return { of, count: firsts.length }
}
