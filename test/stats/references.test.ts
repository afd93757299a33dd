import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { weightedHolm } from '../../src/stats/holm.js'
import { jackknifeError } from '../../src/stats/jackknife.js'
import { normalQuantile, normalUpperTail } from '../../src/stats/normal.js'
import { midPMcNemar, tangoInterval } from '../../src/stats/paired.js'
import { incompleteBeta, logBeta, logGamma } from '../../src/stats/special.js'
import { studentQuantileOfTail, studentUpperTail } from '../../src/stats/student.js'

// Every expected value was computed by fixtures/references/generate.py with mpmath, scipy or scikit-learn; its key names
// the function.
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/references/${name}`, import.meta.url), 'utf8'))

type Rows = readonly (readonly number[])[]

const relative = (actual: number, expected: number) =>
  expected === 0 ? Math.abs(actual) : Math.abs(actual / expected - 1)

const plusOne = (rows: Rows): Rows => rows.map((row) => [...row.slice(0, -1), row.at(-1)! + 1])

function agrees(rows: Rows, of: (...args: number[]) => number, tolerance: number) {
  for (const row of rows) {
    const expected = row.at(-1)!
    const actual = of(...row.slice(0, -1))
    expect(relative(actual, expected), `f(${row.slice(0, -1)}) = ${actual}, reference ${expected}`).toBeLessThan(
      tolerance,
    )
  }
}

describe('special functions agree with mpmath', () => {
  const values = read('special-functions.json') as Record<string, Rows>
  const rows = (name: string) => values[Object.keys(values).find((key) => key.startsWith(`${name}:`))!]!

  it('logGamma', () => agrees(plusOne(rows('logGamma')), (x) => logGamma(x!) + 1, 1e-14))
  it('logBeta', () => agrees(rows('logBeta'), (a, b) => logBeta(a!, b!), 1e-13))
  it('incompleteBeta', () => agrees(rows('incompleteBeta'), (x, a, b) => incompleteBeta(x!, 1 - x!, a!, b!), 1e-12))
  it('normalUpperTail', () => agrees(rows('normalUpperTail'), normalUpperTail, 1e-12))
  it('normalQuantile', () => agrees(rows('normalQuantile'), normalQuantile, 1e-12))
  it('studentUpperTail', () => agrees(rows('studentUpperTail'), (t, df) => studentUpperTail(t!, df!), 1e-12))
  it('studentQuantileOfTail', () =>
    agrees(rows('studentQuantileOfTail'), (tail, df) => studentQuantileOfTail(tail!, df!), 1e-12))
})

describe('inference agrees with scipy', () => {
  const values = read('inference.json')

  it('midPMcNemar', () =>
    agrees(
      values['midPMcNemar: scipy.stats.binom'],
      (harmed, helped) => midPMcNemar({ harmed: harmed!, helped: helped! }),
      1e-10,
    ))

  it('tangoInterval', () => {
    for (const [n, harmed, helped, low, high] of values['tangoInterval: restricted likelihood by scipy.optimize']) {
      const interval = tangoInterval({ n, harmed, helped }, 0.05)
      expect(interval.low).toBeCloseTo(low, 6)
      expect(interval.high).toBeCloseTo(high, 6)
    }
  })

  it.each(['weightedHolm: closed testing by enumeration', 'holm with equal weights'])('%s', (key) => {
    const [ps, weights, adjusted] = values[key] as [number[], number[], number[]]
    const actual = weightedHolm(ps.map((p, i) => ({ p, weight: weights[i]! })))
    actual.forEach((p, i) => {
      expect(p).toBeCloseTo(adjusted[i]!, 12)
    })
  })

  it('jackknifeError of a mean is the classical standard error', () => {
    const groups: number[][] = values.jackknife.groups
    const total = groups.flat().reduce((a, b) => a + b, 0)
    const deleted = groups.map((group) => (total - group.reduce((a, b) => a + b, 0)) / (4 * (groups.length - 1)))
    const expected = values.jackknife['mean standard error: scipy.stats.sem of group means']
    expect(relative(jackknifeError(deleted), expected)).toBeLessThan(1e-9)
  })

  it('jackknifeError of a ratio', () => {
    const { weights, values: x } = values.jackknife as { weights: number[]; values: number[] }
    const sum = x.reduce((total, value, i) => total + value * weights[i]!, 0)
    const mass = weights.reduce((a, b) => a + b, 0)
    const deleted = x.map((value, i) => (sum - value * weights[i]!) / (mass - weights[i]!))
    expect(relative(jackknifeError(deleted), values.jackknife['ratio standard error: definition'])).toBeLessThan(1e-9)
  })
})
