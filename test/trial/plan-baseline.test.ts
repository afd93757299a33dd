import { describe, expect, it } from 'vitest'
import type { PartialConfig } from '../../src/config/partial.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { taskPolicies } from '../../src/config/tasks.js'
import { detectors } from '../../src/detectors/index.js'
import type { Case } from '../../src/domain/case.js'
import type { Sample } from '../../src/domain/record.js'
import { differing, redrawCases, splitCases } from '../../src/trial/harmless.js'
import { planBaseline } from '../../src/trial/plan-baseline.js'
import { auditCases, findingOf, makeGraded, makeSample, mulberry32 } from '../audit/support.js'

/** A case of one arm, as a baseline by itself is read. */
function alone(id: string, samples: readonly Sample[], task = 'quiz'): Case {
  const baseline = samples.map((sample, number) => ({ ...sample, number }))
  return { id, task, cluster: null, tags: [], domain: null, baseline: [], tuned: [], all: { baseline, tuned: [] } }
}

function quiz(cases: number, samples: number, seed: number): Case[] {
  const random = mulberry32(seed)
  return Array.from({ length: cases }, (_, i) => {
    const easy = random()
    const answer = () => makeGraded(random() < easy, random() < 0.5 ? 0.6 : 0.9)
    return alone(`q-${i}`, Array.from({ length: samples }, answer), `quiz-${i % 2}`)
  })
}

const scoresOnly: PartialConfig = {
  detectors: {
    'calibration-drift': { level: 'off' },
    'format-collapse': { level: 'off' },
    'infeasible-content': { level: 'off' },
    'lost-diversity': { level: 'off' },
  },
}

function planOf(cases: readonly Case[], given: { churn?: number; planFor?: number; config?: PartialConfig } = {}) {
  const policy = resolvePolicy(given.config ?? scoresOnly, detectors)
  return planBaseline({
    cases,
    total: cases.length,
    detectors,
    policy,
    policyOf: taskPolicies(policy),
    churn: given.churn ?? null,
    planFor: given.planFor ?? null,
  })
}

function scoreOf(plan: ReturnType<typeof planOf>) {
  return plan.measures.find(({ measure }) => measure === 'score')!
}

describe('a harmless pair', () => {
  const cases = quiz(300, 4, 1)

  it('of halves shares no sample between its arms and loses none', () => {
    for (const { id, baseline, tuned } of splitCases(cases)) {
      const before = cases.find((case_) => case_.id === id)!.all.baseline
      expect(
        new Set([...baseline, ...tuned].map(({ confidence, correct }) => `${confidence} ${correct}`)).size,
      ).toBeLessThanOrEqual(4)
      expect([...baseline, ...tuned].filter(({ correct }) => correct).length).toBe(
        before.filter(({ correct }) => correct).length,
      )
      expect([baseline.length, tuned.length]).toEqual([2, 2])
    }
  })

  it('of redrawn outputs leaves every measure of every task where it was', () => {
    const audit = auditCases(redrawCases(cases, 0.4), { detectors: { 'lost-diversity': { level: 'off' } } })
    const deciding = audit.findings.filter(({ decides, change }) => decides && change !== null)
    expect(deciding.length).toBeGreaterThan(10)
    for (const { change, measure } of deciding) expect(Math.abs(change!.value), measure).toBeLessThan(1e-9)
  })

  it('is the same whatever the order of the cases', () => {
    const shuffled = [...cases].reverse()
    const byId = (made: Case[]) => new Map(made.map(({ id, tuned }) => [id, tuned]))
    expect(byId(redrawCases(shuffled, 0.4))).toEqual(byId(redrawCases(cases, 0.4)))
    expect(byId(splitCases(shuffled))).toEqual(byId(splitCases(cases)))
  })

  it('differs in an outcome as often as two cases of a task do', () => {
    const answers = [true, true, true, false].map((right, i) => alone(`a-${i}`, [makeGraded(right)]))
    expect(differing(answers)).toBeCloseTo(0.5, 12)
    expect(differing([alone('x', [makeSample()])])).toBe(null)
  })
})

