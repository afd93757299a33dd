import { normalUpperTail } from './normal.js'
import { logGamma } from './special.js'

/**
 * P(X ≥ x) of the chi-squared distribution with a whole number of degrees of freedom, by the exact recursion in steps of
 * two from one (a squared normal) or two (an exponential). Source: Abramowitz & Stegun 26.4.4, 26.4.5, 26.4.8.
 */
export function chiSquaredUpperTail(x: number, degreesOfFreedom: number): number {
  if (x <= 0) return 1
  const odd = degreesOfFreedom % 2 === 1
  let tail = odd ? 2 * normalUpperTail(Math.sqrt(x)) : Math.exp(-x / 2)
  for (let k = odd ? 3 : 4; k <= degreesOfFreedom; k += 2) {
    tail += Math.exp((k / 2 - 1) * Math.log(x / 2) - x / 2 - logGamma(k / 2))
  }
  return Math.min(1, tail)
}
