/** ½·ln 2π. */
const HALF_LOG_TWO_PI = 0.9189385332046728

/**
 * ln Γ(x) − [(x − ½)·ln x − x + ½·ln 2π] for x ≥ 10, to 1e-16 absolute.
 * Source: Stirling's series, DLMF 5.11.1.
 */
function stirlingCorrection(x: number): number {
  const s = 1 / (x * x)
  const series =
    1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * (691 / 360360 - s / 156)))))
  return series / x
}

/** ln Γ(x), x > 0, to about 1e-14 of max(1, |ln Γ|): the recurrence up to 10, Stirling's series above. */
export function logGamma(x: number): number {
  let shift = 1
  let y = x
  for (; y < 10; y++) shift *= y
  return (y - 0.5) * Math.log(y) - y + HALF_LOG_TWO_PI + stirlingCorrection(y) - Math.log(shift)
}

/**
 * ln B(a, b), a, b > 0, without the cancellation of a difference of log gammas where one of them is large.
 * Source: the case distinction of lbeta in R's nmath.
 */
export function logBeta(a: number, b: number): number {
  const p = Math.min(a, b)
  const q = Math.max(a, b)
  if (p >= 10) {
    const correction = stirlingCorrection(p) + stirlingCorrection(q) - stirlingCorrection(p + q)
    const power = (p - 0.5) * Math.log(p / (p + q)) + q * Math.log1p(-p / (p + q))
    return -0.5 * Math.log(q) + HALF_LOG_TWO_PI + correction + power
  }
  if (q >= 10) {
    const correction = stirlingCorrection(q) - stirlingCorrection(p + q)
    return logGamma(p) + correction + p - p * Math.log(p + q) + (q - 0.5) * Math.log1p(-p / (p + q))
  }
  return logGamma(p) + logGamma(q) - logGamma(p + q)
}

/**
 * Regularised incomplete beta function I_x(a, b), with y = 1 − x given apart so that neither tail cancels.
 * Continued fraction DLMF 8.17.22 by Lentz's method, on the side where it converges fast.
 */
export function incompleteBeta(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (y <= 0) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(y, x, b, a)
  return (betaPower(x, y, a, b) / a) * betaFraction(x, a, b)
}

/**
 * x^a·y^b/B(a, b), y = 1 − x. Where a and b are large, logarithms of this size would leave few digits of their small sum:
 * there the exponent is Loader's deviance. Source: Loader 2000, Fast and accurate computation of binomial probabilities.
 */
export function betaPower(x: number, y: number, a: number, b: number): number {
  if (Math.min(a, b) < 10) return Math.exp(a * logOf(x, y) + b * logOf(y, x) - logBeta(a, b))
  const exponent = deviance(a, (a + b) * x) + deviance(b, (a + b) * y)
  const correction = stirlingCorrection(a + b) - stirlingCorrection(a) - stirlingCorrection(b)
  return Math.sqrt((a * (b / (a + b))) / (2 * Math.PI)) * Math.exp(correction - exponent)
}

/** k·ln(k/mean) + mean − k, by a series where the two nearly cancel. */
function deviance(k: number, mean: number): number {
  if (Math.abs(k - mean) > 0.1 * (k + mean)) return k * Math.log(k / mean) + mean - k
  const v = (k - mean) / (k + mean)
  let total = (k - mean) * v
  let term = 2 * k * v
  for (let j = 3; ; j += 2) {
    term *= v * v
    const next = total + term / j
    if (next === total) return next
    total = next
  }
}

/** ln x, exact also where x is 1 less a small y. */
function logOf(x: number, y: number): number {
  return y < 0.5 ? Math.log1p(-y) : Math.log(x)
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  let c = 1
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1), tiny)
  let h = d
  for (let m = 1; m <= 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d, tiny)
    c = nonZero(1 + even / c, tiny)
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d, tiny)
    c = nonZero(1 + odd / c, tiny)
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < 1e-16) return h
  }
  return h
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value
}
