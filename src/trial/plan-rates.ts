import { BUCKETS } from '../audit/buckets.js'
import type { PlannedMeasure } from '../domain/plan.js'
import { AuditError } from '../domain/problem.js'
import { POWER } from '../stats/sample-size.js'
import { planned } from './planned.js'

/** The power at which plans state sizes. */
export const STATED_POWER = POWER

export interface Rates {
  /** Share of the cases that the baseline gets right. */
  readonly rate: number
  /** Share of the cases whose outcome a harmless tune flips, half each way. */
  readonly churn: number
  readonly margin: number
  readonly alpha: number
  /** Null to ask only how many are needed. */
  readonly cases: number | null
}

/** One share, right or wrong once a case, with all of α for itself. Throws AuditError `usage` for rates that cannot be. */
export function planRates({ rate, churn, margin, alpha, cases }: Rates): PlannedMeasure {
  const most = 2 * Math.min(rate, 1 - rate)
  if (churn > most) {
    const message = `--churn ${churn}: half of the flips turn right answers wrong and half the other way, so that with a rate of ${rate} no more than ${Number(most.toPrecision(12))} of the cases can flip.`
    throw new AuditError({ code: 'usage', message })
  }
  return planned({
    detector: 'cross-task-regression',
    measure: 'score',
    unit: 'score',
    worse: 'lower',
    basis: 'stated',
    outlooks: [{ sigma: Math.sqrt(churn), range: 1, margin, alpha, tail: alpha, yesNo: true, buckets: BUCKETS }],
    n: cases,
    casesPerCluster: 1,
    mostCases: null,
    samples: null,
  })
}
