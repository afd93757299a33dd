import { describe, expect, it } from 'vitest'
import { judge, type Question } from '../../src/audit/judge.js'
import { detectors } from '../../src/detectors/index.js'
import { decided, MEASURE, measured, POLICY, question } from './questions.js'

type Given = Parameters<typeof question>[0]

/** Status and reason of one question that is a family of its own, so that its adjusted p is its p. */
function decisionOf(given: Given) {
  const [one] = decided([question(given)])
  return [one!.status, one!.reason]
}

function findingOf(given: Given) {
  return judge([question(given)], POLICY)[0]!
}

describe('one question alone, margin .05, α .05', () => {
  it('passes where the harmful end is at most the margin', () => {
    expect(decisionOf({ interval: { high: 0.05 } })).toEqual(['pass', null])
    expect(decisionOf({ interval: { high: 0.0501 } })).toEqual(['inconclusive', { code: 'not-proven' }])
  })

  it('passes although harm is shown, where it is proven to be within the margin', () => {
    const shown = { low: 0.005, high: 0.04, p: 0.01 }
    expect(decisionOf({ interval: shown })).toEqual(['pass', { code: 'harm-within-margin' }])
  })

  it('fails where p is below α, and not at α', () => {
    const open = { low: 0.01, high: 0.09 }
    expect(decisionOf({ interval: { ...open, p: 0.0499 } })).toEqual(['fail', { code: 'harm-shown' }])
    expect(decisionOf({ interval: { ...open, p: 0.05 } })).toEqual(['inconclusive', { code: 'not-proven' }])
  })

  it('fails beyond the margin only where the whole interval lies past it', () => {
    expect(decisionOf({ interval: { low: 0.051, high: 0.2, p: 1e-4 } })).toEqual(['fail', { code: 'beyond-margin' }])
    expect(decisionOf({ interval: { low: 0.05, high: 0.2, p: 1e-4 } })).toEqual(['fail', { code: 'harm-shown' }])
  })

  it('cannot fail over too few buckets, and says so where harm is shown', () => {
    const few = { low: 0.06, high: 0.2, canFail: false, buckets: 9 }
    expect(decisionOf({ interval: { ...few, p: 0.001 } })).toEqual([
      'inconclusive',
      { code: 'too-few-buckets-to-fail', buckets: 9, need: 10 },
    ])
    expect(decisionOf({ interval: { ...few, p: 0.05 } })).toEqual(['inconclusive', { code: 'not-proven' }])
  })

  it('is noted where it does not decide, and unmeasured where there is no estimate', () => {
    expect(decisionOf({ role: 'noted', interval: { low: 0.1, high: 0.2, p: 0 } })).toEqual(['noted', null])
    expect(decisionOf({ margin: null })).toEqual(['noted', null])
    const reason = { code: 'nothing-changed' } as const
    expect(decisionOf({ estimate: { kind: 'unmeasured', reason, n: 3 } })).toEqual(['unmeasured', reason])
  })
})

describe('a worst case', () => {
  const worst = (high: number): Partial<Question> => ({ worstCase: measured({ high }) })

  it('must hold the margin too', () => {
    expect(decisionOf(worst(0.05))).toEqual(['pass', null])
    expect(decisionOf(worst(0.06))).toEqual(['inconclusive', { code: 'worst-case-not-proven', harmfulEnd: 0.06 }])
  })

  it('that could not be measured, or has no interval, does not hold', () => {
    const open = ['inconclusive', { code: 'worst-case-not-proven', harmfulEnd: null }]
    expect(decisionOf({ worstCase: { kind: 'unmeasured', reason: { code: 'nothing-changed' }, n: 0 } })).toEqual(open)
    expect(decisionOf({ worstCase: { ...measured({}), interval: null } })).toEqual(open)
  })

  it('does not excuse harm that is shown', () => {
    expect(decisionOf({ ...worst(0.06), interval: { p: 0.001 } })).toEqual(['fail', { code: 'harm-shown' }])
  })

  it('leaves a question whose own end is past the margin as it is', () => {
    expect(decisionOf({ ...worst(0.2), interval: { high: 0.1 } })).toEqual(['inconclusive', { code: 'not-proven' }])
  })

  it('stands in the details, beside the measure’s own', () => {
    expect(findingOf(worst(0.06)).details).toEqual({
      course: 'north',
      worstCase: { baseline: 0.1, tuned: 0.11, change: 0.01, low: -0.02, high: 0.06 },
    })
    const without = { ...measured({}), interval: null }
    expect(findingOf({ worstCase: without }).details).toEqual({ course: 'north' })
    expect(findingOf({}).details).toEqual({ course: 'north' })
  })
})

