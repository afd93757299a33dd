import type { SuperiorityPlan } from '../domain/plan.js'
import { casesToShow, type Superiority } from '../stats/sample-size.js'

/** The cases that show a change of `delta` by Miller's formula. */
export function planSuperiority(asked: Superiority, tool: SuperiorityPlan['tool']): SuperiorityPlan {
  const { omega2, sigma2, samples, delta, alpha, power, sides } = asked
  const cases = casesToShow(asked)
  return { schemaVersion: 1, tool, kind: 'superiority', omega2, sigma2, samples, delta, alpha, power, sides, cases }
}
