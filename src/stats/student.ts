import { normalQuantile } from './normal.js'
import { incompleteBeta, logBeta } from './special.js'

/** P(T > t) for Student's t with df > 0 degrees of freedom (fractional ones too), accurate in the tails. */
export function studentUpperTail(t: number, df: number): number {
  if (t < 0) return 1 - studentUpperTail(-t, df)
  const square = t * t
  return 0.5 * incompleteBeta(df / (df + square), square / (df + square), df / 2, 0.5)
}

/**
 * t ≥ 0 with P(T > t) = tail, 0 < tail < ½: Newton's method on the logarithm of the tail, held inside a bracket. The tail may
 * be as small as leaves t below 1e150, whose square is still a double: 1e-100 with one degree of freedom.
 */
export function studentQuantileOfTail(tail: number, df: number): number {
  let low = 0
  let high = Math.max(1, -normalQuantile(tail))
  while (studentUpperTail(high, df) > tail) {
    low = high
    high *= 2
  }
  let t = (low + high) / 2
  for (let i = 0; i < 200; i++) {
    const q = studentUpperTail(t, df)
    if (q > tail) low = t
    else high = t
    const newton = t + ((Math.log(q) - Math.log(tail)) * q) / studentDensity(t, df)
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - t) <= 4e-16 * Math.max(1, t)) return next
    t = next
  }
  return t
}

function studentDensity(t: number, df: number): number {
  return Math.exp(-((df + 1) / 2) * Math.log1p((t * t) / df) - 0.5 * Math.log(df) - logBeta(df / 2, 0.5))
}
