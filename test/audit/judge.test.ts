import { describe, expect, it } from 'vitest'
import { verdictOf } from '../../src/audit/verdict.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { detectors } from '../../src/detectors/index.js'
import type { Finding } from '../../src/domain/finding.js'
import { auditCases, findingOf, makeCase, makeGraded, makeSample } from './support.js'

interface Outcome {
  readonly count: number
  readonly before: boolean
  readonly after: boolean
}

/** Cases with one right-or-wrong sample in each arm. */
function outcomes(rows: readonly Outcome[], task = 'default') {
  return rows.flatMap(({ count, before, after }, row) =>
    Array.from({ length: count }, (_, i) =>
      makeCase(`${row}-${i}`, { baseline: [makeGraded(before)], tuned: [makeGraded(after)] }, { task }),
    ),
  )
}

const kept = (count: number): Outcome => ({ count, before: true, after: true })
const lost = (count: number): Outcome => ({ count, before: true, after: false })
const won = (count: number): Outcome => ({ count, before: false, after: true })

describe('the rule for one measure', () => {
  const cases = [
    ['passes where harm beyond the margin is ruled out', [kept(500), lost(5), won(5)], 'pass', null],
    [
      'passes a significant loss that is proven to be within the margin, and says so',
      [kept(3950), lost(80), won(20)],
      'pass',
      'harm-within-margin',
    ],
    ['fails beyond the margin', [kept(400), lost(100)], 'fail', 'beyond-margin'],
    [
      'fails where harm is shown and a tolerated size is not excluded',
      [kept(470), lost(25), won(5)],
      'fail',
      'harm-shown',
    ],
    ['is inconclusive where neither is shown', [kept(40), lost(3), won(2)], 'inconclusive', 'not-proven'],
    ['is inconclusive where nothing happened to too few', [kept(51)], 'inconclusive', 'not-proven'],
    ['passes where nothing happened to enough', [kept(52)], 'pass', null],
  ] as const

  it.each(cases)('score %s', (_, rows, status, code) => {
    const score = findingOf(auditCases(outcomes(rows)), 'score')
    expect([score.status, score.reason?.code ?? null]).toEqual([status, code])
  })

  it('shows a pass on the interval and a fail on the adjusted p', () => {
    const passed = findingOf(auditCases(outcomes([kept(500), lost(5), won(5)])), 'score')
    expect(-passed.change!.low!).toBeLessThanOrEqual(passed.margin!)
    const failed = findingOf(auditCases(outcomes([kept(400), lost(100)])), 'score')
    expect(failed.adjustedP).toBeLessThan(failed.threshold!)
  })

  it('counts an output that errored or is empty as wrong, in the arm where it happened', () => {
    const failedOutput = makeSample({ failed: 'error' })
    const broken = Array.from({ length: 200 }, (_, i) =>
      makeCase(`${i}`, { baseline: [makeGraded(true)], tuned: [i < 60 ? failedOutput : makeGraded(true)] }),
    )
    const score = findingOf(auditCases(broken), 'score')
    expect([score.baseline, score.tuned, score.n, score.status]).toEqual([1, 0.7, 200, 'fail'])
  })

  it('counts a case in which both arms failed, where the task is scored', () => {
    const failedOutput = () => makeSample({ failed: 'empty' })
    const all = [
      ...outcomes([kept(90)]),
      ...Array.from({ length: 10 }, (_, i) =>
        makeCase(`f${i}`, { baseline: [failedOutput()], tuned: [failedOutput()] }),
      ),
    ]
    const score = findingOf(auditCases(all), 'score')
    expect([score.baseline, score.tuned, score.n]).toEqual([0.9, 0.9, 100])
  })
})

