/** Similarities of every two samples, row by row, symmetric, 1 on the diagonal. */
export interface SimilarityMatrix {
  readonly size: number
  readonly values: Float64Array
}

/** Every pair is asked once. `similarity` is 0–1 and symmetric. */
export function similarityMatrix<T>(samples: readonly T[], similarity: (a: T, b: T) => number): SimilarityMatrix {
  const size = samples.length
  const values = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    values[i * size + i] = 1
    for (let j = 0; j < i; j++) {
      const value = similarity(samples[i]!, samples[j]!)
      values[i * size + j] = value
      values[j * size + i] = value
    }
  }
  return { size, values }
}
