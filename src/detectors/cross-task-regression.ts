import type { JSONSchemaType } from 'ajv'
import { type Case, correctnessOf, outcomes, scoreOf } from '../domain/case.js'
import { defineDetector } from '../domain/detector.js'
import { taskMatcher } from '../domain/glob.js'
import { type Measure, type TaskValue, type Unmeasured, unmeasured, type Value } from '../domain/measure.js'
import { byTasks } from '../domain/pool.js'
import { count, defineColumns, type Sums, sum, type Tally } from '../domain/tally.js'

interface Options {
  readonly tunedFor: readonly string[]
}

const options: JSONSchemaType<{ tunedFor: string[] }> = {
  type: 'object',
  properties: {
    tunedFor: {
      type: 'array',
      items: { type: 'string' },
      description: 'Tasks (globs) that the tune was meant to improve; collateral-loss is measured on the others.',
    },
  },
  required: [],
  additionalProperties: false,
}

const { list: columns, at } = defineColumns({
  cases: count(),
  /** Cases in which every sample of both arms failed: wrong in both, where the task is scored at all. */
  failedCases: count(),
  scoreBaseline: sum(),
  scoreTuned: sum(),
  /** Cases that are not one right-or-wrong sample in each arm. */
  graded: count(),
  onlyBaseline: count(),
  onlyTuned: count(),
  otherCases: count(),
  otherBaseline: sum(),
  otherTuned: sum(),
  targetCases: count(),
  targetBaseline: sum(),
  targetTuned: sum(),
  flipCases: count(),
  flipsNegative: sum(),
  flipsPositive: sum(),
  ownCases: count(),
  ownFlips: sum(),
  toTunedFlips: sum(),
  repeatCases: count(),
  allRightBaseline: count(),
  allRightTuned: count(),
  sometimesBaseline: count(),
  sometimesTuned: count(),
})

export const crossTaskRegression = defineDetector<Options>({
  id: 'cross-task-regression',
  version: 1,
  title: 'Better here, worse there',
  docs: {
    why: 'A tune is judged on the task that it was made for. What it cost elsewhere shows up in production: sequential fine-tuning on two tasks lost 24.5 points of the first.',
    how: 'Mean score (else correctness) of both arms on the same cases, pooled and per task. An output that errored or is blank counts as wrong. Samples of a case are averaged before cases are.',
    limits:
      'It sees what the scores see. A score that a tune learned to please is no anchor. Tasks are taken as fixed: nothing is said of tasks that were not run.',
    sources: [
      { title: 'Gradient Episodic Memory (backward transfer), Lopez-Paz & Ranzato 2017', where: 'arXiv:1706.08840' },
      { title: 'Positive-congruent training (negative flips), Yan et al. 2021', where: 'arXiv:2011.09161' },
      { title: 'Adding error bars to evals, Miller 2024', where: 'arXiv:2411.00640' },
      { title: 'Isolating core parameters in fine-tuning, 2025', where: 'arXiv:2508.21741' },
    ],
  },
  options,
  defaults: { tunedFor: [] },
  prepare: ({ tunedFor }) => {
    const isTarget = targetMatcher(tunedFor)
    return {
      columns,
      measures: measures(tunedFor.length > 0),
      exhibits: [{ kind: 'flips', of: flips }],
      observe: (case_, tally) => observe(case_, tally, isTarget),
    }
  },
})

function targetMatcher(tunedFor: readonly string[]): (task: string) => boolean {
  const matchers = tunedFor.map(taskMatcher)
  return (task) => matchers.some((matches) => matches(task))
}

function observe(case_: Case, tally: Tally, isTarget: (task: string) => boolean): void {
  observeScores(case_, tally, isTarget(case_.task))
  observeFlips(case_, tally)
  observeOwnFlips(case_, tally)
}

interface Pair {
  readonly baseline: readonly number[]
  readonly tuned: readonly number[]
  readonly genuine: boolean
}

/** Scores of both arms, where both carry scores; else correctness: never one arm's score against the other's correctness. */
function scoresOf(case_: Case): Pair | null {
  return pairOf(case_, scoreOf) ?? pairOf(case_, correctnessOf)
}

function pairOf(case_: Case, value: typeof scoreOf): Pair | null {
  const baseline = outcomes(case_.baseline, value)
  const tuned = outcomes(case_.tuned, value)
  if (baseline === null || tuned === null) return null
  return { baseline: baseline.values, tuned: tuned.values, genuine: baseline.genuine || tuned.genuine }
}

