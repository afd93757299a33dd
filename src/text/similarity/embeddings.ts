import { type SimilarityMatrix, similarityMatrix } from './matrix.js'

/**
 * Cosine from which two embeddings count as near-duplicates. A convention: where repeats begin differs by embedding
 * model, so a config that relies on embeddings should say its own.
 */
export const EMBEDDING_THRESHOLD = 0.85

export const EMBEDDING_FAULTS = ['embedding-dimensions', 'embedding-values', 'embedding-zero'] as const
export type EmbeddingFault = (typeof EMBEDDING_FAULTS)[number]

export type EmbeddingSimilarities =
  | { readonly status: 'measured'; readonly matrix: SimilarityMatrix }
  /** The first vector, in order, that cannot be compared with those before it. */
  | { readonly status: 'invalid'; readonly code: EmbeddingFault; readonly index: number }

/**
 * Cosines of every two vectors; one below 0 (opposite directions) counts as 0, so that the range is that of texts.
 * Not comparable: another number of dimensions than the first vector, no dimensions, a number that is not finite, or a
 * vector of zeros, which has no direction.
 */
export function cosineOf(vectors: readonly (readonly number[])[]): EmbeddingSimilarities {
  const units: Float64Array[] = []
  for (const [index, vector] of vectors.entries()) {
    const code = faultOf(vector, vectors[0]!.length)
    if (code !== null) return { status: 'invalid', code, index }
    units.push(unit(vector))
  }
  return { status: 'measured', matrix: similarityMatrix(units, cosine) }
}

function faultOf(vector: readonly number[], dimensions: number): EmbeddingFault | null {
  if (vector.length !== dimensions || dimensions === 0) return 'embedding-dimensions'
  if (!vector.every(Number.isFinite)) return 'embedding-values'
  return vector.every((x) => x === 0) ? 'embedding-zero' : null
}

/** Scaled by the largest entry first: squares of very large or small numbers would leave the range of doubles. */
function unit(vector: readonly number[]): Float64Array {
  const largest = vector.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  const scaled = Float64Array.from(vector, (x) => x / largest)
  const norm = Math.sqrt(scaled.reduce((sum, x) => sum + x * x, 0))
  return scaled.map((x) => x / norm)
}

function cosine(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return Math.min(1, Math.max(0, sum))
}
