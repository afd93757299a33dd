import { describe, expect, it } from 'vitest'
import { clopperPearson, wilsonInterval } from '../../src/stats/proportion.js'

describe.each([wilsonInterval, clopperPearson])('%o', (interval) => {
  it('keeps low at 0 without events and high at 1 without others', () => {
    for (const n of [1, 30, 1e6]) {
      expect(interval({ events: 0, n }, 0.05).low).toBe(0)
      expect(interval({ events: n, n }, 0.05).high).toBe(1)
    }
  })

  it('mirrors when events and others are exchanged', () => {
    for (let events = 0; events <= 40; events++) {
      const one = interval({ events, n: 40 }, 0.025)
      const other = interval({ events: 40 - events, n: 40 }, 0.025)
      expect(one.low).toBeCloseTo(1 - other.high, 14)
      expect(one.low).toBeLessThanOrEqual(events / 40)
      expect(one.high).toBeGreaterThanOrEqual(events / 40)
    }
  })

  it.each([
    [-1, 5],
    [6, 5],
    [0, 0],
    [Number.NaN, 5],
  ])('refuses %d events of %d', (events, n) => {
    expect(() => interval({ events, n }, 0.05)).toThrow(new RangeError(`${events} events of ${n} trials`))
  })
})

/** P(the interval holds the share), by summing the binomial over all counts. */
function coverage(interval: typeof wilsonInterval, { n, share }: { n: number; share: number }): number {
  let probability = (1 - share) ** n
  let covered = 0
  for (let events = 0; events <= n; events++) {
    const { low, high } = interval({ events, n }, 0.05)
    if (low <= share && share <= high) covered += probability
    probability *= ((n - events) / (events + 1)) * (share / (1 - share))
  }
  return covered
}

describe('coverage at n = 25 over shares from .005 to .995', () => {
  const shares = Array.from({ length: 199 }, (_, i) => (i + 1) / 200)

  it('of clopperPearson is never below 1 − 2α', () => {
    for (const share of shares) expect(coverage(clopperPearson, { n: 25, share })).toBeGreaterThanOrEqual(0.9 - 1e-12)
  })

  it('of wilsonInterval is 1 − 2α on average, within .01, and below it for some', () => {
    const all = shares.map((share) => coverage(wilsonInterval, { n: 25, share }))
    expect(Math.abs(all.reduce((sum, one) => sum + one, 0) / all.length - 0.9)).toBeLessThan(0.01)
    expect(Math.min(...all)).toBeLessThan(0.9)
  })
})
