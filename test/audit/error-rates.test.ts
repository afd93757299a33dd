import { describe, expect, it } from 'vitest'
import type { PartialConfig } from '../../src/config/partial.js'
import type { Case } from '../../src/domain/case.js'
import { auditCases, findingOf, makeCase, makeGraded, mulberry32 } from './support.js'

// Rates over seeded runs, held to the promised level plus three standard errors: exact repetition, no flaky test. Each
// seed is its test's own.

const ALPHA = 0.05
const MARGIN = 0.05

const scoresOnly: PartialConfig = {
  detectors: { 'calibration-drift': { level: 'off' }, 'lost-diversity': { level: 'off' } },
}

type Random = () => number
type Making = (random: Random, run: number) => Case[]

function rateOf(runs: number, seed: number, happens: (random: Random, run: number) => boolean): number {
  const random = mulberry32(seed)
  let count = 0
  for (let run = 0; run < runs; run++) if (happens(random, run)) count++
  return count / runs
}

/** Three standard errors above `rate`. */
function atMost(rate: number, runs: number): number {
  return rate + 3 * Math.sqrt((rate * (1 - rate)) / runs)
}

function casesOf(count: number, make: (number: number) => Case): Case[] {
  return Array.from({ length: count }, (_, number) => make(number))
}

const VERBAL_CONFIDENCES = [0.5, 0.7, 0.9, 0.95, 1]

/** Two outputs of one model on questions of mixed difficulty, each saying a confidence that means something. */
function sameModel(cases: number, tasks: number): Making {
  return (random, run) =>
    casesOf(cases, (number) => {
      const difficulty = random()
      const output = () => {
        const confidence = VERBAL_CONFIDENCES[Math.floor(VERBAL_CONFIDENCES.length * (1 - difficulty * random()))] ?? 1
        return makeGraded(random() < 1 - difficulty / 2, confidence)
      }
      return makeCase(
        `${run}-${number}`,
        { baseline: [output()], tuned: [output()] },
        { task: `task-${number % tasks}` },
      )
    })
}

/** One output per arm: `churn`/2 of the cases flip either way and `harm` more from right to wrong. */
function paired(cases: number, harm: number, churn: number): Making {
  return (random, run) =>
    casesOf(cases, (number) => {
      const u = random()
      const lost = u < harm + churn / 2
      const won = !lost && u < harm + churn
      return makeCase(`${run}-${number}`, { baseline: [makeGraded(!won)], tuned: [makeGraded(!lost)] })
    })
}

/** Four samples per case and arm; each right one turns wrong so often that `harm` is lost on average. */
function repeated(cases: number, harm: number): Making {
  return (random, run) =>
    casesOf(cases, (number) => {
      const difficulty = harm + (1 - harm) * random()
      const samples = (share: number) => Array.from({ length: 4 }, () => makeGraded(random() < share))
      return makeCase(`${run}-${number}`, { baseline: samples(difficulty), tuned: samples(difficulty - harm) })
    })
}

/** Clusters of 1 to 8 cases that change together: `churn`/2 of them flip either way, `harm` more from right to wrong. */
function clustered(cases: number, harm: number, churn: number): Making {
  return (random, run) => {
    const made: Case[] = []
    for (let cluster = 0; made.length < cases; cluster++) {
      const u = random()
      const lost = u < harm + churn / 2
      const won = !lost && u < harm + churn
      for (let left = 1 + Math.floor(8 * random()); left > 0; left--) {
        const arms = { baseline: [makeGraded(!won)], tuned: [makeGraded(!lost)] }
        made.push(makeCase(`${run}-${made.length}`, arms, { cluster: `${run}-${cluster}` }))
      }
    }
    return made
  }
}

