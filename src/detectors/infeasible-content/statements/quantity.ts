/**
 * A value as written, with what its digits leave open. Doubles: `error` bounds the rounding of the calculation (absolute, 2⁻⁵³ per
 * step, propagated to first order); whole numbers below 2⁵³ have none. `slack` is what the shown decimals leave open: one unit
 * of each operand's last digit, propagated the same way.
 */
export interface Quantity {
  readonly value: number
  readonly error: number
  readonly slack: number
  /** Unit words, `$` for any currency. Empty where none is written. */
  readonly units: readonly string[]
  /** Count of operators. */
  readonly operators: number
  readonly divides: boolean
  readonly hasPercent: boolean
  /** A percentage added to something else, as in `$100 + 10%`, or units that do not add up. */
  readonly mixed: boolean
}

const ULP = 2 ** -53
/** Beyond it doubles skip whole numbers. */
const MAX_VALUE = 2 ** 53
const MAX_EXPONENT = 64

const NO_UNITS: readonly string[] = []

export function literal(value: number, decimals: number): Quantity {
  return {
    value,
    error: rounding(value),
    slack: decimals === 0 ? 0 : 10 ** -decimals,
    units: NO_UNITS,
    operators: 0,
    divides: false,
    hasPercent: false,
    mixed: false,
  }
}

function rounding(value: number): number {
  return Number.isSafeInteger(value) ? 0 : Math.abs(value) * ULP
}

export function asPercent(of: Quantity): Quantity {
  return rewritten(of, 100, of.units)
}

export function negative(of: Quantity): Quantity {
  return rewritten(of, -1, of.units)
}

export function withUnits(of: Quantity, units: readonly string[]): Quantity {
  return units.length === 0 ? of : rewritten(of, 1, of.units.concat(units))
}

/** Spelled out, as V8 takes microseconds to spread an object. */
function rewritten(of: Quantity, divisor: 1 | -1 | 100, units: readonly string[]): Quantity {
  const value = of.value / divisor
  return {
    value,
    error: divisor === 100 ? of.error / 100 + rounding(value) : of.error,
    slack: divisor === 100 ? of.slack / 100 : of.slack,
    units,
    operators: of.operators,
    divides: of.divides,
    hasPercent: of.hasPercent || divisor === 100,
    mixed: of.mixed,
  }
}

/** Null where doubles cannot tell the result. */
export function combine(sign: string, left: Quantity, right: Quantity): Quantity | null {
  const numbers = calculate(sign, left, right)
  if (numbers === null || !(Math.abs(numbers.value) < MAX_VALUE)) return null
  return {
    value: numbers.value,
    error: numbers.error,
    slack: numbers.slack,
    units:
      left.units.length === 0 ? right.units : right.units.length === 0 ? left.units : left.units.concat(right.units),
    operators: left.operators + right.operators + 1,
    divides: sign === '/' || left.divides || right.divides,
    hasPercent: left.hasPercent || right.hasPercent,
    mixed: left.mixed || right.mixed || ((sign === '+' || sign === '-') && !addUp(left, right)),
  }
}

function addUp(left: Quantity, right: Quantity): boolean {
  if (left.hasPercent !== right.hasPercent) return false
  return shareUnits(left.units, right.units)
}

/** Whether two lists of unit words can mean the same: one is empty, or they have a word in common. */
export function shareUnits(some: readonly string[], others: readonly string[]): boolean {
  return some.length === 0 || others.length === 0 || some.some((unit) => others.includes(unit))
}

type Numbers = Pick<Quantity, 'value' | 'error' | 'slack'>

function calculate(sign: string, left: Quantity, right: Quantity): Numbers | null {
  if (sign === '+') return sum(left, right)
  if (sign === '-') return difference(left, right)
  if (sign === '*') return product(left, right)
  if (sign === '/') return quotient(left, right)
  return power(left, right)
}

function sum(left: Quantity, right: Quantity): Numbers {
  const value = left.value + right.value
  return { value, error: left.error + right.error + rounding(value), slack: left.slack + right.slack }
}

function difference(left: Quantity, right: Quantity): Numbers {
  const value = left.value - right.value
  return { value, error: left.error + right.error + rounding(value), slack: left.slack + right.slack }
}

function product(left: Quantity, right: Quantity): Numbers {
  const value = left.value * right.value
  const a = Math.abs(left.value)
  const b = Math.abs(right.value)
  return { value, error: a * right.error + b * left.error + rounding(value), slack: a * right.slack + b * left.slack }
}

/** Null for a divisor that may be zero. */
function quotient(left: Quantity, right: Quantity): Numbers | null {
  const b = Math.abs(right.value)
  if (b <= 4 * right.error) return null
  const value = left.value / right.value
  const q = Math.abs(value)
  const spread = (of: 'error' | 'slack') => (left[of] + q * right[of]) / b
  return { value, error: 2 * spread('error') + rounding(value), slack: spread('slack') }
}

/** Real powers with a small exponent, of a positive base or a whole exponent. */
function power(base: Quantity, exponent: Quantity): Numbers | null {
  const n = exponent.value
  if (Math.abs(n) > MAX_EXPONENT || exponent.slack > 0) return null
  if (!Number.isInteger(n) && base.value <= 0) return null
  if (n < 0 && base.value === 0) return null
  const value = base.value ** n
  const slope = base.value === 0 ? Math.abs(n) : Math.abs((n * value) / base.value)
  const error = slope * base.error + (Number.isInteger(n) && n >= 0 ? rounding(value) : 4 * ULP * Math.abs(value))
  return { value, error: error + Math.abs(value * exponent.error * 50), slack: slope * base.slack }
}
