import { describe, expect, it } from 'vitest'
import { benjaminiHochberg } from '../../src/stats/benjamini-hochberg.js'

describe('benjaminiHochberg', () => {
  it('finds the four discoveries at q = .05 of the fifteen tests in Benjamini & Hochberg 1995, §3.2', () => {
    const published = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ]
    expect(benjaminiHochberg(published).filter((p) => p <= 0.05)).toHaveLength(4)
  })

  it('gives equal p-values one adjusted value, in the order given', () => {
    expect(benjaminiHochberg([0.5, 0.01, 0.01, 0.9])).toEqual([0.5 * (4 / 3), 0.02, 0.02, 0.9])
    expect(benjaminiHochberg([0.03, 0.03, 0.03])).toEqual([0.03, 0.03, 0.03])
  })

  it('leaves one test as it is, and has nothing to say of none', () => {
    expect(benjaminiHochberg([0.2])).toEqual([0.2])
    expect(benjaminiHochberg([])).toEqual([])
  })
})
