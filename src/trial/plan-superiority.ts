import type { Superiority, SuperiorityPlan } from '../domain/plan.js'
import { casesToShow } from '../stats/sample-size.js'

/** The cases that show a change of `delta` by Miller's formula. */
export function planSuperiority(asked: Superiority, tool: SuperiorityPlan['tool']): SuperiorityPlan {
  return { schemaVersion: 1, tool, kind: 'superiority', ...asked, cases: casesToShow(asked) }
}
