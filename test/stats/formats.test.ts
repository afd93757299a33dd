import { describe, expect, it } from 'vitest'
import { chiSquaredUpperTail } from '../../src/stats/chi-squared.js'
import { entropy, jensenShannon, millerMadow } from '../../src/stats/entropy.js'
import { stuartMaxwell } from '../../src/stats/stuart-maxwell.js'

describe('entropy', () => {
  it('does not depend on what the shares add up to', () => {
    expect(entropy([1.4, 2.1, 3.5])).toBeCloseTo(entropy([0.2, 0.3, 0.5]), 14)
  })

  it('is corrected by (m − 1)/2n, which takes most of its bias away', () => {
    // Exact expectation over all samples of n = 12 from two classes of .3 and .7, by summing over the binomial.
    const n = 12
    let plugIn = 0
    let corrected = 0
    let weight = 0.7 ** n
    for (let k = 0; k <= n; k++) {
      plugIn += weight * entropy([k / n, 1 - k / n])
      corrected += weight * millerMadow([k / n, 1 - k / n], n)
      weight *= ((n - k) / (k + 1)) * (0.3 / 0.7)
    }
    const truth = entropy([0.3, 0.7])
    expect(truth - plugIn).toBeGreaterThan(0.04)
    expect(Math.abs(corrected - truth)).toBeLessThan((truth - plugIn) / 5)
  })
})

describe('jensenShannon', () => {
  it('is the same for exchanged lists, 0 for equal ones', () => {
    const [p, q] = [
      [0.2, 0.3, 0.5],
      [0.1, 0, 0.9],
    ]
    expect(jensenShannon(p!, q!)).toBe(jensenShannon(q!, p!))
    expect(jensenShannon(p!, p!)).toBe(0)
  })
})

describe('stuartMaxwell', () => {
  it('leaves out classes in which nothing moved', () => {
    const small = [
      [3, 5],
      [1, 2],
    ]
    const large = [
      [3, 0, 5, 0],
      [0, 9, 0, 0],
      [1, 0, 2, 0],
      [0, 0, 0, 0],
    ]
    expect(stuartMaxwell(large)).toEqual(stuartMaxwell(small))
  })

  it('has nothing to say of a table without moves', () => {
    expect(
      stuartMaxwell([
        [4, 0],
        [0, 7],
      ]),
    ).toBeNull()
  })
})

describe('stuartMaxwell of classes that exchange cases only in pairs', () => {
  it('is null: the covariance of three of the four differences is singular', () => {
    expect(
      stuartMaxwell([
        [5, 3, 0, 0],
        [1, 5, 0, 0],
        [0, 0, 5, 4],
        [0, 0, 2, 5],
      ]),
    ).toBeNull()
  })
})

describe('chiSquaredUpperTail', () => {
  it('is 1 at 0, and where rounding took a statistic below it', () => {
    for (const degreesOfFreedom of [1, 2, 3, 4]) {
      expect(chiSquaredUpperTail(0, degreesOfFreedom)).toBe(1)
      expect(chiSquaredUpperTail(-1e-15, degreesOfFreedom)).toBe(1)
    }
  })
})
