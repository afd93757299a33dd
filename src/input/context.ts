import type { Policy, TaskPolicy } from '../domain/policy.js'
import { AuditError, type Problem } from '../domain/problem.js'
import type { Place } from '../domain/record.js'
import { type FieldMap, fieldMap } from './fields.js'
import type { FileIntake, Intake } from './intake.js'

/** What decides how a record is read. */
export interface ReadingRules {
  readonly policy: Policy
  readonly taskPolicy: (task: string) => TaskPolicy
  readonly isSelected: (task: string) => boolean
  /** Whether the case with this key is observed: null where every one is, else those of one shard. */
  readonly takes: ((key: string) => boolean) | null
  readonly fields: FieldMap
  /** Hears of logs whose run is not whole; throws where they must not be read. */
  readonly unfinished: (problem: Problem) => void
}

export function readingRules(
  policy: Policy,
  taskPolicy: (task: string) => TaskPolicy,
  isSelected: (task: string) => boolean,
): ReadingRules {
  const unfinished = (problem: Problem) => {
    throw new AuditError(problem)
  }
  return {
    policy,
    taskPolicy,
    isSelected,
    takes: null,
    unfinished,
    fields: fieldMap(policy.input.fields, policy.input.guess),
  }
}

/** Where a record is read from, and what is counted on the way; both null when it is read a second time. */
export interface ReadingContext {
  readonly place: Place
  readonly arm: Intake | null
  readonly file: FileIntake | null
}
