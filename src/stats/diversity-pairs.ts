/** A square of numbers, row by row, with m[i][j] = m[j][i]. */
export interface SymmetricMatrix {
  readonly size: number
  readonly values: Float64Array
}

/**
 * The mean of the entries above the diagonal: of n samples' similarities, the unbiased estimate (a U-statistic) of the
 * similarity of two fresh samples, so that its expectation does not depend on n. Null below two samples.
 */
export function meanPairSimilarity({ size, values }: SymmetricMatrix): number | null {
  if (size < 2) return null
  let sum = 0
  for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) sum += values[i * size + j]!
  return sum / ((size * (size - 1)) / 2)
}
