/** P(Z > z) for a standard normal Z, accurate in relative terms to the far tail. */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z)
  return z < 2 ? 0.5 - densitySeries(z) : density(z) / millsFraction(z)
}

export function normalCdf(z: number): number {
  return normalUpperTail(-z)
}

function density(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
}

/** P(0 < Z < z) = φ(z)·(z + z³/3 + z⁵/(3·5) + …), DLMF 7.6.2. */
function densitySeries(z: number): number {
  let term = z
  let total = z
  for (let k = 3; term > total * 1e-18; k += 2) {
    term *= (z * z) / k
    total += term
  }
  return density(z) * total
}

/** φ(z)/P(Z > z) = z + 1/(z + 2/(z + 3/(z + …))), DLMF 7.9.4, evaluated from far enough down. */
function millsFraction(z: number): number {
  let fraction = z
  for (let k = Math.ceil(60 + 600 / (z * z)); k >= 1; k--) fraction = z + k / fraction
  return fraction
}

/**
 * z with P(Z ≤ z) = p, 0 < p < 1: Newton's method on the logarithm of the tail, which is concave, so that it converges
 * from anywhere.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`probability ${p} is not between 0 and 1`)
  if (p === 0.5) return 0
  return p < 0.5 ? -upperQuantile(p) : upperQuantile(1 - p)
}

/** z ≥ 0 with P(Z > z) = tail, 0 < tail < ½. */
function upperQuantile(tail: number): number {
  let z = Math.sqrt(Math.max(0, -2 * Math.log(2 * tail)))
  for (let i = 0; i < 100; i++) {
    const q = normalUpperTail(z)
    const step = ((Math.log(q) - Math.log(tail)) * q) / density(z)
    z += step
    if (Math.abs(step) <= 4e-16 * Math.max(1, z)) break
  }
  return z
}
