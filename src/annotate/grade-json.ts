import type { JsonSpec } from '../domain/grading.js'
import { parseLenient, payloadOf } from '../text/payload.js'
import type { Grader } from './grade.js'

/** Deeper values are equal to nothing: what follows walks them recursively. */
const MAX_DEPTH = 1000

/**
 * The JSON that an output carries, in prose or fences too, equals the reference: the same keys in any order, numbers by
 * value. A reference given as text is read as JSON where it is JSON, else it is that text. An array is one value here,
 * not a choice of answers. Cannot be graded: a missing reference.
 */
export function jsonGrader({ ignoreOrder = false, pointer = '' }: JsonSpec): Grader {
  const path = tokens(pointer)
  const form = (value: unknown) => canonical(value, ignoreOrder)
  return {
    grade(output, reference) {
      if (reference === undefined || reference === null || reference === '') return null
      const expected = parsedReference(reference)
      const value = follow(valueIn(output), path)
      if (value === undefined || isDeep(value)) return false
      return form(value) === form(follow(expected, path) ?? expected)
    },
  }
}

function valueIn(output: string): unknown {
  const payload = payloadOf(output)
  return payload === null ? parseLenient(output) : parseLenient(payload.text)
}

function parsedReference(reference: unknown): unknown {
  if (typeof reference !== 'string') return reference
  try {
    return JSON.parse(reference)
  } catch {
    return reference
  }
}

function tokens(pointer: string): readonly string[] {
  const parts = pointer.split('/').slice(1)
  return parts.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Own keys only; undefined where there is nothing. */
function follow(value: unknown, path: readonly string[]): unknown {
  let at = value
  for (const token of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, token)) return undefined
    at = (at as Readonly<Record<string, unknown>>)[token]
  }
  return at
}

/** Level by level, because recursion is what it guards. */
function isDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
    if (level.length === 0) return false
  }
  return true
}

/** Equal values give equal text. */
function canonical(value: unknown, ignoreOrder: boolean): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item, ignoreOrder))
    return `[${(ignoreOrder ? items.sort() : items).join(',')}]`
  }
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item, ignoreOrder)}`)
  return `{${members.sort().join(',')}}`
}
