import type { Role } from '../domain/measure.js'
import type { Estimate, Unestimated } from './summarise.js'

/** What of a question decides whether it is tested, and at which share of α. */
export interface Candidate {
  readonly role: Role
  /** Null when pooled over tasks. */
  readonly task: string | null
  readonly margin: number | null
  readonly estimate: Estimate | Unestimated
}

export interface Tested {
  readonly estimate: Estimate & { readonly interval: NonNullable<Estimate['interval']> }
  readonly margin: number
}

/** Whether a question is one of the run's tests: it decides, has a margin, and could be measured with an interval. */
export function inFamily<C extends Candidate>(question: C): question is C & Tested {
  const { role, estimate, margin } = question
  return role !== 'noted' && margin !== null && estimate.kind === 'measured' && estimate.interval !== null
}

/** Each test's share of α, before any p is looked at: the pooled guarded measures share half of α, the rest the other half. */
export function weigh(family: readonly Pick<Candidate, 'role' | 'task'>[]): number[] {
  const first = family.filter(isPooledGuarded).length
  const rest = family.length - first
  const shareFirst = rest === 0 ? 1 : 0.5
  const shareRest = first === 0 ? 1 : 0.5
  return family.map((question) => (isPooledGuarded(question) ? shareFirst / first : shareRest / rest))
}

function isPooledGuarded({ role, task }: Pick<Candidate, 'role' | 'task'>): boolean {
  return role === 'guarded' && task === null
}
