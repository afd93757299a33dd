import { describe, expect, it } from 'vitest'
import { exactMcNemar, harmWithin, midPMcNemar, tangoInterval } from '../../src/stats/paired.js'

describe('exactMcNemar', () => {
  it.each([0, 1, 2, 600, 10_000, 5_000_000])('is 1 for %d against as many', (count) => {
    expect(exactMcNemar({ harmed: count, helped: count })).toBe(1)
  })

  it('is the same when harmed and helped are exchanged, and falls as they part', () => {
    let last = 1
    for (let harmed = 501; harmed < 1200; harmed += 7) {
      const p = exactMcNemar({ harmed, helped: 500 })
      expect(p).toBe(exactMcNemar({ harmed: 500, helped: harmed }))
      expect(p).toBeLessThanOrEqual(last)
      last = p
    }
    expect(last).toBeGreaterThan(0)
  })

  it('is 2^(1 − n) where all of n changed one way', () => {
    for (const n of [1, 20, 1000]) expect(exactMcNemar({ harmed: n, helped: 0 }) * 2 ** (n - 1)).toBeCloseTo(1, 11)
  })
})

describe('midPMcNemar', () => {
  it('is ½ without a discordant case', () => expect(midPMcNemar({ harmed: 0, helped: 0 })).toBe(0.5))

  it('of one side and of the other add up to 1', () => {
    for (const [a, b] of [
      [0, 0],
      [3, 9],
      [600, 600],
      [70_000, 69_500],
    ] as const) {
      const both = midPMcNemar({ harmed: a, helped: b }) + midPMcNemar({ harmed: b, helped: a })
      expect(both).toBeCloseTo(1, 12)
    }
  })
})

describe('tangoInterval', () => {
  it('has the end z²/(n + z²) where nothing changed', () => {
    const z2 = 1.6448536269514722 ** 2
    for (const n of [10, 52, 5000]) {
      const { low, high } = tangoInterval({ n, harmed: 0, helped: 0 }, 0.05)
      expect(high).toBeCloseTo(z2 / (n + z2), 14)
      expect(low).toBeCloseTo(-z2 / (n + z2), 14)
    }
  })

  it('reaches the end of the scale where all cases changed one way', () => {
    expect(tangoInterval({ n: 5, harmed: 5, helped: 0 }, 0.05).high).toBe(1)
    expect(tangoInterval({ n: 5, harmed: 0, helped: 5 }, 0.05).low).toBe(-1)
  })
})

describe('harmWithin', () => {
  const z = -1.6448536269514722

  it('says of every margin whether Tango’s upper end stays within it', () => {
    for (const counts of [
      { n: 40, harmed: 3, helped: 1 },
      { n: 40, harmed: 0, helped: 6 },
      { n: 12, harmed: 12, helped: 0 },
      { n: 9, harmed: 0, helped: 9 },
    ]) {
      const { high } = tangoInterval(counts, 0.05)
      for (let margin = -0.99; margin <= 1; margin += 0.03) {
        expect(harmWithin(counts, margin, z)).toBe(high <= margin)
      }
    }
  })

  it('holds for a margin of the whole scale, whatever happened', () => {
    expect(harmWithin({ n: 5, harmed: 5, helped: 0 }, 1, z)).toBe(true)
  })

  // No discordant case, difference d: the restricted rates are d and 0, so the statistic is −n·d/√(n·d·(1 − d)),
  // for n = 4 and d = ½ it is −2.
  it('rejects where the statistic is z itself', () => {
    expect(harmWithin({ n: 4, harmed: 0, helped: 0 }, 0.5, -2)).toBe(true)
  })

  it('has a statistic of 0 where the difference is the estimate, and none varies', () => {
    const unchanged = { n: 8, harmed: 0, helped: 0 }
    expect(harmWithin(unchanged, 0, 0)).toBe(true)
    expect(harmWithin(unchanged, 0, -1e-9)).toBe(false)
    expect(harmWithin({ n: 8, harmed: 3, helped: 1 }, 0.25, 0)).toBe(true)
  })

  it('is never within a margin of −1 unless all were helped', () => {
    expect(harmWithin({ n: 8, harmed: 0, helped: 7 }, -1, 0)).toBe(false)
    expect(harmWithin({ n: 8, harmed: 0, helped: 8 }, -1, 0)).toBe(true)
  })
})
