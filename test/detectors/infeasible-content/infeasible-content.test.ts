import { describe, expect, it } from 'vitest'
import type { PartialConfig } from '../../../src/config/partial.js'
import type { Case } from '../../../src/domain/case.js'
import type { Finding } from '../../../src/domain/finding.js'
import type { Sample } from '../../../src/domain/record.js'
import { auditCases, makeCase, makeSample, mulberry32 } from '../../audit/support.js'

// A packing list must close, and its weight must not pass the limit.
const options = {
  structure: { schema: { type: 'object', required: ['items', 'weight'] } },
  rules: [{ name: 'light', expression: 'output.weight <= 10', scale: 2 }],
}

const policy = (given: object): PartialConfig =>
  ({ detectors: { 'infeasible-content': { options: given } } }) as PartialConfig

const list = (weight: number | string, more: Partial<Sample> = {}) =>
  makeSample({ output: JSON.stringify({ items: ['rope'], weight }), ...more })
const torn = () => makeSample({ output: '{"items": ["rope"], "weight": 3' })

const paired = (pairs: readonly (readonly [Sample, Sample])[], task = 'hike'): Case[] =>
  pairs.map(([before, after], i) => makeCase(`${task}-${i}`, { baseline: [before], tuned: [after] }, { task }))

const repeat = (n: number, of: (i: number) => readonly [Sample, Sample]) => Array.from({ length: n }, (_, i) => of(i))

const find = (findings: readonly Finding[], measure: string, task: string | null = null) =>
  findings.find((finding) => finding.measure === measure && finding.task === task)!

describe('declared feasibility', () => {
  it('counts what is valid, feasible and hollow, by hand', () => {
    const cases = paired([
      ...repeat(40, () => [list(3), list(3)] as const),
      ...repeat(30, () => [list(3), list(14)] as const),
      ...repeat(20, () => [torn(), list(3)] as const),
      ...repeat(10, () => [torn(), list(14)] as const),
    ])
    const { findings } = auditCases(cases, policy(options))
    expect(find(findings, 'valid-rate')).toMatchObject({ baseline: 0.7, tuned: 1, role: 'watched', n: 100 })
    expect(find(findings, 'feasible-rate')).toMatchObject({ baseline: 0.7, tuned: 0.6, role: 'guarded' })
    expect(find(findings, 'hollow-rate')).toMatchObject({ baseline: 0, tuned: 0.4, status: 'fail' })
    expect(find(findings, 'feasible-when-both-valid')).toMatchObject({ n: 70, baseline: 1 })
    expect(find(findings, 'feasible-when-both-valid').tuned).toBeCloseTo(40 / 70, 12)
    expect(find(findings, 'rule:light')).toMatchObject({ n: 70, baseline: 0, status: 'noted' })
    // 30 of 70 lists are 4 too heavy, which is 2 in units of the scale.
    const { meanViolation } = find(findings, 'rule:light').details as { meanViolation: { tuned: number } }
    expect(meanViolation.tuned).toBeCloseTo((30 * 2) / 70, 12)
    expect(find(findings, 'feasible-rate').details).toMatchObject({
      constraintsSatisfied: { baseline: 1, tuned: 0.6 },
      unevaluable: { baseline: 0, tuned: 0 },
    })
  })

  it('fails where form is gained without substance, and says so', () => {
    // 70 % valid, 60 % feasible before; 100 % valid, 60 % feasible after.
    const random = mulberry32(8)
    const draw = (valid: number) => {
      const feasible = random() < 0.6
      if (feasible) return list(3)
      return random() < (valid - 0.6) / 0.4 ? list(14) : torn()
    }
    const cases = paired(repeat(600, () => [draw(0.7), draw(1)] as const))
    const { findings, verdict } = auditCases(cases, policy(options))
    expect(verdict).toBe('fail')
    expect(find(findings, 'hollow-rate').status).toBe('fail')
    expect(find(findings, 'feasible-rate').status).not.toBe('fail')
    const { formGained, substanceGained } = find(findings, 'hollow-rate').details as Record<string, number>
    expect(formGained).toBeGreaterThan(0.25)
    expect(Math.abs(substanceGained!)).toBeLessThan(0.07)
  })

  it('shows what is wrong with an output that became infeasible', () => {
    const { findings } = auditCases(paired(repeat(60, () => [list(3), list(14)] as const)), {
      ...policy(options),
    })
    expect(find(findings, 'feasible-rate').status).toBe('fail')
  })

  it('takes an errored output for invalid and infeasible', () => {
    const failed = makeSample({ output: '', failed: 'error' })
    const { findings } = auditCases(paired(repeat(60, () => [list(3), failed] as const)), policy(options))
    expect(find(findings, 'feasible-rate')).toMatchObject({ n: 60, baseline: 1, tuned: 0, status: 'fail' })
    expect(find(findings, 'valid-rate')).toMatchObject({ tuned: 0, status: 'fail' })
  })

  it('counts repeated samples by case', () => {
    const cases = Array.from({ length: 80 }, (_, i) =>
      makeCase(`c-${i}`, { baseline: [list(3), list(3)], tuned: [list(3), list(14)] }),
    )
    const { findings } = auditCases(cases, policy(options))
    expect(find(findings, 'feasible-rate')).toMatchObject({ baseline: 1, tuned: 0.5, n: 80 })
  })
})