function observeScores(case_: Case, tally: Tally, isTarget: boolean): void {
  const pair = scoresOf(case_)
  if (pair === null) return
  if (!pair.genuine) {
    tally.count(at.failedCases, 1)
    return
  }
  const baseline = mean(pair.baseline)
  const tuned = mean(pair.tuned)
  tally.count(at.cases, 1)
  tally.add(at.scoreBaseline, baseline)
  tally.add(at.scoreTuned, tuned)
  tally.count(isTarget ? at.targetCases : at.otherCases, 1)
  tally.add(isTarget ? at.targetBaseline : at.otherBaseline, baseline)
  tally.add(isTarget ? at.targetTuned : at.otherTuned, tuned)
  if (pair.baseline.length > 1 || !isBinary(baseline) || !isBinary(tuned)) tally.count(at.graded, 1)
  else if (baseline > tuned) tally.count(at.onlyBaseline, 1)
  else if (tuned > baseline) tally.count(at.onlyTuned, 1)
  if (tuned < baseline) tally.example('score', baseline - tuned, 'score-fell', fallOf(pair))
}

function isBinary(value: number): boolean {
  return value === 0 || value === 1
}

/** The best baseline sample beside the worst tuned one. */
function fallOf({ baseline, tuned }: Pair): { baseline: number; tuned: number } {
  return { baseline: baseline.indexOf(Math.max(...baseline)), tuned: tuned.indexOf(Math.min(...tuned)) }
}

function observeFlips(case_: Case, tally: Tally): void {
  const pair = pairOf(case_, correctnessOf)
  if (pair === null || !pair.genuine) return
  const before = mean(pair.baseline)
  const after = mean(pair.tuned)
  tally.count(at.flipCases, 1)
  tally.add(at.flipsNegative, before * (1 - after))
  tally.add(at.flipsPositive, (1 - before) * after)
  if (before > 0 && after < 1)
    tally.example('negative-flip-rate', before * (1 - after), 'right-then-wrong', fallOf(pair))
  if (pair.baseline.length < 2) return
  tally.count(at.repeatCases, 1)
  tally.count(at.allRightBaseline, before === 1 ? 1 : 0)
  tally.count(at.allRightTuned, after === 1 ? 1 : 0)
  tally.count(at.sometimesBaseline, before > 0 && before < 1 ? 1 : 0)
  tally.count(at.sometimesTuned, after > 0 && after < 1 ? 1 : 0)
}

/**
 * Flips between two of the baseline's own samples, unbiased over ordered pairs: right·wrong/(k·(k − 1)). It is the noise
 * floor of flips to the tuned arm, so every sample of both arms serves.
 */
function observeOwnFlips(case_: Case, tally: Tally): void {
  const before = outcomes(case_.all.baseline, correctnessOf)
  const after = outcomes(case_.all.tuned, correctnessOf)
  if (before === null || after === null || !(before.genuine || after.genuine) || before.values.length < 2) return
  const k = before.values.length
  const right = before.values.reduce((total, value) => total + value, 0)
  tally.count(at.ownCases, 1)
  tally.add(at.ownFlips, (right * (k - right)) / (k * (k - 1)))
  tally.add(at.toTunedFlips, (right / k) * (1 - mean(after.values)))
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}

const scored = { unit: 'score', worse: 'lower', needs: ['score'], interval: 'jackknife', scope: 'task' } as const
const flipped = { unit: 'share', worse: 'higher', interval: 'jackknife', scope: 'task', range: 1 } as const

function measures(hasTargets: boolean): Measure[] {
  return [
    {
      ...scored,
      id: 'score',
      title: 'Mean score, as a share of its range; else share correct',
      margin: 0.05,
      role: 'guarded',
      pool: 'sum',
      cases: ['cases', 'failedCases'],
      range: 1,
      of: (sums) => meanScore(sums, 'cases', 'scoreBaseline', 'scoreTuned', sums.count('failedCases')),
      discordance: (sums) =>
        sums.count('graded') > 0
          ? null
          : {
              cases: sums.count('cases') + sums.count('failedCases'),
              onlyBaseline: sums.count('onlyBaseline'),
              onlyTuned: sums.count('onlyTuned'),
            },
    },
    {
      ...scored,
      id: 'collateral-loss',
      title: 'Mean change of the tasks that the tune was not made for',
      margin: 0.05,
      role: 'guarded',
      pool: byTasks,
      cases: ['otherCases'],
      range: 1,
      ...(hasTargets ? {} : { unavailable: { code: 'not-declared', option: 'tunedFor' } as const }),
      of: (sums) => meanScore(sums, 'otherCases', 'otherBaseline', 'otherTuned', 0),
      details: (sums) => ({ gainOnTarget: targetGain(sums) }),
    },
    {
      ...flipped,
      id: 'excess-negative-flips',
      title: 'Flips from right to wrong beyond those between the baseline’s own samples',
      margin: 0.05,
      role: 'watched',
      needs: ['score', 'repeats'],
      pool: 'sum',
      cases: ['ownCases'],
      of: (sums) => ratio(sums, 'ownCases', 'ownFlips', 'toTunedFlips'),
    },
    {
      ...flipped,
      id: 'negative-flip-rate',
      title: 'Share of cases right before and wrong after',
      margin: null,
      role: 'noted',
      needs: ['score'],
      pool: 'sum',
      cases: ['flipCases'],
      of: negativeFlips,
      details: flipDetails,
    },
    {
      ...scored,
      id: 'seesaw-index',
      title: 'Share of the absolute change per task that is loss',
      unit: 'share',
      worse: 'higher',
      scope: 'run',
      margin: null,
      role: 'noted',
      pool: seesaw,
      cases: ['cases', 'failedCases'],
      range: null,
      of: (sums) => meanScore(sums, 'cases', 'scoreBaseline', 'scoreTuned', sums.count('failedCases')),
    },
    {
      ...scored,
      id: 'reliability-over-repeats',
      title: 'Share of cases whose every sample is right (pass^k)',
      unit: 'share',
      margin: null,
      role: 'noted',
      needs: ['score', 'repeats'],
      pool: 'sum',
      cases: ['repeatCases'],
      range: 1,
      of: (sums) => armShares(sums, 'allRightBaseline', 'allRightTuned'),
      details: (sums) => ({ solvedSometimes: sometimes(sums) }),
    },
  ]
}

