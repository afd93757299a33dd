import { equal } from './rule-compare.js'
import { type Frame, spend, spendText, Unevaluable } from './rule-frame.js'
import { finite, isFields, isNumber, kindOf, numberOf } from './rule-values.js'

/** `site` is the part of the expression, as a reason names it. */
export type Operator = (a: unknown, b: unknown, frame: Frame, site: string) => unknown

/**
 * All numbers are doubles, as in JSON, so there is nothing to convert. `/` keeps the fraction; `%` has the sign of its
 * left side.
 */
export const OPERATORS: Readonly<Record<'+' | '-' | '*' | '/' | '%' | 'in', Operator>> = {
  '+': add,
  '-': (a, b, _frame, site) => finite(numberOf(a, site) - numberOf(b, site), site),
  '*': (a, b, _frame, site) => finite(numberOf(a, site) * numberOf(b, site), site),
  '/': (a, b, _frame, site) => finite(numberOf(a, site) / divisor(b, site), site),
  '%': (a, b, _frame, site) => numberOf(a, site) % divisor(b, site),
  in: contains,
}

function add(a: unknown, b: unknown, frame: Frame, site: string): unknown {
  if (isNumber(a) && isNumber(b)) return finite(a + b, site)
  if (typeof a === 'string' && typeof b === 'string') {
    spendText(frame, a.length + b.length)
    return a + b
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    spend(frame, a.length + b.length)
    return [...a, ...b]
  }
  throw new Unevaluable(`${site}: ${kindOf(a)} and ${kindOf(b)} cannot be added`)
}

function divisor(value: unknown, site: string): number {
  const number = numberOf(value, site)
  if (number === 0) throw new Unevaluable(`${site}: division by zero`)
  return number
}

/** An element of a list, or a key of an object. */
function contains(value: unknown, container: unknown, frame: Frame, site: string): boolean {
  if (Array.isArray(container)) return container.some((item) => equal(value, item, frame, site))
  if (isFields(container)) return typeof value === 'string' && Object.hasOwn(container, value)
  throw new Unevaluable(`${site}: needs a list or an object, not ${kindOf(container)}`)
}
