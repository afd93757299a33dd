import type { Equation } from './chain.js'
import { expressionAt, type Run } from './expression.js'
import { shareUnits } from './quantity.js'
import type { Token } from './token.js'
import { isProse, stem } from './words.js'

/**
 * Whether an equation whose sides differ can be read so that nothing false is stated: units that convert, percentages, ranges,
 * a chain that calculates on (`3 + 4 = 7 * 2 = 14`), a dash that is no minus.
 */
export function isExcusable(tokens: readonly Token[], equation: Equation): boolean {
  return (
    differsInUnits(tokens, equation) ||
    differsInScale(tokens, equation) ||
    runsOn(tokens, equation) ||
    isRange(tokens, equation) ||
    holdsFurtherOn(tokens, equation) ||
    isBlurred(tokens, equation) ||
    setsToZero(equation)
  )
}

function differsInUnits(tokens: readonly Token[], { left, right }: Equation): boolean {
  if (left.value.mixed || right.value.mixed) return true
  const units = right.value.units.length > 0 ? right.value.units : unitsAfter(tokens, right)
  return !shareUnits(left.value.units, units)
}

/** Up to three words that follow a result, until one that names no thing. */
function unitsAfter(tokens: readonly Token[], { to }: Run): readonly string[] {
  const units: string[] = []
  for (let at = to; units.length < 3; at++) {
    const token = tokens[at]
    if (token?.kind !== 'word' || isProse(token.text)) break
    units.push(stem(token.text))
  }
  return units
}

/** Factors between units of one kind: powers of ten, time, length. */
const FACTORS = [10, 100, 1000, 1e4, 1e6, 1e9, 60, 3600, 24, 7, 12, 52, 365, 3, 16, 1024]

function differsInScale(tokens: readonly Token[], { left, right }: Equation): boolean {
  const ratio = Math.abs(left.value.value / right.value.value)
  const is = (factor: number) => Math.abs(ratio / factor - 1) < 0.005 || Math.abs(ratio * factor - 1) < 0.005
  if (left.value.hasPercent || right.value.hasPercent) return is(100)
  const hasUnits = left.value.units.length + right.value.units.length + unitsAfter(tokens, right).length > 0
  // A point may separate thousands: `1.500 / 3 = 500`.
  const mayGroup = tokens.some(({ decimals }) => decimals === 3)
  return (hasUnits && FACTORS.some(is)) || (mayGroup && is(1000))
}

/** `3 + 4 = 7 * 2`, `35/40 = 87.5% of 40`: the next calculation starts from the result. */
function runsOn(tokens: readonly Token[], { left, right }: Equation): boolean {
  return right.value.operators > 0 && startsFrom(tokens, right, left)
}

function startsFrom(tokens: readonly Token[], run: Run, result: Run): boolean {
  const at = tokens.findIndex(({ kind }, index) => index >= run.from && kind === 'number')
  const { value, decimals } = tokens[at]!
  const unit = tokens[at + 1]?.kind === 'percent' ? 100 : 1
  return Math.abs(value - result.value.value * unit) < 10 ** -decimals
}

/** `10-15 = 6`, `2023-02-30 = …`, `1/2/2023 = …`: signs against all their numbers, none else. */
function isRange(tokens: readonly Token[], { left }: Equation): boolean {
  const [first, sign, second, ...rest] = tokens.slice(left.from, left.to)
  if (sign?.kind !== 'operator' || first?.end !== sign.at || second?.at !== sign.end) return false
  if (sign.text === '-' && second.kind === 'number') return first.value < second.value || rest[0]?.text === '-'
  return sign.text === '/' && rest[0]?.text === '/'
}

/** Shorter readings of the left: after a spaced dash; after any sign where the chain ran on (`2 * $26 = $52 + 2 * $12 = $24`). */
function holdsFurtherOn(tokens: readonly Token[], { left, right, earlier }: Equation): boolean {
  const ranOn = earlier !== null && startsFrom(tokens, left, earlier)
  for (let at = left.from + 1; at < left.to - 1; at++) {
    const { text, at: start, end } = tokens[at]!
    const isDash = text === '-' && tokens[at - 1]!.end < start && end < tokens[at + 1]!.at
    const rest = isDash || (ranOn && (text === '+' || text === '-')) ? expressionAt(tokens, at + 1) : null
    if (rest?.to === left.to && rest.value.operators > 0 && rest.value.value === right.value.value) return true
  }
  return false
}

/** Operands that are rounded by their look: sixths and constants, with two decimals or more. */
const CONSTANTS = [Math.PI, Math.E, Math.SQRT2, Math.sqrt(3), Math.sqrt(5)]

/** What was calculated from the number that is shown rounded: `200 * 3.33 = 666.67`. */
function isBlurred(tokens: readonly Token[], { left, right }: Equation): boolean {
  const scales = ({ kind, text }: Token) => kind === 'operator' && text !== '+' && text !== '-'
  const operands = tokens.slice(left.from, left.to)
  const slack = left.value.slack + right.value.slack
  const isClose = Math.abs(left.value.value - right.value.value) <= slack
  return isClose && operands.some(scales) && operands.some(looksRounded)
}

function looksRounded({ value, decimals }: Token): boolean {
  if (decimals < 2 || Number.isInteger(value * 2)) return false
  const step = 10 ** -decimals
  const sixths = value * 6
  return (
    Math.abs(sixths - Math.round(sixths)) < 6 * step * 0.99 ||
    CONSTANTS.some((constant) => Math.abs(value - constant) < step)
  )
}

/** `0 = 9/4 - 3` is an equation to solve, or its contradiction. */
function setsToZero({ left }: Equation): boolean {
  return left.value.operators === 0 && left.value.value === 0
}
