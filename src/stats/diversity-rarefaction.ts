/**
 * The number of clusters expected among `drawn` of n samples taken without replacement, Σ 1 − C(n − nᵢ, m)/C(n, m), from
 * the clusters' sizes nᵢ: an unbiased estimate of the count that an arm with `drawn` samples would have shown, so that
 * arms of unlike numbers of samples compare, with every sample used. Between 1 and the smaller of `drawn` and the number
 * of clusters; `drawn` from 1 to n, else a RangeError. Source: Hurlbert 1971, Ecology 52:577–586.
 */
export function expectedDistinct(sizes: readonly number[], drawn: number): number {
  const n = sizes.reduce((total, size) => total + size, 0)
  if (drawn < 1 || drawn > n) throw new RangeError(`cannot draw ${drawn} of ${n} samples`)
  // Ascending sizes, so that the order of clusters cannot move the last digit.
  return sizes.toSorted((a, b) => a - b).reduce((total, size) => total + 1 - chanceOfNone(size, n, drawn), 0)
}

/** C(n − size, drawn)/C(n, drawn): the chance that none of `size` among n samples is drawn. */
export function chanceOfNone(size: number, n: number, drawn: number): number {
  let share = 1
  for (let i = 0; i < drawn && share > 0; i++) share *= Math.max(0, n - size - i) / (n - i)
  return share
}
