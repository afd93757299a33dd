import { type Measure, type TaskValue, type Unmeasured, unmeasured, type Value } from '../../domain/measure.js'
import { byTasks } from '../../domain/pool.js'
import type { Sums } from '../../domain/tally.js'
import { flipDetails } from './flips.js'

const scored = { unit: 'score', worse: 'lower', needs: ['score'], interval: 'jackknife', scope: 'task' } as const

const flipped = { unit: 'share', worse: 'higher', interval: 'jackknife', scope: 'task', range: 1 } as const

export function measures(hasTargets: boolean): Measure[] {
  return [
    {
      ...scored,
      id: 'score',
      title: 'Mean score, as a share of its range; else share correct',
      margin: 0.05,
      role: 'guarded',
      pool: 'sum',
      cases: ['cases', 'failedCases'],
      sliced: ['scoreBaseline', 'scoreTuned', 'graded', 'onlyBaseline', 'onlyTuned'],
      range: 1,
      of: (sums) => meanScore(sums, 'cases', 'scoreBaseline', 'scoreTuned', sums.count('failedCases')),
      worstCase: {
        cases: ['cases', 'failedCases', 'unscoredCases'],
        of: (sums) => worstScore(sums, { cases: 'cases', baseline: 'scoreBaseline', tuned: 'scoreTuned' }, 'unscored'),
      },
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
      worstCase: {
        cases: ['otherCases', 'otherUnscoredCases'],
        of: (sums) =>
          worstScore(sums, { cases: 'otherCases', baseline: 'otherBaseline', tuned: 'otherTuned' }, 'otherUnscored'),
      },
      details: (sums) => ({ gainOnTarget: targetGain(sums) }),
    },
    {
      ...flipped,
      id: 'excess-negative-flips',
      title: 'Flips from right to wrong beyond those between the baseline’s own samples',
      margin: 0.05,
      role: 'noted',
      needs: ['score', 'repeats'],
      pool: 'sum',
      cases: ['ownCases'],
      noiseFloor: true,
      of: excessFlips,
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
      pool: { weight: () => 1, of: seesaw },
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

interface ScoreColumns {
  readonly cases: string
  readonly baseline: string
  readonly tuned: string
}

/** The scored cases and the unscored ones, at their worst, together. */
function worstScore(sums: Sums, { cases, baseline, tuned }: ScoreColumns, unscored: string): Value | Unmeasured {
  const known = sums.count(cases) + sums.count(`${unscored}Cases`)
  if (known === 0) return unmeasured({ code: 'missing-field', needs: ['score'] })
  const n = known + (cases === 'cases' ? sums.count('failedCases') : 0)
  return {
    kind: 'arms',
    baseline: (sums.sum(baseline) + sums.sum(`${unscored}Baseline`)) / n,
    tuned: (sums.sum(tuned) + sums.sum(`${unscored}Tuned`)) / n,
  }
}

/** A baseline whose repeats never differ (greedy, cached) has no noise floor to hold flips against. */
function excessFlips(sums: Sums): Value | Unmeasured {
  const n = sums.count('ownCases')
  if (n === 0) return unmeasured({ code: 'missing-field', needs: ['score', 'repeats'] })
  if (sums.sum('ownFlips') === 0) return unmeasured({ code: 'repeats-never-differ' })
  return { kind: 'arms', baseline: sums.sum('ownFlips') / n, tuned: sums.sum('toTunedFlips') / n }
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
