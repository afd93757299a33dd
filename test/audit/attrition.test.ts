import { describe, expect, it } from 'vitest'
import type { PartialConfig } from '../../src/config/partial.js'
import type { Case } from '../../src/domain/case.js'
import type { Sample } from '../../src/domain/record.js'
import { auditCases, findingOf, makeCase, makeGraded, makeSample, mulberry32 } from './support.js'

// Cases of one arm alone: what the tuned arm lost counts as its worst before a measure may pass, and never as shown harm.
const scoresOnly = {
  detectors: {
    'calibration-drift': { level: 'off' },
    'format-collapse': { level: 'off' },
    'lost-diversity': { level: 'off' },
  },
} as const

const casesOf = (count: number, arms: (i: number) => readonly [readonly Sample[], readonly Sample[]], task = 'tides') =>
  Array.from({ length: count }, (_, i) => {
    const [baseline, tuned] = arms(i)
    return makeCase(`${task}-${count}-${i}`, { baseline, tuned }, { task })
  })

/** 1,000 kept cases and some that the tuned arm lost, or that it alone has. */
const kept = (sample: () => Sample) => casesOf(1000, () => [[sample()], [sample()]])
const lost = (count: number, sample: () => Sample) => casesOf(count, () => [[sample()], []])
const extra = (count: number, sample: () => Sample) => casesOf(count, () => [[], [sample()]])
const right = () => makeGraded(true)
const wrong = () => makeGraded(false)

describe('a tuned arm that lost 4 % of the cases, all of them failures', () => {
  /** True loss `inPairs` among the pairs and 4 points by what is not there; as many cases are won as lost by chance. */
  const run = (random: () => number, inPairs: number) =>
    casesOf(2000, () => {
      const u = random()
      if (u < 0.04) return [[right()], []]
      if (u < 0.04 + inPairs + 0.03) return [[right()], [wrong()]]
      if (u < 0.04 + inPairs + 0.06) return [[wrong()], [right()]]
      return u < 0.8 ? [[right()], [right()]] : [[wrong()], [wrong()]]
    })

  it.each([
    [0.05, 'nine'],
    [0.02, 'six'],
  ])('does not pass with %f more points lost in pairs (%s points in truth)', (inPairs) => {
    const random = mulberry32(20_261_127)
    let byPairsAlone = 0
    for (let i = 0; i < 40; i++) {
      const cases = run(random, inPairs)
      expect(findingOf(auditCases(cases, scoresOnly), 'score').status).not.toBe('pass')
      const pairs = cases.filter(({ baseline }) => baseline.length > 0)
      if (findingOf(auditCases(pairs, scoresOnly), 'score').status === 'pass') byPairsAlone++
    }
    // In the second row nearly every run would pass if the lost cases were not there.
    if (inPairs === 0.02) expect(byPairsAlone).toBeGreaterThan(35)
  })
})

describe('lost cases', () => {
  const whole = findingOf(auditCases(kept(right), scoresOnly), 'score')

  it('leave the measure itself as it is: n, change, interval, p', () => {
    const score = findingOf(auditCases([...kept(right), ...lost(40, right)], scoresOnly), 'score')
    const own = ({ n, eligible, clusters, change, p, baseline, tuned }: typeof score) => ({
      n,
      eligible,
      clusters,
      change,
      p,
      baseline,
      tuned,
    })
    expect(own(score)).toEqual(own(whole))
  })

  it('widen the worst case by what the baseline was worth on them, and pass where that holds', () => {
    const score = findingOf(auditCases([...kept(right), ...lost(20, right)], scoresOnly), 'score')
    expect(score.details.worstCase).toMatchObject({ baseline: 1, tuned: 1000 / 1020, change: 1000 / 1020 - 1 })
    expect(score.status).toBe('pass')
  })

  it('count in the chance to pass and in the cases needed', () => {
    const some = findingOf(auditCases([...kept(right), ...lost(20, right)], scoresOnly), 'score')
    const many = findingOf(auditCases([...kept(right), ...lost(60, right)], scoresOnly), 'score')
    expect(whole.passChance).toBe(1)
    expect(some.passChance).toBeGreaterThan(0.8)
    expect(some.casesNeeded!.toPass!).toBeGreaterThan(whole.casesNeeded!.toPass!)
    expect([many.passChance! < 0.01, many.casesNeeded!.toPass]).toEqual([true, null])
  })

  it('never fail a measure, however many they are', () => {
    const score = findingOf(auditCases([...kept(right), ...lost(900, right)], scoresOnly), 'score')
    expect([score.status, score.reason?.code]).toEqual(['inconclusive', 'worst-case-not-proven'])
  })

  it('that the baseline had wrong, failed or unscored cost nothing', () => {
    for (const sample of [wrong, () => makeSample({ failed: 'error' }), () => makeSample()]) {
      const score = findingOf(auditCases([...kept(right), ...lost(40, sample)], scoresOnly), 'score')
      expect([score.status, score.tuned]).toEqual(['pass', 1])
    }
  })

  it('of the tuned arm alone change nothing: they are none of the baseline’s cases', () => {
    const with_ = auditCases([...kept(right), ...extra(40, wrong)], scoresOnly)
    expect(with_.findings).toEqual(auditCases(kept(right), scoresOnly).findings)
  })

  it('of a task are that task’s own', () => {
    const cases = [...kept(right), ...lost(20, right), ...casesOf(200, () => [[right()], [right()]], 'currents')]
    const run = auditCases(cases, scoresOnly)
    expect(findingOf(run, 'score', 'currents').details.worstCase).toBeUndefined()
    expect(findingOf(run, 'score', 'tides').details.worstCase).toMatchObject({ tuned: 1000 / 1020 })
    expect(findingOf(run, 'score').details.worstCase).toMatchObject({ tuned: 1200 / 1220 })
  })
})