/** Failed cases score 0 in both arms: they widen the denominator. */
function meanScore(sums: Sums, cases: string, baseline: string, tuned: string, failed: number): Value | Unmeasured {
  if (sums.count(cases) === 0) return unmeasured({ code: 'missing-field', needs: ['score'] })
  const n = sums.count(cases) + failed
  return { kind: 'arms', baseline: sums.sum(baseline) / n, tuned: sums.sum(tuned) / n }
}

function ratio(sums: Sums, cases: string, baseline: string, tuned: string): Value | Unmeasured {
  const n = sums.count(cases)
  if (n === 0) return unmeasured({ code: 'missing-field', needs: ['score', 'repeats'] })
  return { kind: 'arms', baseline: sums.sum(baseline) / n, tuned: sums.sum(tuned) / n }
}

function armShares(sums: Sums, baseline: string, tuned: string): Value | Unmeasured {
  const n = sums.count('repeatCases')
  if (n === 0) return unmeasured({ code: 'missing-field', needs: ['score', 'repeats'] })
  return { kind: 'arms', baseline: sums.count(baseline) / n, tuned: sums.count(tuned) / n }
}

function sometimes(sums: Sums): { baseline: number; tuned: number } | null {
  const n = sums.count('repeatCases')
  if (n === 0) return null
  return { baseline: sums.count('sometimesBaseline') / n, tuned: sums.count('sometimesTuned') / n }
}

function targetGain(sums: Sums): number | null {
  const n = sums.count('targetCases')
  return n === 0 ? null : (sums.sum('targetTuned') - sums.sum('targetBaseline')) / n
}

function negativeFlips(sums: Sums): Value | Unmeasured {
  const n = sums.count('flipCases')
  if (n === 0) return unmeasured({ code: 'missing-field', needs: ['score'] })
  return { kind: 'change', change: sums.sum('flipsNegative') / n }
}

function flipDetails(sums: Sums): { [key: string]: number } {
  const n = sums.count('flipCases')
  const negative = sums.sum('flipsNegative')
  const positive = sums.sum('flipsPositive')
  return {
    negativeFlips: negative,
    positiveFlips: positive,
    positiveFlipRate: positive / n,
    churn: (negative + positive) / n,
  }
}

function flips(sums: Sums): { [key: string]: number } | null {
  return sums.count('flipCases') === 0 ? null : { cases: sums.count('flipCases'), ...flipDetails(sums) }
}

/** Loss as a share of all movement, each task counting once. */
function seesaw(tasks: readonly TaskValue[]): Value | Unmeasured {
  const changes = tasks.map(({ task, value }) => ({
    task,
    change: value.kind === 'arms' ? value.tuned - value.baseline : value.change,
  }))
  if (changes.length < 2) return unmeasured({ code: 'too-few', what: 'tasks', have: changes.length, need: 2 })
  const movement = changes.reduce((total, { change }) => total + Math.abs(change), 0)
  if (movement === 0) return unmeasured({ code: 'nothing-changed' })
  const loss = changes.reduce((total, { change }) => total + Math.max(0, -change), 0)
  const worst = changes.reduce((a, b) => (b.change < a.change ? b : a))
  return { kind: 'change', change: loss / movement, details: { worstTask: worst.task, worstChange: worst.change } }
}
