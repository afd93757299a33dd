import { type Frame, spend, spendText, Unevaluable } from './rule-frame.js'
import { isFields, isNumber, keysOf, kindOf, numberOf } from './rule-values.js'

export const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='] as const
export type Comparison = (typeof COMPARISONS)[number]

export interface Tolerance {
  /** In the unit of the sides. */
  readonly absolute: number
  /** Share of the larger side's size, 0–1. */
  readonly relative: number
}

const EXACT: Tolerance = { absolute: 0, relative: 0 }

/** What binary rounding needs, as in Python's math.isclose: 0.1 + 0.2 == 0.3. */
const ROUNDING: Tolerance = { absolute: 0, relative: 1e-9 }

/**
 * Whether a numeric comparison holds. With t = max(absolute, relative · max(|a|, |b|)), math.isclose's rule:
 * a == b iff |a − b| ≤ t, a != b iff |a − b| > t, a <= b iff a − b ≤ t, a < b iff a − b < t, or a < b where t is 0; >= and > mirror them.
 * Undeclared, t is 0 for < and > and between two whole numbers, which are exact in JSON (1000000007 is not 1000000008),
 * and 1e-9 · max(|a|, |b|) otherwise; so against 0 only an absolute tolerance helps.
 */
export function compareNumbers(op: Comparison, a: number, b: number, declared: Tolerance | null): boolean {
  const allowed = allowance(op, a, b, declared)
  switch (op) {
    case '==':
      return Math.abs(a - b) <= allowed
    case '!=':
      return Math.abs(a - b) > allowed
    case '<':
      return a - b < allowed
    case '<=':
      return a - b <= allowed
    case '>':
      return b - a < allowed
    case '>=':
      return b - a <= allowed
  }
}

function allowance(op: Comparison, a: number, b: number, declared: Tolerance | null): number {
  const { absolute, relative } = declared ?? undeclared(op, a, b)
  return Math.max(absolute, relative * Math.max(Math.abs(a), Math.abs(b)))
}

function undeclared(op: Comparison, a: number, b: number): Tolerance {
  if (op === '<' || op === '>') return EXACT
  return Number.isInteger(a) && Number.isInteger(b) ? EXACT : ROUNDING
}

/**
 * How far apart the sides of a violated comparison are, tolerance not subtracted: |a − b| for ==, a − b for < and <=, b − a
 * for > and >=. Null for !=, which has no size, and past the largest double.
 */
export function violationOf(op: Comparison, a: number, b: number): number | null {
  if (op === '!=') return null
  const excess = op === '==' ? Math.abs(a - b) : op === '<' || op === '<=' ? a - b : b - a
  return Number.isFinite(excess) ? Math.max(0, excess) : null
}

/** A comparison of any two values. Texts are ordered by UTF-16 unit; lists, objects and null have no order. */
export function compareValues(op: Comparison, a: unknown, b: unknown, frame: Frame, site: string): boolean {
  if (isNumber(a) && isNumber(b)) return compareNumbers(op, a, b, null)
  if (op === '==') return equal(a, b, frame, site)
  if (op === '!=') return !equal(a, b, frame, site)
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(op, a, b, frame)
  throw new Unevaluable(`${site}: ${kindOf(a)} and ${kindOf(b)} cannot be compared`)
}

function compareTexts(op: '<' | '<=' | '>' | '>=', a: string, b: string, frame: Frame): boolean {
  spendText(frame, Math.min(a.length, b.length))
  switch (op) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
  }
}

/** CEL's equality: values of different kinds are unequal; lists by element, objects by key; numbers as undeclared above. */
export function equal(a: unknown, b: unknown, frame: Frame, site: string): boolean {
  spend(frame, 1)
  if (typeof a === 'number' && typeof b === 'number')
    return compareNumbers('==', numberOf(a, site), numberOf(b, site), null)
  if (typeof a === 'string' && typeof b === 'string') return equalTexts(a, b, frame)
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => equal(item, b[i], frame, site))
  if (isFields(a) && isFields(b)) {
    const keys = keysOf(a, frame)
    if (keys.length !== keysOf(b, frame).length) return false
    return keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key], frame, site))
  }
  return a === b
}

function equalTexts(a: string, b: string, frame: Frame): boolean {
  if (a.length !== b.length) return false
  spendText(frame, a.length)
  return a === b
}
