import { variance } from 'simple-statistics'

/**
 * Grouped delete-one jackknife: the standard error of a statistic from its values with one bucket left out at a time,
 * SE² = (B − 1)/B · Σ (θ₍ᵦ₎ − θ̄)². Cases that belong together must share a bucket.
 * Source: Efron & Stein 1981, Annals of Statistics 9:586–596.
 */
export function jackknifeError(deleted: readonly number[]): number {
  if (deleted.length < 2) throw new RangeError('a jackknife needs at least two buckets')
  return Math.sqrt((deleted.length - 1) * variance([...deleted]))
}

/** min(non-empty buckets, 1/Σw²) − 1, w a bucket's share of the cases: unequal buckets carry fewer degrees of freedom. */
export function degreesOfFreedom(casesPerBucket: readonly number[]): number {
  const filled = casesPerBucket.filter((cases) => cases > 0)
  return Math.min(filled.length, kishSize(filled)) - 1
}

/** (Σw)²/Σw²: how many equal parts are worth as much. Source: Kish 1965, Survey Sampling, §11.2. */
export function kishSize(weights: readonly number[]): number {
  let total = 0
  let squares = 0
  for (const weight of weights) {
    total += weight
    squares += weight * weight
  }
  return squares === 0 ? 0 : (total * total) / squares
}
