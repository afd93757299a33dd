import { describe, expect, it } from 'vitest'
import { withHiddenLosses } from '../../src/audit/hidden-losses.js'
import { judge } from '../../src/audit/judge.js'
import { covers, withWaivers } from '../../src/audit/waivers.js'
import type { Finding } from '../../src/domain/finding.js'
import type { Waiver } from '../../src/domain/policy.js'
import { MEASURE, POLICY, question } from './questions.js'

const PASSED = judge([question({})], POLICY)[0]!
const found = (given: Partial<Finding>): Finding => ({ ...PASSED, ...given })

const WAIVER: Waiver = {
  detector: PASSED.detector,
  measure: MEASURE.id,
  task: null,
  reason: 'accepted for the pilot',
  owner: 'evals',
  expires: '2031-01-31',
}

function waived(findings: readonly Finding[], ...waivers: readonly Waiver[]): Finding[] {
  return withWaivers(findings, { ...POLICY, waivers })
}

describe('withWaivers', () => {
  const { reason, owner, expires } = WAIVER

  it('keeps a failing finding from deciding, and a guarded one that is not proven', () => {
    for (const finding of [found({ status: 'fail' }), found({ status: 'inconclusive' })]) {
      expect(waived([finding], WAIVER)).toEqual([{ ...finding, decides: false, waiver: { reason, owner, expires } }])
    }
    const watched = found({ role: 'watched', status: 'fail' })
    expect(waived([watched], WAIVER)[0]!.decides).toBe(false)
  })

  it('leaves what would neither fail the run nor hold it up', () => {
    const harmless = [
      found({}),
      found({ status: 'unmeasured' }),
      found({ role: 'watched', status: 'inconclusive' }),
      found({ role: 'noted', status: 'fail', decides: false }),
    ]
    expect(waived(harmless, WAIVER)).toEqual(harmless)
  })

  it('leaves everything without a waiver, and what a waiver does not name', () => {
    const failing = [found({ status: 'fail' })]
    expect(waived(failing)).toEqual(failing)
    expect(waived(failing, { ...WAIVER, measure: 'drift' })).toEqual(failing)
  })

  it('shows the last of several waivers', () => {
    const later = { ...WAIVER, owner: 'safety' }
    expect(waived([found({ status: 'fail' })], WAIVER, later)[0]!.waiver?.owner).toBe('safety')
  })
})

describe('covers', () => {
  it('takes a waiver without a task for the pooled finding and for every task, one with a task for that alone', () => {
    const ofCoast = { ...WAIVER, task: 'coast' }
    const tasks = [null, 'coast', 'inland']
    expect(tasks.map((task) => covers(WAIVER, found({ task })))).toEqual([true, true, true])
    expect(tasks.map((task) => covers(ofCoast, found({ task })))).toEqual([false, true, false])
  })

  it('takes detector and measure together', () => {
    expect(covers({ ...WAIVER, detector: 'rule:tides' }, PASSED)).toBe(false)
    expect(covers({ ...WAIVER, measure: 'drift' }, PASSED)).toBe(false)
  })
})

describe('withHiddenLosses', () => {
  const change = (value: number) => ({ ...PASSED.change!, value })
  const loss = (task: string, given: Partial<Finding> = {}) => found({ task, status: 'fail', ...given })
  const hidden = (pooled: Finding, ...others: Finding[]) => withHiddenLosses([pooled, ...others])[0]!.details

  it('names the failing tasks of a measure that did not get worse pooled, in order, beside its details', () => {
    const gain = found({ change: change(-0.01) })
    const expected = { ...gain.details, hiddenLosses: ['coast', 'inland'] }
    expect(hidden(gain, loss('inland'), loss('coast'))).toEqual(expected)
    expect(hidden(found({ change: change(0) }), loss('inland'), loss('coast'))).toEqual(expected)
  })

  it('takes the sign of harm from the measure', () => {
    const higher = found({ change: change(0.01), worse: 'lower' })
    expect(hidden(higher, loss('coast', { worse: 'lower' })).hiddenLosses).toEqual(['coast'])
    expect(hidden(found({ change: change(-0.01), worse: 'lower' }), loss('coast'))).toEqual(PASSED.details)
  })

  it('says nothing where the pooled measure got worse, was not measured or has no direction', () => {
    for (const pooled of [{ change: change(0.01) }, { change: null }, { worse: null, change: change(-1) }]) {
      expect(hidden(found(pooled), loss('coast'))).toEqual(PASSED.details)
    }
  })

  it('says nothing of other measures, other detectors, and tasks that do not fail', () => {
    const gain = found({ change: change(-0.01) })
    const others = [loss('a', { measure: 'drift' }), loss('b', { detector: 'rule:tides' }), found({ task: 'c' })]
    expect(hidden(gain, ...others, found({ status: 'fail' }))).toEqual(PASSED.details)
  })

  it('leaves the findings of tasks as they are', () => {
    const findings = [loss('coast', { change: change(-0.2) }), loss('inland')]
    expect(withHiddenLosses(findings)).toEqual(findings)
  })
})