describe('a rule that cannot be evaluated', () => {
  const vague = () => list('heavy')

  it('is no violation, and leaves the case out where the baseline is open too', () => {
    const cases = paired([
      ...repeat(50, () => [list(3), list(3)] as const),
      ...repeat(10, () => [vague(), vague()] as const),
    ])
    const finding = find(auditCases(cases, policy(options)).findings, 'feasible-rate')
    expect(finding).toMatchObject({ n: 50, eligible: 60, baseline: 1, tuned: 1 })
    expect(finding.details).toMatchObject({ unevaluable: { baseline: 10, tuned: 10 } })
  })

  it('is no way out: open in the tuned arm alone it counts as infeasible before a pass', () => {
    const cases = paired([
      ...repeat(300, () => [list(3), list(3)] as const),
      ...repeat(100, () => [list(3), vague()] as const),
    ])
    const { findings, verdict } = auditCases(cases, policy(options))
    expect(find(findings, 'feasible-rate')).toMatchObject({
      status: 'inconclusive',
      reason: { code: 'worst-case-not-proven' },
      details: { worstCase: { baseline: 1, tuned: 0.75 } },
    })
    expect(verdict).toBe('inconclusive')
  })

  it('on no case at all measures nothing', () => {
    const { findings, verdict } = auditCases(paired(repeat(50, () => [vague(), vague()] as const)), policy(options))
    expect(find(findings, 'feasible-rate').reason).toEqual({ code: 'nothing-evaluable' })
    expect(verdict).toBe('error')
  })
})