describe('two outputs of one model', () => {
  it('fail in at most α of runs with one task and every detector', () => {
    const runs = 150
    const make = sameModel(100, 1)
    const failed = rateOf(runs, 1, (random, run) => auditCases(make(random, run)).verdict === 'fail')
    expect(failed).toBeLessThanOrEqual(atMost(ALPHA, runs))
    expect(failed).toBeGreaterThan(0)
  })

  it('fail in at most α of runs with ten tasks and every detector', () => {
    const runs = 60
    const make = sameModel(150, 10)
    let raw = 0
    const failed = rateOf(runs, 2, (random, run) => {
      const { findings, verdict } = auditCases(make(random, run))
      if (findings.some(({ decides, p }) => decides && p !== null && p < ALPHA)) raw++
      return verdict === 'fail'
    })
    expect(failed).toBeLessThanOrEqual(atMost(ALPHA, runs))
    expect(raw / runs, 'what the family would do uncorrected').toBeGreaterThan(0.3)
  })

  it('fail in α of runs where one measure decides alone', () => {
    const runs = 600
    const make = paired(300, 0, 0.2)
    const failed = rateOf(runs, 3, (random, run) => auditCases(make(random, run), scoresOnly).verdict === 'fail')
    expect(failed).toBeLessThanOrEqual(atMost(ALPHA, runs))
    expect(failed).toBeGreaterThan(0.02)
  })

  it('pass as often as passChance says before', () => {
    const runs = 500
    const make = paired(500, 0, 0.2)
    let promised = 0
    const passed = rateOf(runs, 4, (random, run) => {
      const audit = auditCases(make(random, run), scoresOnly)
      promised += findingOf(audit, 'score').passChance ?? Number.NaN
      return audit.verdict === 'pass'
    })
    expect(passed).toBeGreaterThan(0.7)
    expect(Math.abs(passed - promised / runs)).toBeLessThan(0.06)
  })

  it('pass in about 80 % of runs at the size that casesNeeded names', () => {
    const runs = 500
    const make = paired(casesToPass(paired(2000, 0, 0.2), 5), 0, 0.2)
    const passed = rateOf(runs, 6, (random, run) => auditCases(make(random, run), scoresOnly).verdict === 'pass')
    expect(passed).toBeGreaterThan(0.73)
    expect(passed).toBeLessThan(0.87)
  })
})

/** What one run says of the size it would take. */
function casesToPass(make: Making, seed: number): number {
  const { casesNeeded } = findingOf(auditCases(make(mulberry32(seed), 0), scoresOnly), 'score')
  return casesNeeded?.toPass ?? Number.NaN
}

describe('a tune that does exactly the harm of the margin', () => {
  const cells: readonly { readonly name: string; readonly make: Making; readonly seed: number }[] = [
    { name: 'single outputs with churn', make: paired(200, MARGIN, 0.1), seed: 10 },
    { name: 'single outputs that only get worse', make: paired(200, MARGIN, 0), seed: 11 },
    { name: 'four samples per case', make: repeated(200, MARGIN), seed: 12 },
    { name: 'clusters of unequal size', make: clustered(1000, MARGIN, 0.1), seed: 13 },
  ]
  it.each(cells)('passes score in at most α of runs: $name', ({ make, seed }) => {
    const runs = 500
    const passed = rateOf(runs, seed, (random, run) => {
      return findingOf(auditCases(make(random, run), scoresOnly), 'score').status === 'pass'
    })
    expect(passed).toBeLessThanOrEqual(atMost(ALPHA, runs))
    expect(passed).toBeGreaterThan(0)
  })
})

describe('a tune that does twice the harm of the margin', () => {
  const cells: readonly { readonly name: string; readonly make: Making; readonly seed: number }[] = [
    { name: 'single outputs with churn', make: paired(1000, 2 * MARGIN, 0.2), seed: 20 },
    { name: 'four samples per case', make: repeated(1000, 2 * MARGIN), seed: 21 },
    { name: 'clusters of unequal size', make: clustered(1000, 2 * MARGIN, 0.1), seed: 22 },
  ]
  it.each(cells)('fails at least four runs in five with 1,000 cases and never passes: $name', ({ make, seed }) => {
    const runs = 40
    let passed = 0
    const failed = rateOf(runs, seed, (random, run) => {
      const { verdict } = auditCases(make(random, run), scoresOnly)
      if (verdict === 'pass') passed++
      return verdict === 'fail'
    })
    expect(failed).toBeGreaterThanOrEqual(0.8)
    expect(passed).toBe(0)
  })
})
