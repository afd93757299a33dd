import { describe, expect, it } from 'vitest'
import { cohensKappa } from '../../src/stats/kappa.js'

describe('cohensKappa', () => {
  it('is exactly 0 where raters agree as by chance, whatever the counts', () => {
    expect(
      cohensKappa([
        [3 * 7, 3 * 11],
        [5 * 7, 5 * 11],
      ]),
    ).toBe(0)
  })

  it('is the same when the raters are exchanged', () => {
    const table = [
      [9, 4, 1],
      [2, 7, 3],
      [0, 5, 8],
    ]
    const exchanged = table.map((_, i) => table.map((row) => row[i]!))
    expect(cohensKappa(exchanged)).toBe(cohensKappa(table))
  })

  it('is null without items, and where both raters know one class only', () => {
    expect(cohensKappa([])).toBeNull()
    expect(
      cohensKappa([
        [0, 0],
        [0, 0],
      ]),
    ).toBeNull()
    expect(
      cohensKappa([
        [0, 0],
        [0, 12],
      ]),
    ).toBeNull()
  })
})
