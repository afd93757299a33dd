import type { Raw } from '../../domain/record.js'

/** Parts of logs whose shape is not promised: null where a value is of another kind. */

export function asObject(value: unknown): Raw | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : null
}

export function asList(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null
}

export function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** What follows the keys into a value; undefined where the way ends. */
export function at(value: unknown, ...keys: readonly (string | number)[]): unknown {
  let inner: unknown = value
  for (const key of keys) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return undefined
    inner = Reflect.get(inner, key)
  }
  return inner
}

/** A score: a number, or yes and no as 1 and 0; null for what is neither. */
export function numberIn(row: Raw, key: string): number | null {
  const value = row[key]
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'number' ? value : null
}

/** Without what is not known; null where nothing is. */
export function known(fields: Raw): Raw | null {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
  return entries.length === 0 ? null : Object.fromEntries(entries)
}
