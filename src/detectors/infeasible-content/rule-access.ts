import { Unevaluable } from './rule-frame.js'
import { type Fields, isFields, kindOf, numberOf } from './rule-values.js'

/** Own keys only: `constructor` and `__proto__` are what the data says, or nothing. */
export function valueOfKey(owner: unknown, key: string, site: string): unknown {
  const value = ownValue(fieldsOf(owner, site), key)
  if (value === undefined) throw new Unevaluable(`${site}: no such key`)
  return value
}

/** Also where the value is null. */
export function hasKey(owner: unknown, key: string, site: string): boolean {
  return ownValue(fieldsOf(owner, site), key) !== undefined
}

/** An element of a list by its number from 0, or a value of an object by its key. */
export function indexed(owner: unknown, index: unknown, site: string): unknown {
  if (Array.isArray(owner)) return elementAt(owner, index, site)
  if (typeof index === 'string') return valueOfKey(owner, index, site)
  throw new Unevaluable(`${site}: ${kindOf(owner)} cannot be indexed by ${kindOf(index)}`)
}

function ownValue(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined
}

function fieldsOf(value: unknown, site: string): Fields {
  if (isFields(value)) return value
  throw new Unevaluable(`${site}: ${kindOf(value)} has no keys`)
}

function elementAt(items: readonly unknown[], index: unknown, site: string): unknown {
  const at = numberOf(index, site)
  if (!Number.isInteger(at)) throw new Unevaluable(`${site}: the index is not a whole number`)
  if (at < 0 || at >= items.length) throw new Unevaluable(`${site}: no such element`)
  return items[at]
}
