import { describe, expect, it } from 'vitest'
import { betaPower, incompleteBeta, logBeta, logGamma } from '../../src/stats/special.js'

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const beta = (x: number, a: number, b: number) => incompleteBeta(x, 1 - x, a, b)

describe('logGamma', () => {
  it('of whole numbers is the logarithm of a factorial, on both sides of where Stirling’s series takes over', () => {
    let factorial = 1
    for (let n = 1; n <= 20; n++) {
      expect(Math.abs(logGamma(n) - Math.log(factorial))).toBeLessThan(1e-14 * Math.max(1, Math.log(factorial)))
      factorial *= n
    }
  })

  it('grows by ln x from x to x + 1', () => {
    for (const x of [1e-8, 0.3, 4.5, 8.999, 9, 9.5, 10, 47.25]) {
      expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(2e-13)
    }
  })
})

describe('logBeta', () => {
  // python3: mpmath.log(mpmath.beta(mpf(a), mpf(b))), 40 digits
  it.each([
    [9.99, 3, -6.48949614955547],
    [10, 3, -6.492239835020471],
    [3, 12, -6.9957661563048505],
    [2, 10, -4.700480365792417],
    [10, 10, -13.736229227036555],
    [9.99, 9.99, -13.721853536324813],
    [12, 40, -28.275524477980014],
    [0.001, 4, 6.905922625817282],
    [1e5, 11, -111.53831752234801],
  ])('(%f, %f) is %f, in either order', (a, b, expected) => {
    expect(relative(logBeta(a, b), expected)).toBeLessThan(1e-14)
    expect(logBeta(b, a)).toBe(logBeta(a, b))
  })

  it('(1, b) is −ln b, however large b is', () => {
    for (const b of [0.25, 3, 9, 10, 1e4, 1e9]) expect(Math.abs(logBeta(1, b) + Math.log(b))).toBeLessThan(1e-13)
  })
})

describe('incompleteBeta', () => {
  it('is 0 and 1 at the ends, to the bit', () => {
    expect([incompleteBeta(0, 1, 2, 3), incompleteBeta(1, 0, 2, 3)]).toEqual([0, 1])
    expect([incompleteBeta(-0.1, 1.1, 2, 3), incompleteBeta(1.1, -0.1, 2, 3)]).toEqual([0, 1])
  })

  it('of a = b = 1 is x; of b = 1 it is x^a; of a = 1 it is 1 − (1 − x)^b', () => {
    for (const x of [1e-10, 0.1, 0.5, 0.75, 0.999]) {
      expect(relative(beta(x, 1, 1), x)).toBeLessThan(1e-14)
      for (const shape of [0.5, 3, 25]) {
        expect(relative(beta(x, shape, 1), x ** shape)).toBeLessThan(1e-13)
        expect(relative(beta(x, 1, shape), -Math.expm1(shape * Math.log1p(-x)))).toBeLessThan(1e-13)
      }
    }
  })

  it('of a = b = ½ is the arcsine law, of 2 and 3 a polynomial', () => {
    for (const x of [1e-6, 0.2, 0.5, 0.9]) {
      expect(relative(beta(x, 0.5, 0.5), (2 / Math.PI) * Math.asin(Math.sqrt(x)))).toBeLessThan(1e-13)
      expect(relative(beta(x, 2, 3), x * x * (6 - 8 * x + 3 * x * x))).toBeLessThan(1e-13)
    }
  })

  it('and that of 1 − x with a and b exchanged add up to 1', () => {
    for (const [x, a, b] of [
      [0.3, 12, 30],
      [0.25, 12, 30],
      [0.6, 0.4, 7],
      [0.5, 600, 601],
    ] as const) {
      expect(beta(x, a, b) + incompleteBeta(1 - x, x, b, a)).toBeCloseTo(1, 14)
    }
  })

  // python3: mpmath.betainc(a, b, 0, x, regularized=True), 40 digits
  it.each([
    [0.3, 12, 30, 0.59895220965039],
    [0.28, 12, 30, 0.4869223795766209],
    [0.5, 12, 30, 0.9978379975327698],
    [0.31, 10, 25, 0.6421664354594443],
    [1e-5, 10, 10, 9.23704420771281e-46],
  ])('(%f; %f, %f) is %f', (x, a, b, expected) => {
    expect(relative(beta(x, a, b), expected)).toBeLessThan(1e-13)
  })

  it('keeps a small tail that 1 − x would lose: y^b/(b·B(a, b)) is left of 1', () => {
    const y = 1e-20
    expect(incompleteBeta(y, 1, 2, 3)).toBeCloseTo(6 * y * y, 50)
    expect(relative(incompleteBeta(y, 1, 2, 3), 6 * y * y)).toBeLessThan(1e-14)
  })
})

describe('betaPower', () => {
  // python3: x**a*(1-x)**b/mpmath.beta(a, b) with mpf, 40 digits
  it.each([
    [0.25, 2, 3, 0.31640625],
    [0.6, 9.5, 40, 3.361533211742228e-8],
    [0.3, 12, 30, 1.1353522989787372],
    [0.28, 12, 30, 1.1550629556032188],
    [0.5, 12, 30, 0.021551354402618017],
    [0.31, 10, 25, 1.0058659519129014],
    [1e-5, 10, 10, 9.236876261568999e-45],
    [0.999, 11, 12, 7.674820236558138e-30],
    [0.45, 1e4, 1.2e4, 11.768512144228817],
    [0.46, 1e4, 1.2e4, 7.883962807550415],
  ])('(%f; %f, %f) is %f', (x, a, b, expected) => {
    expect(relative(betaPower(x, 1 - x, a, b), expected)).toBeLessThan(2e-12)
  })

  it('is the same from either side', () => {
    for (const [x, a, b] of [
      [0.25, 2, 3],
      [0.3, 12, 30],
      [0.9, 40, 11],
    ] as const) {
      expect(relative(betaPower(1 - x, x, b, a), betaPower(x, 1 - x, a, b))).toBeLessThan(1e-13)
    }
  })
})
