import { type Policy, readsLogprobs } from '../domain/policy.js'
import { printable } from '../domain/printable.js'
import { AuditError } from '../domain/problem.js'

/** What may stand for a field: a top-level key, or a JSON Pointer (RFC 6901), which starts with a slash. */
export const FIELD_VALUE = /^(?:[^/]|(?:\/(?:[^/~]|~[01])*)+$)/

/** Every value as a JSON Pointer. */
export function pointers(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, toPointer(value)]))
}

function toPointer(value: string): string {
  return value.startsWith('/') ? value : `/${value.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/**
 * Throws `usage` where one column is to be both how good an output is and how sure the model was: it would be judged by
 * itself. `fields` are pointers; a field that is not mapped is read from its own name.
 */
export function requireOwnColumns(fields: Readonly<Record<string, string>>): void {
  const pointer = (field: string) => fields[field] ?? `/${field}`
  for (const field of ['score', 'correct']) {
    if (pointer(field) !== pointer('confidence')) continue
    const message = `${printable(pointer(field))} cannot be both ${field} and confidence: a confidence says how sure the model was, not whether it was right. Map each to a column of its own (--fields, or input.fields in the config).`
    throw new AuditError({ code: 'usage', message })
  }
}

/** Throws `usage` where a column is named that nothing reads. */
export function requireLogprobsRead(policy: Policy): void {
  if (policy.input.fields.logprobs === undefined || readsLogprobs(policy)) return
  const message = 'logprobs is mapped, and nothing reads it: say how, with confidence: {logprobs: mean} in the config.'
  throw new AuditError({ code: 'usage', message })
}
