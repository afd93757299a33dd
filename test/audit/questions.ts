import { decide, type Question } from '../../src/audit/judge.js'
import type { Estimate } from '../../src/audit/summarise.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { detectors } from '../../src/detectors/index.js'
import type { Measure } from '../../src/domain/measure.js'
import type { HarmInterval } from '../../src/stats/interval.js'

export const POLICY = resolvePolicy({}, detectors)

/** A share that gets worse as it rises, margin .05. */
export const MEASURE: Measure = {
  id: 'off-course-rate',
  title: 'answers off course',
  unit: 'share',
  worse: 'higher',
  margin: 0.05,
  role: 'guarded',
  needs: ['score'],
  pool: 'sum',
  scope: 'task',
  cases: [],
  range: 1,
  interval: 'jackknife',
  of: () => ({ kind: 'change', change: 0 }),
}

/** An estimate over 400 cases in 100 clusters: harm .01, from −.02 to .04, p .3. */
export function measured(given: Partial<HarmInterval>): Estimate {
  const interval: HarmInterval = {
    method: 'jackknife',
    low: -0.02,
    high: 0.04,
    spread: 0.015,
    p: 0.3,
    buckets: 80,
    canFail: true,
    ...given,
  }
  return {
    kind: 'measured',
    baseline: 0.1,
    tuned: 0.11,
    change: { value: 0.01, low: interval.low, high: interval.high, level: 0.9, method: interval.method },
    n: 400,
    clusters: 100,
    degreesOfFreedom: 60,
    paired: null,
    interval,
    details: { course: 'north' },
  }
}

/** A pooled guarded question of that measure. */
export function question(given: Partial<Question> & { readonly interval?: Partial<HarmInterval> }): Question {
  const { interval, ...rest } = given
  return {
    detector: detectors[0]!,
    measure: MEASURE,
    task: null,
    role: 'guarded',
    margin: MEASURE.margin,
    eligible: 500,
    mostCases: null,
    estimate: measured(interval ?? {}),
    worstCase: null,
    examples: [],
    ...rest,
  }
}

export const decided = (questions: readonly Question[]) => decide(questions, POLICY)
