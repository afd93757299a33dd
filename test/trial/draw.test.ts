import { describe, expect, it } from 'vitest'
import { drawn } from '../../src/trial/draw.js'

describe('drawn', () => {
  const N = 20_000
  const draws = Array.from({ length: N }, (_, i) => drawn(1, i % 100, Math.floor(i / 100)))

  it('is uniform: χ² over 50 cells below its .9999 quantile', () => {
    const cells = new Array<number>(50).fill(0)
    for (const u of draws) cells[Math.floor(u * 50)]!++
    const chi2 = cells.reduce((sum, n) => sum + (n - N / 50) ** 2 / (N / 50), 0)
    // scipy.stats.chi2.ppf(.9999, 49) = 94.6
    expect(chi2).toBeLessThan(94.6)
  })

  it('gives neighbouring runs and neighbouring cases unrelated numbers', () => {
    const correlation = (of: (i: number) => number) =>
      (12 / N) * draws.reduce((sum, u, i) => sum + (u - 0.5) * (of(i) - 0.5), 0)
    expect(Math.abs(correlation((i) => drawn(1, (i % 100) + 1, Math.floor(i / 100))))).toBeLessThan(4 / Math.sqrt(N))
    expect(Math.abs(correlation((i) => drawn(1, i % 100, Math.floor(i / 100) + 1)))).toBeLessThan(4 / Math.sqrt(N))
    expect(Math.abs(correlation((i) => drawn(2, i % 100, Math.floor(i / 100))))).toBeLessThan(4 / Math.sqrt(N))
  })
})
