import { describe, expect, it } from 'vitest'
import type { Measure, Unmeasured, Value } from '../../src/domain/measure.js'
import { estimated, pooledOf } from './estimates.js'
import { EVEN, lights, PLAIN } from './lighthouses.js'

const NORTH = lights('north', { both: 150, out: 40, on: 10, dark: 30 })

describe('too few buckets', () => {
  it('give no interval: one, or none that leaves cases', () => {
    const together = lights('north', { both: 5, out: 1 }, () => 'one reef')
    const reason = { code: 'too-few-buckets', buckets: 1 }
    expect(estimated(PLAIN, together).pooled).toEqual({ kind: 'unmeasured', reason, n: 6 })
  })

  it('give none either where they hold so uneven parts that fewer than two are left', () => {
    const uneven = lights('north', { both: 99, out: 1 }, (i) => (i === 0 ? 'rock' : 'reef'))
    const reason = { code: 'too-few-buckets', buckets: 2 }
    expect(estimated(PLAIN, uneven).pooled).toEqual({ kind: 'unmeasured', reason, n: 100 })
  })

  it('are two of one size no more', () => {
    const even = lights('north', { both: 4, out: 2 }, (i) => (i % 2 === 0 ? 'rock' : 'reef'))
    expect(pooledOf(PLAIN, even)).toMatchObject({ degreesOfFreedom: 1, interval: { buckets: 2 } })
  })

  it('are no obstacle to a point estimate', () => {
    expect(pooledOf({ ...PLAIN, interval: 'none' }, lights('north', { out: 1 })).change.value).toBe(-1)
  })
})

describe('a measure that gives no number', () => {
  const giving = (value: Value | Unmeasured) => () =>
    estimated({ ...PLAIN, of: () => value, worstCase: { cases: ['cases'], of: () => value } }, NORTH)

  it('is a bug of its detector, named', () => {
    const arms = { kind: 'arms', baseline: Number.NaN, tuned: 0.5 } as const
    expect(giving(arms)).toThrow('the measure lit-rate gave NaN and 0.5')
    expect(giving({ ...arms, baseline: 0, tuned: Number.NEGATIVE_INFINITY })).toThrow('gave 0 and -Infinity')
    expect(giving({ kind: 'change', change: Number.POSITIVE_INFINITY })).toThrow('the measure lit-rate gave Infinity')
  })

  it('for a reason is unmeasured', () => {
    const reason = { code: 'nothing-changed' } as const
    expect(giving({ kind: 'unmeasured', reason })().pooled).toEqual({ kind: 'unmeasured', reason, n: 230 })
  })
})

describe('what keeps nothing to measure', () => {
  const unavailable = { code: 'not-declared', option: 'course' } as const

  it('is said before anything is read', () => {
    const never: Measure = {
      ...PLAIN,
      unavailable,
      of: () => {
        throw new Error('it was read')
      },
    }
    expect(estimated(never, NORTH)).toEqual({ pooled: { kind: 'unmeasured', reason: unavailable, n: 0 }, tasks: [] })
  })

  it('is the field that no case carries, or what the measure says where it needs none', () => {
    const reason = { code: 'several-formats' } as const
    const none: Measure = { ...PLAIN, cases: ['lost'], of: () => ({ kind: 'unmeasured', reason }) }
    const why = (measure: Measure) => estimated(measure, NORTH).pooled
    expect(why(none)).toEqual({ kind: 'unmeasured', reason, n: 0 })
    const missing = { code: 'missing-field', needs: ['score'] }
    expect(why({ ...none, needs: ['score'] })).toEqual({ kind: 'unmeasured', reason: missing, n: 0 })
  })

  it('is that the measure exists only with some of its cases', () => {
    const fragile: Measure = {
      ...PLAIN,
      of: (sums, whole) =>
        sums.count('cases') < whole.count('cases') - 1
          ? { kind: 'unmeasured', reason: { code: 'nothing-changed' } }
          : PLAIN.of(sums, whole),
    }
    const reason = { code: 'undefined-without-some-cases' }
    expect(estimated(fragile, NORTH).pooled).toEqual({ kind: 'unmeasured', reason, n: 230 })
    expect(estimated({ ...fragile, pool: EVEN }, NORTH).pooled).toEqual({ kind: 'unmeasured', reason, n: 230 })
  })
})