describe('every guarded measure with bounds reads lost cases at their worst', () => {
  const jokes = ['a parrot walks into a bank', 'why did the lamp resign', 'two snails meet at noon', 'my desk sings']
  const varied = () => jokes.map((output) => makeSample({ output, correct: true, score: null }))
  const options = (detector: string, given: object, more: object = {}): PartialConfig => ({
    detectors: { [detector]: { options: given, ...more } } as NonNullable<PartialConfig['detectors']>,
  })
  const short = { rules: [{ name: 'short', expression: 'size(output) < 100' }] }
  const json = () => makeSample({ output: '{"high": 4}' })
  const pairs = (sample: () => readonly Sample[]) => casesOf(300, () => [sample(), sample()])
  const one = (sample: () => Sample) => () => [sample()]

  const rows: readonly (readonly [string, () => readonly Sample[], number, number, PartialConfig])[] = [
    ['score', one(right), 1, 300 / 309, {}],
    ['score', () => [right(), wrong()], 0.5, (0.5 * 300) / 309, {}],
    ['collateral-loss', one(right), 1, 300 / 309, options('cross-task-regression', { tunedFor: ['harbour'] })],
    ['brier-score', one(() => makeGraded(true, 0.9)), 0.01, (300 * 0.01 + 9) / 309, {}],
    ['missing-confidence-rate', one(() => makeGraded(true, 0.9)), 0, 9 / 309, {}],
    ['feasible-rate', one(json), 1, 300 / 309, options('infeasible-content', short)],
    ['adherence-rate', one(json), 1, 300 / 309, options('format-collapse', { format: 'json' })],
    ['distinct-answers', varied, 1, 300 / 309, options('lost-diversity', { domain: 'creative' })],
    ['effective-distinct', varied, 1, 300 / 309, options('lost-diversity', { domain: 'code' })],
  ]
  it.each(rows)('%s (%#)', (measure, samples, baseline, tuned, config) => {
    const cases: Case[] = [...pairs(samples), ...casesOf(9, () => [samples(), []])]
    const finding = findingOf(auditCases(cases, config), measure)
    const { worstCase } = finding.details as { worstCase: { baseline: number; tuned: number } }
    expect([finding.n, finding.role]).toEqual([300, 'guarded'])
    expect(worstCase.baseline).toBeCloseTo(baseline, 12)
    expect(worstCase.tuned).toBeCloseTo(tuned, 12)
  })

  it('and a sample of cases holds lost ones in their proportion', () => {
    const cases = [...casesOf(2000, () => [varied(), varied()]), ...casesOf(500, () => [varied(), []])]
    const finding = findingOf(auditCases(cases, options('lost-diversity', { domain: 'creative' })), 'distinct-answers')
    const { worstCase } = finding.details as { worstCase: { tuned: number } }
    expect(finding.n).toBe(512)
    // 512 of 2,000 reach a hash below which about 128 of 500 lie.
    expect(Math.abs(worstCase.tuned - 0.8)).toBeLessThan(3 * Math.sqrt((0.8 * 0.2) / 640))
  })
})