describe('roles', () => {
  it('guard score where nine in ten baseline cases of the tasks that carry it do', () => {
    const unscored = Array.from({ length: 20 }, (_, i) =>
      makeCase(`u${i}`, { baseline: [makeSample()], tuned: [makeSample()] }),
    )
    expect(findingOf(auditCases([...outcomes([kept(90)]), ...unscored.slice(0, 10)]), 'score').role).toBe('guarded')
    expect(findingOf(auditCases([...outcomes([kept(80)]), ...unscored]), 'score').role).toBe('watched')
  })

  it('do not depend on tasks that never carry the field', () => {
    const other = Array.from({ length: 300 }, (_, i) =>
      makeCase(`o${i}`, { baseline: [makeSample()], tuned: [makeSample()] }, { task: 'other' }),
    )
    expect(findingOf(auditCases([...outcomes([kept(90)]), ...other]), 'score').role).toBe('guarded')
  })

  it('are watched per task where guarded over all, and noted otherwise', () => {
    const two = [...outcomes([kept(60)], 'coast'), ...outcomes([kept(60)], 'inland')]
    expect(findingOf(auditCases(two), 'score', 'coast').role).toBe('watched')
    expect(findingOf(auditCases(two), 'negative-flip-rate', 'coast').role).toBe('noted')
  })

  it('never decide for a detector at level warn', () => {
    const { findings, verdict, reason } = auditCases(outcomes([lost(100)]), {
      detectors: { 'cross-task-regression': { level: 'warn' } },
    })
    expect(findings.some(({ decides, detector }) => decides && detector === 'cross-task-regression')).toBe(false)
    expect([verdict, reason.code]).toEqual(['error', 'nothing-guarded'])
  })
})

describe('missing confidence', () => {
  const answer = (confidence: number | null) => makeGraded(true, confidence)
  const withTuned = (missing: number) =>
    Array.from({ length: 400 }, (_, i) =>
      makeCase(`${i}`, { baseline: [answer(0.9)], tuned: [answer(i < missing ? null : 0.9)] }),
    )

  it('fails when the tuned arm stops stating it', () => {
    const run = auditCases(withTuned(80))
    expect(findingOf(run, 'missing-confidence-rate').status).toBe('fail')
    expect(run.verdict).toBe('fail')
  })

  it('keeps brier-score from passing where the worst case would not hold its margin', () => {
    const brier = findingOf(auditCases(withTuned(30)), 'brier-score')
    expect(brier.change!.high).toBeLessThan(0.05)
    expect([brier.status, brier.reason?.code]).toEqual(['inconclusive', 'worst-case-not-proven'])
  })

  it('is nothing to be measured where no arm states any', () => {
    expect(findingOf(auditCases(outcomes([kept(100)])), 'missing-confidence-rate').reason).toEqual({
      code: 'missing-field',
      needs: ['confidence'],
    })
  })
})

describe('a pooled gain', () => {
  it('names the task whose loss it hides', () => {
    const gain = outcomes([kept(100), won(200)], 'coast')
    const loss = outcomes([kept(60), lost(40)], 'inland')
    const score = findingOf(auditCases([...gain, ...loss]), 'score')
    expect(score.details.hiddenLosses).toEqual(['inland'])
  })
})

describe('collateral-loss', () => {
  it('is the mean change of the tasks that the tune was not made for, beside the gain on those', () => {
    const cases = [
      ...outcomes([kept(100), won(100)], 'target'),
      ...outcomes([kept(150), lost(50)], 'coast'),
      ...outcomes([kept(100)], 'inland'),
    ]
    const run = auditCases(cases, { detectors: { 'cross-task-regression': { options: { tunedFor: ['target'] } } } })
    const collateral = findingOf(run, 'collateral-loss')
    expect(collateral.change!.value).toBeCloseTo(-0.125, 12)
    expect(collateral.details.gainOnTarget).toBeCloseTo(0.5, 12)
    expect(collateral.role).toBe('guarded')
  })

  it('is unmeasured until the target is declared', () => {
    expect(findingOf(auditCases(outcomes([kept(60)])), 'collateral-loss').reason).toEqual({
      code: 'not-declared',
      option: 'tunedFor',
    })
  })
})

describe('excess-negative-flips', () => {
  it('is near zero for a model that only wavers', () => {
    const sample = (right: boolean) => makeGraded(right)
    const cases = Array.from({ length: 300 }, (_, i) => {
      const arm = [i % 2 === 0, i % 3 === 0, i % 5 === 0].map(sample)
      return makeCase(`${i}`, { baseline: arm, tuned: arm })
    })
    const finding = findingOf(auditCases(cases), 'excess-negative-flips')
    // The arms are the same samples, so that flips between arms fall short of flips between different samples.
    expect(finding.change!.value).toBeLessThanOrEqual(0)
    expect(finding.status).toBe('noted')
  })
})

