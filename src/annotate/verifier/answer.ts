import { shown } from '../../domain/printable.js'
import type { Verification } from '../../domain/verification.js'
import { VIOLATION_CHARACTERS, VIOLATIONS } from './limits.js'
import { cut, fault, quoted } from './text.js'

const UTF8 = new TextDecoder('utf-8', { fatal: true })
const MESSAGE = 240

/**
 * What a line says: an object with a boolean `feasible` and, where they are not null, `valid` (boolean), `violations`
 * (strings) and `objective` (finite); other keys are not looked at. Or `{"error": "…"}`, by which a verifier says that it
 * could not judge: that is how an exception of a module arrives, and it counts as a crash on this output alone. By
 * `notLoaded` our own runner says that it cannot use the module.
 */
export function readAnswer(line: Buffer, name: string): Verification {
  const answer = parsed(line)
  if (answer === null) return fault('bad-answer', `It answered ${quoted(line)}, which is no JSON object in UTF-8.`)
  if (typeof answer.error === 'string') return fault('crashed', `It could not judge: ${cut(answer.error, MESSAGE)}`)
  if (typeof answer.notLoaded === 'string') return fault('not-started', notLoaded(name, answer.notLoaded))
  return verdictOf(answer)
}

function notLoaded(name: string, cause: string): string {
  return `The module ${shown(name)} cannot be used: ${cut(cause, MESSAGE)}.`
}

function parsed(line: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(UTF8.decode(line))
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function verdictOf({ feasible, ...rest }: Readonly<Record<string, unknown>>): Verification {
  const valid = rest.valid ?? null
  const violations = rest.violations ?? []
  const objective = rest.objective ?? null
  if (typeof feasible !== 'boolean') return wrong('feasible', feasible, 'true or false')
  if (valid !== null && typeof valid !== 'boolean') return wrong('valid', valid, 'true, false or null')
  if (!isTexts(violations)) return wrong('violations', violations, 'an array of strings')
  if (objective !== null && !isFiniteNumber(objective)) return wrong('objective', objective, 'a finite number or null')
  const kept = violations.slice(0, VIOLATIONS).map((text) => cut(text, VIOLATION_CHARACTERS))
  return { kind: 'verified', valid, feasible, violations: kept, objective }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string')
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value)
}

function wrong(key: string, value: unknown, expected: string): Verification {
  const seen =
    value === undefined ? `has no "${key}"` : `has ${typeof value === 'number' ? value : shown(value)} for "${key}"`
  return fault('bad-answer', `Its answer ${seen}: that must be ${expected}.`)
}
