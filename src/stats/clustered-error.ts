/**
 * Standard error, in the values' unit, of their plain mean where values of one cluster depend on each other:
 * 1/n·√(Σ over clusters (Σ within (x − x̄))²), n the number of values. `clusters` holds each cluster's values. Too small
 * for few clusters (no correction for their number); with clusters of one, √((n − 1)/n) of the usual standard error.
 * Throws a RangeError without values.
 * Source: Liang & Zeger 1986, Biometrika 73:13–22, as in Miller 2024, arXiv 2411.00640, equation 4.
 */
export function clusteredStandardError(clusters: readonly (readonly number[])[]): number {
  const n = clusters.reduce((total, values) => total + values.length, 0)
  if (n === 0) throw new RangeError('a standard error of no values')
  const mean = clusters.reduce((total, values) => total + sum(values), 0) / n
  const squares = clusters.reduce((total, values) => total + sum(values.map((x) => x - mean)) ** 2, 0)
  return Math.sqrt(squares) / n
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
