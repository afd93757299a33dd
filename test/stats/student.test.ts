import { describe, expect, it } from 'vitest'
import { normalQuantile, normalUpperTail } from '../../src/stats/normal.js'
import { studentQuantileOfTail, studentUpperTail } from '../../src/stats/student.js'

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1)

// One and two degrees of freedom have closed forms: atan(1/t)/π, and (1 − t/√(2 + t²))/2 without its cancellation.
const CLOSED: readonly { df: number; tail: (t: number) => number; quantile: (tail: number) => number }[] = [
  { df: 1, tail: (t) => Math.atan(1 / t) / Math.PI, quantile: (p) => 1 / Math.tan(Math.PI * p) },
  {
    df: 2,
    tail: (t) => 1 / (Math.sqrt(2 + t * t) * (Math.sqrt(2 + t * t) + t)),
    quantile: (p) => (1 - 2 * p) / Math.sqrt(2 * p * (1 - p)),
  },
]

describe('studentUpperTail', () => {
  it.each(CLOSED)('of $df degrees of freedom is the closed form, near 0 and far out', ({ df, tail }) => {
    for (const t of [1e-6, 0.3, 1, 2.5, 40, 1e6, 1e100]) {
      expect(relative(studentUpperTail(t, df), tail(t))).toBeLessThan(1e-13)
    }
  })

  it('is one half at 0, and adds up to 1 with that of −t', () => {
    for (const df of [0.5, 1, 7, 300]) {
      expect(studentUpperTail(0, df)).toBe(0.5)
      expect(studentUpperTail(-0, df)).toBe(0.5)
      for (const t of [0.2, 1.7, 9]) expect(studentUpperTail(t, df) + studentUpperTail(-t, df)).toBeCloseTo(1, 15)
      expect(studentUpperTail(-3, df)).toBeGreaterThan(0.5)
    }
  })

  it('of a million degrees of freedom is nearly that of a normal, and heavier', () => {
    // The first term of Fisher's expansion, φ(z)(z³ + z)/(4·df), is 3.3e-8 of the tail at 2.
    const [student, normal] = [studentUpperTail(2, 1e6), normalUpperTail(2)]
    expect(student / normal - 1).toBeCloseTo((0.05399096651318806 * 10) / (4e6 * 0.02275013194817921), 10)
  })
})

describe('studentQuantileOfTail', () => {
  it.each(CLOSED)('of $df degrees of freedom is the closed form, far into the tail', ({ df, quantile }) => {
    for (const tail of [0.4999, 0.4, 0.25, 0.1, 0.025, 1e-5, 1e-20, 1e-100]) {
      expect(relative(studentQuantileOfTail(tail, df), quantile(tail))).toBeLessThan(2e-12)
    }
  })

  it('gives the tail back, for fractional degrees of freedom too', () => {
    for (const df of [0.7, 1.5, 3, 12.25, 127, 1e4]) {
      for (const tail of [0.49, 0.3, 0.1587, 0.05, 0.001, 1e-9, 1e-60]) {
        expect(relative(studentUpperTail(studentQuantileOfTail(tail, df), df), tail)).toBeLessThan(1e-12)
      }
    }
  })

  it('falls as the tail grows, and as degrees of freedom do, down to the normal quantile', () => {
    const tails = [0.01, 0.05, 0.2, 0.4].map((tail) => studentQuantileOfTail(tail, 5))
    expect([...tails].sort((a, b) => b - a)).toEqual(tails)
    const freedoms = [1, 2, 10, 100, 1e5].map((df) => studentQuantileOfTail(0.05, df))
    expect([...freedoms].sort((a, b) => b - a)).toEqual(freedoms)
    expect(freedoms.at(-1)! + normalQuantile(0.05)).toBeGreaterThan(0)
    expect(freedoms.at(-1)! + normalQuantile(0.05)).toBeLessThan(1e-4)
  })

  it('is near 0 where the tail is nearly one half: what is left of it, over the density at 0', () => {
    // python3: (.5 - .4999999)/st.t.pdf(0, 5) = 2.6343055e-7
    expect(studentQuantileOfTail(0.4999999, 5) / 2.6343055e-7).toBeCloseTo(1, 5)
  })
})
