import { describe, expect, it } from 'vitest'
import { normalCdf, normalQuantile, normalUpperTail } from '../../src/stats/normal.js'

describe('normalQuantile', () => {
  it.each([0, 1, -0.1, 1.1, Number.NaN])('refuses %d', (p) => {
    expect(() => normalQuantile(p)).toThrow(new RangeError(`probability ${p} is not between 0 and 1`))
  })

  it('is 0 at one half, to the bit', () => expect(normalQuantile(0.5)).toBe(0))

  it('keeps its digits in both tails: that of 1 − p is minus that of p where 1 − p is exact', () => {
    for (const p of [2 ** -50, 2 ** -20, 0.25, 0.375]) expect(normalQuantile(1 - p)).toBe(-normalQuantile(p))
    // mpmath: sqrt(2)*erfinv(2*mpf(10)**-300 - 1)
    expect(normalQuantile(1e-300)).toBeCloseTo(-37.0470962993612, 10)
  })
})

describe('normalUpperTail', () => {
  it('is continuous where the series gives way to the fraction', () => {
    const [below, above] = [normalUpperTail(2 - 1e-12), normalUpperTail(2)]
    // The density at 2 is .05399.
    expect((below - above) / 1e-12).toBeCloseTo(0.054, 3)
  })

  it('and normalCdf add up to 1', () => {
    for (const z of [-5, -2, -0.3, 0, 1, 2, 4]) expect(normalUpperTail(z) + normalCdf(z)).toBeCloseTo(1, 15)
  })
})
