import { describe, expect, it } from 'vitest'
import { worstCaseReading } from '../../src/audit/readings.js'
import type { Case } from '../../src/domain/case.js'
import type { Measure, Value } from '../../src/domain/measure.js'
import { harmInterval } from '../../src/stats/interval.js'
import { degreesOfFreedom } from '../../src/stats/jackknife.js'
import { ALPHA, estimated, measuredOf, pooledOf } from './estimates.js'
import { bucketOf, LIT, lights, PLAIN, SAMPLED, WITH_LOST } from './lighthouses.js'

const NORTH = lights('north', { both: 150, out: 40, on: 10, dark: 30 })
const SOUTH = lights('south', { both: 60, out: 5, on: 9, dark: 20 })

function changeIn(cases: readonly Case[]): number {
  const lit = (arm: 'baseline' | 'tuned') => cases.filter((one) => one[arm][0]!.correct === true).length
  return lit('tuned') / cases.length - lit('baseline') / cases.length
}

/** The interval from first principles: the change counted anew without each bucket. */
function jackknifed(cases: readonly Case[], clusters: number, range: number | null = 1, sign: 1 | -1 = -1) {
  const buckets = [...new Set(cases.map(bucketOf))].sort((a, b) => a - b)
  const rests = buckets.map((bucket) => cases.filter((one) => bucketOf(one) !== bucket))
  const df = degreesOfFreedom(rests.map((rest) => cases.length - rest.length))
  const deleted = rests.map((rest) => sign * changeIn(rest))
  return harmInterval(
    { harm: sign * changeIn(cases), deleted, degreesOfFreedom: df, range, clusters, paired: null },
    ALPHA,
  )
}

describe('an estimate', () => {
  it('has the jackknife’s interval, turned round where lower is worse', () => {
    const { interval, change, degreesOfFreedom: df, ...found } = pooledOf(PLAIN, NORTH)
    const expected = jackknifed(NORTH, 230)
    expect(interval).toEqual(expected)
    expect(change).toEqual({
      value: 160 / 230 - 190 / 230,
      low: -expected.high,
      high: -expected.low,
      level: 0.9,
      method: 'jackknife',
    })
    expect(found).toEqual({
      kind: 'measured',
      baseline: 190 / 230,
      tuned: 160 / 230,
      n: 230,
      clusters: 230,
      paired: null,
      details: {},
    })
    expect(df).toBeGreaterThan(50)
    expect(df).toBeLessThan(128)
  })

  it('of which more is worse has the interval as it is', () => {
    const { interval, change } = pooledOf({ ...PLAIN, worse: 'higher' }, NORTH)
    const expected = jackknifed(NORTH, 230, 1, 1)
    expect(interval).toEqual(expected)
    expect(change).toMatchObject({ low: expected.low, high: expected.high })
  })

  it('without a direction of harm leaves no room for events that were not seen', () => {
    expect(pooledOf({ ...PLAIN, worse: null }, NORTH).interval).toEqual(jackknifed(NORTH, 230, null, 1))
  })

  it('of yes/no outcomes has Tango’s interval, harm being what got worse', () => {
    const { interval, paired, change } = pooledOf(LIT, NORTH)
    expect(paired).toEqual({ n: 230, harmed: 40, helped: 10 })
    expect(interval!.method).toBe('tango')
    expect(change.method).toBe('tango')
    expect(pooledOf({ ...LIT, worse: 'higher' }, NORTH).paired).toEqual({ n: 230, harmed: 10, helped: 40 })
  })

  it('has a p that exchanging the cases that moved could give', () => {
    const p = (moved: number | null) => pooledOf({ ...PLAIN, moved: () => moved }, NORTH).interval!.p
    expect(p(4)).toBe(2 ** -4)
    expect(p(null)).toBe(jackknifed(NORTH, 230).p)
    expect(p(null)).toBeLessThan(2 ** -10)
    expect(pooledOf({ ...PLAIN, moved: (sums) => sums.count('wentOut') / 8 }, NORTH).interval!.p).toBe(2 ** -5)
  })

  it('of clustered cases has no paired methods, and as many clusters as they are worth', () => {
    const pairs = lights('north', { both: 150, out: 40, on: 10, dark: 30 }, (i) => `reef ${Math.floor(i / 2)}`)
    const { interval, paired, clusters } = pooledOf(LIT, pairs)
    expect(paired).toBeNull()
    expect(clusters).toBe(115)
    expect(interval).toEqual(jackknifed(pairs, 115))
  })

  it('that is a point has neither interval nor paired counts', () => {
    expect(pooledOf({ ...LIT, interval: 'none' }, NORTH)).toMatchObject({
      interval: null,
      paired: null,
      n: 230,
      change: { value: 160 / 230 - 190 / 230, low: null, high: null, level: null, method: 'point' },
    })
  })

  it('of the pair alone has a change and no arms', () => {
    const change: Measure = { ...PLAIN, of: (sums) => ({ kind: 'change', change: sums.count('wentOut') / 1000 }) }
    expect(pooledOf(change, NORTH)).toMatchObject({ baseline: null, tuned: null, change: { value: 0.04 } })
  })

  it('shows the details of its value, and those of the measure over all tasks', () => {
    const detailed: Measure = {
      ...PLAIN,
      of: (sums, whole) => ({ ...(PLAIN.of(sums, whole) as Value), details: { fog: 'thick' } }),
      details: (sums) => ({ watched: sums.count('cases') }),
    }
    const { pooled, tasks } = estimated(detailed, [...NORTH, ...SOUTH])
    expect(measuredOf(pooled).details).toEqual({ fog: 'thick', watched: 324 })
    expect(tasks.map(([, own]) => measuredOf(own).details)).toEqual([
      { fog: 'thick', watched: 230 },
      { fog: 'thick', watched: 94 },
    ])
  })
})

