import type { DeepPartial } from '../domain/policy.js'
import type { PartialConfig } from './partial.js'

/** Whose entries are taken whole: half of one schema and half of another is neither. */
const ENTRIES_WHOLE = new Set(['options'])
const WHOLE = new Set(['grader', 'stated'])
/** Keys of which one at most holds: a later one takes the place of the other. */
const ALTERNATIVES = ['stated', 'logprobs']

/**
 * `over` laid upon `base`: objects merge deeply, but for a detector's options, which are each replaced whole; arrays and
 * scalars replace. Neither is changed.
 */
export function merge<T>(base: T, over: DeepPartial<T>): T {
  // The compiler cannot follow a merge by keys; that `over` is a part of T makes the result a T.
  return mergeValues(base, over) as T
}

/** As `merge`, but plugins, overrides and waivers add up: the parent's first, so that the child's win. */
export function mergeConfigs(parent: PartialConfig, child: PartialConfig): PartialConfig {
  const plugins = [...new Set([...(parent.plugins ?? []), ...(child.plugins ?? [])])]
  const overrides = [...(parent.overrides ?? []), ...(child.overrides ?? [])]
  const waivers = [...(parent.waivers ?? []), ...(child.waivers ?? [])]
  const merged = merge<PartialConfig>(parent, child)
  return {
    ...merged,
    ...(plugins.length > 0 && { plugins }),
    ...(overrides.length > 0 && { overrides }),
    ...(waivers.length > 0 && { waivers }),
  }
}

function mergeValues(base: unknown, over: unknown, entriesWhole = false): unknown {
  if (over === undefined) return base
  if (!isPlain(base) || !isPlain(over)) return over
  // Through a Map, so that a key such as __proto__ stays a key.
  const merged = new Map(Object.entries(base))
  for (const [key, value] of Object.entries(over)) {
    const whole = entriesWhole || WHOLE.has(key)
    merged.set(key, whole ? value : mergeValues(merged.get(key), value, ENTRIES_WHOLE.has(key)))
  }
  for (const key of ALTERNATIVES) if (isDisplaced(key, merged, over)) merged.set(key, null)
  return Object.fromEntries(merged)
}

function isDisplaced(key: string, merged: ReadonlyMap<string, unknown>, over: object): boolean {
  return merged.has(key) && !Object.hasOwn(over, key) && ALTERNATIVES.some((other) => Object.hasOwn(over, other))
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
