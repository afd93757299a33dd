import type { Verification } from '../domain/verification.js'
import { compileLater } from './own-schema.js'

/** What a log may say of an output beside its score. */
export interface LoggedVerification {
  /** Whether it has the form that was asked for; null or absent where nothing judged that. */
  readonly valid?: boolean | null
  /** Whether it is what was asked for. */
  readonly feasible: boolean
  /** What is wrong with it. */
  readonly violations?: readonly string[]
}

export const VERIFICATION_SCHEMA = {
  type: 'object',
  properties: {
    valid: { type: ['boolean', 'null'] },
    feasible: { type: 'boolean' },
    violations: { type: 'array', items: { type: 'string' } },
  },
  required: ['feasible'],
}
const isVerification = compileLater<LoggedVerification>(VERIFICATION_SCHEMA)

/** A verdict that stands in the log; null for a column of the same name that holds something else. */
export function verificationOf(value: unknown): Verification | null {
  if (value === undefined || value === null || !isVerification(value)) return null
  const { valid = null, feasible, violations = [] } = value
  return { kind: 'verified', valid, feasible, violations, objective: null }
}