describe('the ends of an interval', () => {
  const few = lights('north', { both: 1, out: 3, on: 1 })

  it.each(['share', 'area'] as const)('of a %s are no further than 1', (unit) => {
    const { change, interval } = pooledOf({ ...PLAIN, unit }, few)
    expect(interval!.high).toBeGreaterThan(1)
    expect(change.low).toBe(-1)
    expect(change.high).toBeLessThan(1)
    expect(pooledOf({ ...PLAIN, unit, worse: 'higher' }, lights('north', { both: 1, on: 3 })).change.high).toBe(1)
  })

  it.each([
    ['a score', { unit: 'score' }],
    ['a share that is no mean over cases', { range: null }],
    ['a share of a wider range', { range: 2 }],
  ] as const)('of %s are as they are', (_, given) => {
    const { change, interval } = pooledOf({ ...PLAIN, ...given }, few)
    expect(change.low).toBe(-interval!.high)
    expect(change.low).toBeLessThan(-1)
  })
})

describe('a worst case', () => {
  const cases = lights('north', { both: 30, out: 6, on: 3, lost: 4 })

  it('is read from its own columns, without paired methods', () => {
    const reading = worstCaseReading(WITH_LOST)!
    expect(reading.withLost).toBe(true)
    const { pooled } = estimated(WITH_LOST, cases, reading)
    expect(pooled).toMatchObject({ n: 43, baseline: 40 / 43, tuned: 33 / 43, paired: null, details: {} })
    expect(pooledOf(WITH_LOST, cases)).toMatchObject({ n: 39, baseline: 36 / 39, paired: { n: 39 } })
  })

  it('that is no number is a bug too', () => {
    const broken: Measure = { ...PLAIN, worstCase: { cases: ['cases'], of: () => ({ kind: 'change', change: NaN }) } }
    expect(() => estimated(broken, cases, worstCaseReading(broken)!)).toThrow('the measure lit-rate gave NaN')
  })

  it('of the sample is the measure itself, lost cases among its own', () => {
    const { measure, withLost } = worstCaseReading({ ...SAMPLED, worstCase: { sample: 'with-lost' } })!
    expect(withLost).toBe(true)
    expect(measure).toMatchObject({ id: SAMPLED.id, cases: SAMPLED.cases, corpus: SAMPLED.corpus })
  })

  it('is absent where the measure has none', () => {
    expect(worstCaseReading(PLAIN)).toBeNull()
  })
})
