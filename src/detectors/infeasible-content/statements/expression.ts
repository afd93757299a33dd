import { asPercent, combine, literal, negative, type Quantity, withUnits } from './quantity.js'
import type { Token } from './token.js'
import { isUnreadable, joinsClauses, stem } from './words.js'

/** An expression found in a list of tokens; `value` is null where it is not read. */
export interface Run {
  readonly from: number
  /** After its last token, units included. */
  readonly to: number
  readonly value: Quantity
}

const MAX_TERMS = 32
const MAX_DEPTH = 12
/** Unit words that may stand between an operand and an operator: `5 red apples * 3`. */
const MAX_UNITS = 3

const BOUNDS: ReadonlySet<string> = new Set(['operator', 'close', 'equals', 'stop'])

interface Cursor {
  readonly tokens: readonly Token[]
  at: number
  depth: number
  terms: number
}

/** The longest expression that starts at a token; null where none does or it is not read. */
export function expressionAt(tokens: readonly Token[], from: number): Run | null {
  const cursor: Cursor = { tokens, at: from, depth: 0, terms: 0 }
  const value = readSum(cursor)
  return value === null ? null : { from, to: cursor.at, value }
}

/** `a + b - c`. A sign that nothing follows ends no expression: it is left to the caller, who sees it beside the run. */
function readSum(cursor: Cursor): Quantity | null {
  let total = readProduct(cursor)
  while (total !== null) {
    const sign = signAt(cursor)
    if (sign !== '+' && sign !== '-') return total
    cursor.at++
    const next = readProduct(cursor)
    if (next === null) return null
    total = combine(sign, total, next)
  }
  return null
}

function readProduct(cursor: Cursor): Quantity | null {
  let total = readSigned(cursor)
  let divided = false
  while (total !== null) {
    const sign = signAt(cursor)
    const joined = sign === '' ? joinAt(cursor, total) : ''
    if (joined === 'unreadable' || (joined === 'bracket' && divided)) return null
    if (sign !== '*' && sign !== '/' && joined === '') return total
    if (joined !== 'bracket') cursor.at++
    if (sign === '/') divided = true
    const next: Quantity | null = readSigned(cursor)
    if (next === null) return null
    total = combine(sign === '/' ? '/' : '*', total, next)
  }
  return null
}

/** What multiplies without a sign: a bracket against its factor, `of` after a share. A fraction there is a mixed number. */
function joinAt({ tokens, at }: Cursor, left: Quantity): '' | 'bracket' | 'of' | 'unreadable' {
  const token = tokens[at]
  const before = tokens[at - 1]
  if (token === undefined || before === undefined) return ''
  if (token.kind === 'word' && token.text === 'of' && (left.hasPercent || left.divides)) return 'of'
  if (token.kind !== 'open' || token.at !== before.end) return ''
  if (before.kind === 'word') return ''
  return token.text === 'fraction' && before.kind === 'number' ? 'unreadable' : 'bracket'
}

function readSigned(cursor: Cursor): Quantity | null {
  const { tokens, at } = cursor
  const sign = signAt(cursor)
  if (sign !== '-' && sign !== '+') return readPower(cursor)
  // A sign of its own stands against its operand; `x - 3` is no `-3`.
  if (tokens[at + 1]?.at !== tokens[at]?.end) return null
  cursor.at++
  const value = readPower(cursor)
  // `-3^2` is read both ways.
  if (value === null || tokens[at + 2]?.text === '^') return null
  return sign === '-' ? negative(value) : value
}

function readPower(cursor: Cursor): Quantity | null {
  const base = readOperand(cursor)
  if (base === null || signAt(cursor) !== '^') return base
  cursor.at++
  const negated = signAt(cursor) === '-'
  if (negated) cursor.at++
  const exponent = readOperand(cursor)
  // A tower of powers, and a fraction without brackets (`8^1/3`), are read both ways.
  if (exponent === null || signAt(cursor) === '^' || slashAgainst(cursor)) return null
  return combine('^', base, negated ? negative(exponent) : exponent)
}

function slashAgainst({ tokens, at }: Cursor): boolean {
  return tokens[at]?.text === '/' && tokens[at - 1]?.kind === 'number' && tokens[at]?.at === tokens[at - 1]?.end
}

function readOperand(cursor: Cursor): Quantity | null {
  if (++cursor.terms > MAX_TERMS) return null
  const { tokens } = cursor
  const priced = tokens[cursor.at]?.kind === 'currency'
  if (priced) cursor.at++
  const token = tokens[cursor.at]
  if (token?.kind === 'open') return withSuffix(cursor, readBrackets(cursor), priced)
  if (token?.kind !== 'number') return null
  cursor.at++
  return withSuffix(cursor, literal(token.value, token.decimals), priced)
}

function readBrackets(cursor: Cursor): Quantity | null {
  if (++cursor.depth > MAX_DEPTH) return null
  cursor.at++
  const value = readSum(cursor)
  if (value === null || cursor.tokens[cursor.at]?.kind !== 'close') return null
  cursor.at++
  cursor.depth--
  return value
}

/** Percent sign, trailing currency (or math delimiter) and unit words after an operand. */
function withSuffix(cursor: Cursor, operand: Quantity | null, priced: boolean): Quantity | null {
  if (operand === null) return null
  const { tokens } = cursor
  let value = priced ? withUnits(operand, ['$']) : operand
  if (tokens[cursor.at]?.kind === 'percent') {
    value = asPercent(value)
    cursor.at++
  }
  // `$3 + 4$`: the closing delimiter. `3 $4` keeps its sign for the 4.
  while (tokens[cursor.at]?.kind === 'currency' && tokens[cursor.at + 1]?.kind !== 'number') cursor.at++
  return readUnits(cursor, value)
}

function readUnits(cursor: Cursor, value: Quantity): Quantity | null {
  const { tokens } = cursor
  const units: string[] = []
  let end = cursor.at
  while (tokens[end]?.kind === 'word' && units.length <= MAX_UNITS) units.push(stem(tokens[end++]!.text))
  if (units.length === 0 || (units[0] === 'of' && (value.hasPercent || value.divides))) return value
  // Only a whole phrase is a unit: `5 apples + …`, `5 apples = …`, not `5 and then …`.
  const next = tokens[end]
  const bounded = next === undefined || BOUNDS.has(next.kind)
  if (units.length > MAX_UNITS || !bounded) return value
  if (units.some(isUnreadable)) return null
  // `9 because James + 1`, `13/2 and DC = 15/2`.
  if (units.some(joinsClauses)) return value
  cursor.at = end
  return withUnits(value, units)
}

function signAt({ tokens, at }: Cursor): string {
  const token = tokens[at]
  return token?.kind === 'operator' ? token.text : ''
}
