import type { Case } from '../../domain/case.js'
import type { Measure } from '../../domain/measure.js'
import { unmeasured } from '../../domain/measure.js'
import type { Sample } from '../../domain/record.js'
import { count, type Sums, sum, type Tally } from '../../domain/tally.js'
import { checkStatements, type Stated } from './statements/index.js'
import { observeYesNo, sharesOf } from './yes-no.js'

export const statedDefinition = {
  statedCases: count(),
  statedBaseline: sum(),
  statedTuned: sum(),
  statedRepeats: count(),
  statedOnlyBaseline: count(),
  statedOnlyTuned: count(),
  /** Statements, and those that are false. */
  statementsBaseline: count(),
  statementsTuned: count(),
  falseBaseline: count(),
  falseTuned: count(),
}

/** Where nothing is declared: outputs that state something checkable, in both arms, and state nothing false. */
export const statedMeasure: Measure = {
  id: 'feasible-rate',
  title: 'Share of outputs whose arithmetic and dates hold, of those that state any (nothing is declared)',
  unit: 'share',
  worse: 'lower',
  margin: null,
  role: 'noted',
  needs: [],
  pool: 'sum',
  scope: 'task',
  cases: ['statedCases'],
  range: 1,
  interval: 'jackknife',
  of: (sums) => sharesOf('stated', sums, unmeasured({ code: 'not-declared', option: 'structure, rules or verifier' })),
  details: (sums) => ({ statements: perArm(sums, 'statements'), false: perArm(sums, 'false') }),
}

function perArm(sums: Sums, id: string) {
  return { baseline: sums.count(`${id}Baseline`), tuned: sums.count(`${id}Tuned`) }
}

type At = Readonly<Record<keyof typeof statedDefinition, number>>

export function observeStated({ baseline, tuned }: Case, tally: Tally, at: At): void {
  const before = allStated(baseline)
  const after = before === null ? null : allStated(tuned)
  if (before === null || after === null) return
  for (const { checked, wrong } of before) {
    tally.count(at.statementsBaseline, checked)
    tally.count(at.falseBaseline, wrong)
  }
  for (const { checked, wrong } of after) {
    tally.count(at.statementsTuned, checked)
    tally.count(at.falseTuned, wrong)
  }
  const holds = { baseline: before.map(({ wrong }) => wrong === 0), tuned: after.map(({ wrong }) => wrong === 0) }
  observeYesNo('stated', holds, at, tally)
  const samples = { baseline: holds.baseline.indexOf(true), tuned: holds.tuned.indexOf(false) }
  if (samples.baseline < 0 || samples.tuned < 0) return
  tally.example('feasible-rate', 1, 'states-something-false', samples, after[samples.tuned]!.firstWrong)
}

/** Null where an output states nothing: the others need not be read then. */
function allStated(samples: readonly Sample[]): Stated[] | null {
  const all: Stated[] = []
  for (const { output } of samples) {
    const stated = checkStatements(output)
    if (stated.checked === 0) return null
    all.push(stated)
  }
  return all
}