describe('the verdict of a run', () => {
  const policy = resolvePolicy({}, detectors)
  const finding = (given: Partial<Finding>): Finding => ({
    ...findingOf(auditCases(outcomes([kept(60)])), 'score'),
    ...given,
  })
  const rows: readonly (readonly [string, readonly Finding[], Parameters<typeof verdictOf>[1], string, number])[] = [
    ['pass, exit 0, when every guarded measure passes', [finding({})], policy, 'pass', 0],
    [
      'fail, exit 1, when a deciding finding fails',
      [finding({}), finding({ role: 'watched', task: 'coast', status: 'fail' })],
      policy,
      'fail',
      1,
    ],
    [
      'fail also when another is inconclusive',
      [finding({ status: 'inconclusive' }), finding({ role: 'watched', status: 'fail' })],
      policy,
      'fail',
      1,
    ],
    [
      'inconclusive, exit 2, when a guarded measure is',
      [finding({ status: 'inconclusive' })],
      policy,
      'inconclusive',
      2,
    ],
    [
      'inconclusive with exit 1 on request',
      [finding({ status: 'inconclusive' })],
      { ...policy, onInconclusive: 'fail' },
      'inconclusive',
      1,
    ],
    [
      'inconclusive with exit 0 on request',
      [finding({ status: 'inconclusive' })],
      { ...policy, onInconclusive: 'pass' },
      'inconclusive',
      0,
    ],
    [
      'pass though a watched measure is inconclusive',
      [finding({}), finding({ role: 'watched', status: 'inconclusive' })],
      policy,
      'pass',
      0,
    ],
    ['error, exit 4, when no guarded measure was measured', [finding({ role: 'watched' })], policy, 'error', 4],
    [
      'inconclusive when a guarded measure could not be measured',
      [finding({}), finding({ measure: 'brier-score', status: 'unmeasured' })],
      policy,
      'inconclusive',
      2,
    ],
    [
      'fail with exit 0 when only reporting',
      [finding({ role: 'watched', status: 'fail' }), finding({})],
      { ...policy, gate: 'report' },
      'fail',
      0,
    ],
    [
      'error when a required detector is unmeasured',
      [finding({})],
      { ...policy, required: ['calibration-drift'] },
      'error',
      4,
    ],
    [
      'pass when a noted finding is bad',
      [finding({}), finding({ role: 'noted', decides: false, status: 'noted' })],
      policy,
      'pass',
      0,
    ],
  ]

  it.each(rows)('is %s', (_, findings, given, verdict, exitCode) => {
    const judgement = verdictOf(findings, given, [], { unused: [], scores: [] })
    expect([judgement.verdict, judgement.exitCode]).toEqual([verdict, exitCode])
  })

  it('is error, exit 70, when a detector crashed', () => {
    const judgement = verdictOf([finding({})], policy, ['calibration-drift'], { unused: [], scores: [] })
    expect([judgement.verdict, judgement.exitCode]).toEqual(['error', 70])
  })
})

describe('what a report may say of a measure', () => {
  it('keeps the ends of a share within what a share can change by', () => {
    const cases = Array.from({ length: 12 }, (_, i) =>
      makeCase(`${i}`, {
        baseline: [makeGraded(true), makeGraded(true)],
        tuned: [makeGraded(false), makeGraded(i === 0)],
      }),
    )
    const { change } = findingOf(auditCases(cases), 'reliability-over-repeats')
    expect(change!.method).toBe('jackknife')
    expect(change!.low).toBe(-1)
    expect(change!.high).toBeGreaterThanOrEqual(-1)
  })

  it('counts no case for a measure whose field no record carries, also where outputs failed', () => {
    const failed = makeSample({ failed: 'error', output: '' })
    const cases = Array.from({ length: 30 }, (_, i) =>
      makeCase(`${i}`, { baseline: [i === 0 ? failed : makeGraded(true)], tuned: [makeGraded(true)] }),
    )
    const run = auditCases(cases)
    for (const measure of ['brier-score', 'missing-confidence-rate']) {
      expect(findingOf(run, measure)).toMatchObject({ status: 'unmeasured', n: 0 })
    }
  })
})
