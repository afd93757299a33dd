import { ALIASES, FIELDS, type Field } from '../domain/fields.js'
import type { Raw } from '../domain/record.js'

/** What a record is read by; later fields join when a detector uses them. */
export type Canonical = Record<Field, unknown>

export interface FieldMap {
  /** Key tokens of the JSON Pointer that a field was mapped to. */
  readonly pointers: Readonly<Partial<Record<Field, readonly string[]>>>
  /** Whether other names are recognised. */
  readonly guess: boolean
}

export function fieldMap(fields: Readonly<Record<string, string>>, guess: boolean): FieldMap {
  const pointers: Partial<Record<Field, readonly string[]>> = {}
  for (const field of FIELDS) {
    const pointer = fields[field]
    if (pointer !== undefined) pointers[field] = tokens(pointer)
  }
  return { pointers, guess }
}

/** RFC 6901. */
function tokens(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Hears where a value came from, if not from its own name. */
export interface FieldListener {
  alias(field: Field, name: string): void
  mapped(field: Field): void
}

/** The value of a canonical field, undefined where the record has none. */
export function fieldOf(raw: Raw, field: Field, map: FieldMap, listener: FieldListener | null): unknown {
  const pointer = map.pointers[field]
  if (pointer !== undefined) {
    const found = follow(raw, pointer)
    if (found !== undefined) listener?.mapped(field)
    return found
  }
  const value = raw[field]
  if (value !== undefined || !map.guess) return value
  for (const name of ALIASES[field]) {
    const other = raw[name]
    if (other === undefined) continue
    listener?.alias(field, name)
    return other
  }
  return undefined
}

function follow(raw: Raw, pointer: readonly string[]): unknown {
  let value: unknown = raw
  for (const token of pointer) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined
    value = (value as Record<string, unknown>)[token]
  }
  return value
}

/** The top-level keys that a canonical field may come from, in order. */
export function keysOf(field: Field, map: FieldMap): readonly string[] {
  const pointer = map.pointers[field]
  if (pointer !== undefined) return pointer.slice(0, 1)
  return map.guess ? [field, ...ALIASES[field]] : [field]
}
