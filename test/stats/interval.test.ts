import { describe, expect, it } from 'vitest'
import { type Harm, harmInterval, unseenError } from '../../src/stats/interval.js'
import { midPMcNemar, tangoInterval } from '../../src/stats/paired.js'

const ALPHA = 0.05

/** The mean of values, each a bucket of its own: leaving one out gives the mean of the others. */
function meanOf(values: readonly number[], overrides: Partial<Harm> = {}): Harm {
  const total = values.reduce((sum, value) => sum + value, 0)
  const n = values.length
  return {
    harm: total / n,
    deleted: values.map((value) => (total - value) / (n - 1)),
    degreesOfFreedom: n - 1,
    range: 1,
    clusters: n,
    paired: null,
    ...overrides,
  }
}

const CHANGES = [0.4, 0.1, -0.2, 0.3, 0, 0.5, 0.2, -0.1, 0.3, 0.1, 0.2, 0.4]

// python3: x the changes, n = 12: m = mean(x); se = std(x, ddof=1)/n**.5; t = st.t.ppf(.95, 11); u = t/(2*n)
describe('harmInterval of a mean over twelve clusters', () => {
  const interval = () => harmInterval(meanOf(CHANGES), ALPHA)

  it('has the standard error of a mean', () => expect(interval().spread).toBeCloseTo(0.06134024993938534, 14))

  it('ends at m − t·se and at m + t·(u + hypot(se, u))', () => {
    expect(interval().low).toBeCloseTo(0.07317330969170256, 13)
    expect(interval().high).toBeCloseTo(0.4914813629869434, 12)
  })

  it('is Student’s where a case has no largest change: m + t·se', () => {
    expect(harmInterval(meanOf(CHANGES, { range: null }), ALPHA).high).toBeCloseTo(0.29349335697496415, 13)
  })

  // st.t.sf(m/se, 11)
  it('has the p of a t test', () => expect(interval().p).toBeCloseTo(0.006162125255546748, 14))

  it('says that it came from the jackknife, and over how many buckets', () => {
    expect(interval()).toMatchObject({ method: 'jackknife', buckets: 12, canFail: true })
  })
})

describe('harmInterval where all clusters agree', () => {
  // t²·range/clusters with t = st.t.ppf(.95, 9), 40 clusters in 10 buckets
  it('is t²·range/clusters wide towards harm without any event, and its p is ½', () => {
    const none = harmInterval(meanOf(new Array(10).fill(0), { clusters: 40 }), ALPHA)
    expect(none).toMatchObject({ low: 0, spread: 0, p: 0.5 })
    expect(none.high).toBeCloseTo(0.08400757559655012, 12)
  })

  it('has at least the p of exchanging whole buckets, 2^-buckets', () => {
    expect(harmInterval(meanOf(new Array(10).fill(0.25)), ALPHA).p).toBe(2 ** -10)
    const nearly = new Array(10).fill(0.25).map((value, i) => value + i * 1e-9)
    expect(harmInterval(meanOf(nearly), ALPHA).p).toBe(2 ** -10)
    // Of three cases that differ one in eight exchanges gives as much.
    expect(harmInterval(meanOf(nearly, { moved: 3 }), ALPHA).p).toBe(1 / 8)
    expect(harmInterval(meanOf(nearly, { moved: 30 }), ALPHA).p).toBe(2 ** -10)
  })

  it('has p = 1 where all clusters were helped alike', () => {
    expect(harmInterval(meanOf(new Array(10).fill(-0.25)), ALPHA).p).toBe(1)
  })

  it('has p = ½ where clusters disagree and harm is 0', () => {
    expect(harmInterval(meanOf([0.5, -0.5, 0.25, -0.25]), ALPHA).p).toBeCloseTo(0.5, 14)
  })
})

describe('harmInterval', () => {
  it('can fail from ten buckets on', () => {
    expect(harmInterval(meanOf(CHANGES.slice(0, 9)), ALPHA).canFail).toBe(false)
    expect(harmInterval(meanOf(CHANGES.slice(0, 10)), ALPHA).canFail).toBe(true)
  })

  it('of paired yes/no outcomes is Tango’s with McNemar’s mid-p, however few buckets there are', () => {
    const counts = { n: 20, harmed: 3, helped: 1 }
    const interval = harmInterval(meanOf([0.5, 0, 0.1], { paired: counts }), ALPHA)
    expect(interval).toMatchObject({ method: 'tango', ...tangoInterval(counts, ALPHA), buckets: 3, canFail: true })
    expect(interval.p).toBe(midPMcNemar(counts))
    // Variance of a change of 1 in 3 of 20 cases, −1 in 1 and 0 in 16: 4/20 − (2/20)² = .19, over 20 cases.
    expect(interval.spread).toBeCloseTo(Math.sqrt(0.19 / 20), 15)
  })
})

describe('unseenError', () => {
  it('is half of quantile·range/clusters, and 0 without a largest change', () => {
    expect(unseenError(2, 3, 12)).toBe(0.25)
    expect(unseenError(2, null, 12)).toBe(0)
  })
})

describe('harmInterval where clusters differ and harm is 0', () => {
  it('keeps the spread in its ends', () => {
    // Mean 0 of ±.5, ±.25: variance (.25 + .25 + .0625 + .0625)/3 = .2083, SE = √(.2083/4) = .22822
    const { spread, low, high } = harmInterval(meanOf([0.5, -0.5, 0.25, -0.25], { range: null }), ALPHA)
    expect(spread).toBeCloseTo(0.22821773229381923, 14)
    expect(low).toBe(-high)
  })
})
