import { unusedOverrides } from '../config/tasks.js'
import { nearest } from '../domain/nearest.js'
import { sortedBy } from '../domain/order.js'
import type { Policy } from '../domain/policy.js'
import { AuditError } from '../domain/problem.js'
import { ARMS } from '../domain/record.js'
import type { Reading } from './reading.js'

const SHOWN = 20

/** Names in the config that only the data can confirm. Throws AuditError `unknown-name`. */
export function checkNames(policy: Policy, reading: Reading): void {
  const seen = new Set(ARMS.flatMap((arm) => [...reading.intake[arm].tasks]))
  const unused = unusedOverrides(policy, seen)[0]
  if (unused !== undefined) throw unknown('task', unused, seen)
  const { scoreName } = policy.input
  const scores = new Set(reading.scoreNames)
  if (scoreName !== null && !scores.has(scoreName)) throw unknown('score', scoreName, scores)
}

function unknown(what: string, name: string, known: ReadonlySet<string>): AuditError {
  const names = sortedBy(known, (each) => each).slice(0, SHOWN)
  return new AuditError({ code: 'unknown-name', what, name, nearest: nearest(name, known), known: names })
}