describe('a verifier', () => {
  const verified = (feasible: boolean, more: object = {}): Partial<Sample> => ({
    verification: { kind: 'verified', valid: null, feasible, violations: [], objective: null, ...more },
  })
  const faulty: Partial<Sample> = { verification: { kind: 'fault', code: 'crashed', message: 'no map' } }
  const withVerifier = { verifier: { module: 'verify.js' } }

  it('decides what is feasible beside the rules', () => {
    const cases = paired([
      ...repeat(50, () => [list(3, verified(true)), list(3, verified(true))] as const),
      ...repeat(50, () => [list(3, verified(true)), list(3, verified(false))] as const),
    ])
    const { findings } = auditCases(cases, policy({ ...options, ...withVerifier }))
    expect(find(findings, 'feasible-rate')).toMatchObject({ baseline: 1, tuned: 0.5, status: 'fail' })
    expect(find(findings, 'rule:light')).toMatchObject({ baseline: 0, tuned: 0 })
  })

  it('may say what is valid where no structure does', () => {
    const cases = paired(
      repeat(
        60,
        (i) => [list(3, verified(true, { valid: true })), list(3, verified(false, { valid: i % 2 === 0 }))] as const,
      ),
    )
    const { findings } = auditCases(cases, policy(withVerifier))
    expect(find(findings, 'valid-rate')).toMatchObject({ baseline: 1, tuned: 0.5 })
    expect(find(findings, 'hollow-rate')).toMatchObject({ baseline: 0, tuned: 0.5 })
  })

  it('that failed once leaves its measures unmeasured and the run open, in every task and pooled', () => {
    const fine = paired(
      repeat(200, () => [list(3, verified(true)), list(3, verified(true))] as const),
      'hike',
    )
    const one = paired(
      repeat(200, (i) => [list(3, verified(true)), list(3, i === 7 ? faulty : verified(true))] as const),
      'sail',
    )
    const { findings, verdict, exitCode } = auditCases([...fine, ...one], policy({ ...options, ...withVerifier }))
    expect([verdict, exitCode]).toEqual(['inconclusive', 2])
    expect(find(findings, 'feasible-rate').reason).toEqual({ code: 'verifier-failed' })
    expect(find(findings, 'feasible-rate', 'sail').reason).toEqual({ code: 'verifier-failed' })
    expect(find(findings, 'feasible-rate', 'hike').status).toBe('pass')
    expect(find(findings, 'valid-rate').status).toBe('pass')
  })

  it('that failed does not hide what else fails', () => {
    const cases = paired(repeat(200, (i) => [list(3, verified(true)), i % 2 ? torn() : list(3, faulty)] as const))
    const { exitCode } = auditCases(cases, policy({ ...options, ...withVerifier }))
    expect(exitCode).toBe(1)
  })

  it('that is only watched keeps a run from passing too', () => {
    const graded = { correct: true }
    const cases = paired(
      repeat(300, () => [list(3, { ...verified(true), ...graded }), list(3, { ...faulty, ...graded })] as const),
    )
    const config = policy({ ...options, ...withVerifier })
    const watched = { ...config.detectors!['infeasible-content'], roles: { 'feasible-rate': 'watched' } }
    const { exitCode } = auditCases(cases, { detectors: { 'infeasible-content': watched } } as PartialConfig)
    expect(exitCode).toBe(2)
  })
})

describe('an objective', () => {
  it('is compared where both arms are feasible', () => {
    const objective = { value: 'output.weight', best: 'record.best', better: 'lower' }
    const raw = { best: 4 }
    const cases = paired([
      ...repeat(30, () => [list(5, { raw }), list(6, { raw })] as const),
      ...repeat(30, () => [list(5, { raw }), list(60, { raw })] as const),
    ])
    const { findings } = auditCases(cases, policy({ ...options, objective }))
    expect(find(findings, 'optimality-gap')).toMatchObject({ n: 30, baseline: 0.25, tuned: 0.5, status: 'noted' })
  })
})

describe('without a declaration', () => {
  it('only what is stated is checked, and it never decides', () => {
    const say = (output: string) => makeSample({ output })
    const cases = paired([
      ...repeat(60, () => [say('3 + 4 = 7'), say('3 + 4 = 8')] as const),
      ...repeat(60, () => [say('It rained.'), say('It rained.')] as const),
    ])
    const finding = find(auditCases(cases).findings, 'feasible-rate')
    expect(finding).toMatchObject({ n: 60, baseline: 1, tuned: 0, role: 'noted', status: 'noted' })
  })

  it('in some tasks, the pooled measure is of the others', () => {
    const config = { overrides: [{ tasks: 'hike', ...policy(options) }] } as PartialConfig
    const hike = paired(
      repeat(60, () => [list(3), list(3)] as const),
      'hike',
    )
    const sail = paired(
      repeat(60, () => [list(30), list(30)] as const),
      'sail',
    )
    const { findings } = auditCases([...hike, ...sail], config)
    expect(find(findings, 'feasible-rate')).toMatchObject({ role: 'guarded', n: 60, tuned: 1 })
    expect(find(findings, 'valid-rate')).toMatchObject({ n: 60 })
  })
})
