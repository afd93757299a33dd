import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { chiSquaredUpperTail } from '../../src/stats/chi-squared.js'
import { entropy, jensenShannon, millerMadow } from '../../src/stats/entropy.js'
import { stuartMaxwell } from '../../src/stats/stuart-maxwell.js'

// Expected values: fixtures/references/generate-formats.py, with scipy and statsmodels.
const values = JSON.parse(
  readFileSync(new URL('../../fixtures/references/formats.json', import.meta.url), 'utf8'),
) as Record<string, unknown[][]>
const rows = <Row>(name: string) => values[Object.keys(values).find((key) => key.startsWith(`${name}:`))!] as Row[]

const close = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-11 * Math.abs(expected) + 1e-15)

describe('entropy', () => {
  it.each(rows<[number[], number]>('entropy'))('of %j agrees with scipy', (shares, expected) => {
    close(entropy(shares), expected)
    close(entropy(shares.map((share) => 7 * share)), expected)
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
  it.each(rows<[number[], number[], number]>('jensenShannon'))('of %j and %j agrees with scipy', (p, q, expected) => {
    close(jensenShannon(p, q), expected)
    close(jensenShannon(q, p), expected)
  })
})

describe('chiSquaredUpperTail', () => {
  it.each(rows<[number, number, number]>('chiSquaredUpperTail'))(
    'of %d with %d degrees agrees with scipy',
    (x, df, expected) => {
      close(chiSquaredUpperTail(x, df), expected)
    },
  )
})

describe('stuartMaxwell', () => {
  it.each(rows<[number[][], number, number, number]>('stuartMaxwell'))(
    'of %j agrees with statsmodels',
    (table, statistic, df, p) => {
      const test = stuartMaxwell(table)!
      close(test.statistic, statistic)
      expect(test.degreesOfFreedom).toBe(df)
      close(test.p, p)
    },
  )

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