describe('a finding', () => {
  it('holds what was measured, on which terms it was judged, and what it can say', () => {
    expect(findingOf({ task: 'coast', role: 'watched', marginFrom: 'config' })).toMatchObject({
      detector: detectors[0]!.id,
      measure: 'off-course-rate',
      task: 'coast',
      role: 'watched',
      status: 'pass',
      decides: true,
      unit: 'share',
      worse: 'higher',
      baseline: 0.1,
      tuned: 0.11,
      margin: 0.05,
      marginFrom: 'config',
      wouldBe: null,
      waiver: null,
      n: 400,
      eligible: 500,
      clusters: 100,
      p: 0.3,
      adjustedP: 0.3,
      threshold: 0.05,
      accept: null,
    })
  })

  it('of no margin has no source of one; one that nobody set is the measure’s own', () => {
    expect(findingOf({ margin: null }).marginFrom).toBeNull()
    expect(findingOf({}).marginFrom).toBe('default')
  })

  it('that does not decide has no adjusted p, threshold, sizes or chance', () => {
    const none = { adjustedP: null, threshold: null, detectable: null, casesNeeded: null, passChance: null }
    expect(findingOf({ role: 'noted' })).toMatchObject({ ...none, decides: false, p: 0.3 })
  })

  it('without a direction of harm has no p', () => {
    const measure = { ...MEASURE, worse: null }
    expect(findingOf({ role: 'noted', measure }).p).toBeNull()
    expect(findingOf({ role: 'noted', estimate: { ...measured({}), interval: null } }).p).toBeNull()
  })

  it('without an estimate has no numbers but the cases that carry it', () => {
    const estimate = { kind: 'unmeasured', reason: { code: 'nothing-changed' }, n: 3 } as const
    expect(findingOf({ estimate })).toMatchObject({
      status: 'unmeasured',
      baseline: null,
      tuned: null,
      change: null,
      clusters: 0,
      n: 3,
      p: null,
      passChance: null,
      details: {},
    })
  })

  it('has sizes from its own share of α', () => {
    const alone = findingOf({})
    const [first] = judge([question({}), question({ role: 'watched' })], POLICY)
    expect(first!.detectable).toBeGreaterThan(alone.detectable!)
    expect(first!.passChance).toBe(alone.passChance)
  })
})

describe('what a failing finding offers', () => {
  const failing = (high: number) => findingOf({ interval: { low: 0.06, high, p: 1e-6 } }).accept

  it.each([
    [0.1234, 0.13],
    [0.12, 0.12],
    [0.0961, 0.097],
    [0.999, 1],
  ])('is the smallest margin of two digits that would have held: %f → %f', (high, margin) => {
    const expected = margin >= 1 ? { kind: 'role', role: 'noted' } : { kind: 'margin', margin }
    expect(failing(high)).toEqual(expected)
  })

  it('is to note a measure that no margin below its range would let pass', () => {
    expect(failing(1)).toEqual({ kind: 'role', role: 'noted' })
    const unbounded = { ...MEASURE, range: null }
    const { accept } = findingOf({ measure: unbounded, interval: { low: 0.06, high: 12.31, p: 1e-6 } })
    expect(accept).toEqual({ kind: 'margin', margin: 13 })
  })

  it('is the options under which the change is meant, where the measure names some', () => {
    const measure = { ...MEASURE, accept: { options: { course: 'south' } } }
    const { accept } = findingOf({ measure, interval: { low: 0.06, high: 0.1, p: 1e-6 } })
    expect(accept).toEqual({ kind: 'options', options: { course: 'south' } })
    expect(findingOf({ measure }).accept).toBeNull()
  })
})
