import { describe, expect, it } from 'vitest'
import { degreesOfFreedom, jackknifeError, kishSize } from '../../src/stats/jackknife.js'

describe('jackknifeError', () => {
  it('refuses fewer than two buckets', () => {
    expect(() => jackknifeError([0.3])).toThrow(new RangeError('a jackknife needs at least two buckets'))
    expect(() => jackknifeError([])).toThrow(RangeError)
  })

  // (B − 1)/B·Σ(θ − θ̄)² with two values a distance d apart: ½·d²/2.
  it('of two buckets is half the distance of their values', () => {
    expect(jackknifeError([0.1, 0.5])).toBeCloseTo(0.2, 15)
  })
})

describe('degreesOfFreedom', () => {
  it('is one less than the buckets that hold cases, where these hold as many', () => {
    expect(degreesOfFreedom([3, 0, 3, 3, 3])).toBe(3)
  })

  it('is (Σn)²/Σn² − 1 where they do not: 10²/82 − 1', () => {
    expect(degreesOfFreedom([9, 1])).toBeCloseTo(100 / 82 - 1, 15)
  })
})

describe('kishSize', () => {
  it('counts equal weights, and half of them where the others weigh nothing', () => {
    expect(kishSize([2.5, 2.5, 2.5, 2.5])).toBe(4)
    expect(kishSize([2.5, 0, 2.5, 0])).toBe(2)
  })

  it('is 0 without weights', () => {
    expect(kishSize([])).toBe(0)
    expect(kishSize([0, 0])).toBe(0)
  })
})