describe('a plan from a baseline', () => {
  it('without repeats flips the usual 15 % of outcomes, half each way', () => {
    const { measures, looked } = planOf(quiz(800, 1, 2))
    expect(looked.flipped).toBeCloseTo(0.15, 10)
    expect(scoreOf({ measures } as ReturnType<typeof planOf>).deviation).toBeCloseTo(Math.sqrt(0.15), 1)
    expect(scoreOf(planOf(quiz(800, 1, 2))).basis).toBe('churn')
  })

  it('with another churn has the spread of that', () => {
    expect(scoreOf(planOf(quiz(2_000, 1, 3), { churn: 0.06 })).deviation).toBeCloseTo(Math.sqrt(0.06), 1)
  })

  it('with repeats has the spread of its own samples: 2·E[p(1 − p)]/K for K samples', () => {
    const score = scoreOf(planOf(quiz(1_200, 4, 4)))
    // p uniform on [0, 1]: E[p(1 − p)] = 1/6. Jackknife over 128 buckets: ±6 % of the deviation, 13 % of the variance.
    expect(score.basis).toBe('own-samples')
    expect(score.samples).toMatchObject({ perCase: 4, between: 0 })
    expect(score.samples!.within / (2 / 6)).toBeGreaterThan(0.74)
    expect(score.samples!.within / (2 / 6)).toBeLessThan(1.26)
  })

  it('with repeats and churn asks for more cases, and samples cannot make up for them', () => {
    const own = scoreOf(planOf(quiz(150, 4, 5)))
    const both = scoreOf(planOf(quiz(150, 4, 5), { churn: 0.3 }))
    expect(both.samples!.between).toBeGreaterThan(0.02)
    expect(both.casesNeeded.toPass!).toBeGreaterThan(own.casesNeeded.toPass!)
    expect(both.samples!.cheaper).toBe('cases')
  })

  it('predicts what an audit of two samplings of one model says of itself', () => {
    const four = quiz(200, 4, 6)
    const twice = four.map((case_) => {
      const [a, b, c, d] = case_.all.baseline.map((sample, i) => ({ ...sample, number: i % 2 }))
      const arms = { baseline: [a!, b!], tuned: [c!, d!] }
      return { ...case_, ...arms, all: arms }
    })
    const finding = findingOf(auditCases(twice, scoresOnly), 'score')
    const planned = scoreOf(
      planOf(quiz(200, 4, 6).map((case_) => alone(case_.id, case_.all.baseline.slice(0, 2), case_.task))),
    )
    expect(Math.abs(planned.passChance! - finding.passChance!)).toBeLessThan(0.12)
  })

  it('plans for as many cases as asked', () => {
    const plan = planOf(quiz(200, 1, 7), { planFor: 1_000 })
    expect(scoreOf(plan).n).toBe(1_000)
    expect(scoreOf(plan).passChance!).toBeGreaterThan(scoreOf(planOf(quiz(200, 1, 7))).passChance!)
  })

  it('gives each pooled guarded measure its share of α', () => {
    const { measures } = planOf(quiz(200, 1, 8), { config: { detectors: { 'lost-diversity': { level: 'off' } } } })
    expect(measures.map(({ measure }) => measure)).toEqual(['brier-score', 'missing-confidence-rate', 'score'])
    for (const { tail } of measures) expect(tail).toBeCloseTo(0.05 / 2 / 3, 12)
  })

  it('names what it could not plan', () => {
    const bare = Array.from({ length: 40 }, (_, i) => alone(`b-${i}`, [makeSample()]))
    const { measures, unplanned } = planOf(bare)
    expect(measures).toEqual([])
    expect(unplanned.map(({ measure }) => measure)).toContain('score')
  })
})
