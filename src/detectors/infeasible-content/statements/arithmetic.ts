import { EQUALS, isDigit, NEWLINE } from '../../../domain/ascii.js'
import { isAsserted } from './assertion.js'
import { type Equation, equationsOf } from './chain.js'
import { isExcusable } from './charity.js'
import { type Comparison, compare } from './compare.js'
import type { Run } from './expression.js'
import { readToken } from './lex.js'
import { type Lexer, push, type Report, type Span, type Token } from './token.js'

/** Characters read before a `=`. */
const WINDOW = 200
/** A chain with more tokens is not read. */
const MAX_TOKENS = 256

/**
 * Checks every `=` between numbers. Linear: nothing is read twice but the window before a `=`, and that only where it was not
 * read with an earlier one.
 */
export function checkArithmetic(text: string, report: Report): void {
  if (!mayState(text)) return
  let from = 0
  let isCut = false
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', from)) {
    const start = lineStart(text, Math.max(from, at - WINDOW), at)
    const cut = start === from ? isCut : start > 0 && text.charCodeAt(start - 1) !== NEWLINE
    const lexer = readChain(text, { start, end: text.length }, cut ? 'cut' : 'whole', at)
    judge(lexer, report)
    from = Math.max(lexer.at, at + 1)
    isCut = lexer.tokens.length > MAX_TOKENS
  }
}

/**
 * Whether some `=` has a digit on either side, in its line and up to the next `=`: else nothing is stated, as in most code
 * and prose. Across a note, which may hold a line break, anything may be.
 */
function mayState(text: string): boolean {
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
    if (hasDigit(text, at, -1) && hasDigit(text, at, 1)) return true
  }
  return text.includes('<<')
}

function hasDigit(text: string, equals: number, step: 1 | -1): boolean {
  for (let i = equals + step; i >= 0 && i < text.length; i += step) {
    const code = text.charCodeAt(i)
    if (isDigit(code)) return true
    if (code === NEWLINE || code === EQUALS) return false
  }
  return false
}

function lineStart(text: string, first: number, at: number): number {
  let i = at
  while (i > first && text.charCodeAt(i - 1) !== NEWLINE) i--
  return i
}

/** Reads to the first boundary after the `=` at `equals`; to the `=` itself where it turns out to be none (`==`). */
function readChain(text: string, { start, end }: Span, side: 'cut' | 'whole', equals: number): Lexer {
  const lexer: Lexer = { text, limit: end, tokens: [], braces: [], notes: [], at: start }
  const { tokens, braces } = lexer
  // What stands before the window is unknown.
  if (side === 'cut') push(lexer, 'opaque', 0)
  let found = false
  while (lexer.at < end && tokens.length <= MAX_TOKENS && (found || lexer.at <= equals)) {
    const count = tokens.length
    readToken(lexer)
    const kind = tokens.length > count ? tokens.at(-1)!.kind : null
    if (kind === 'equals') found = true
    if (kind !== 'stop') continue
    if (found) break
    tokens.length = 0
    braces.length = 0
  }
  return lexer
}

function judge(lexer: Lexer, report: Report): void {
  const { text, tokens, notes } = lexer
  if (tokens.length <= MAX_TOKENS) for (const equation of equationsOf(tokens)) judgeEquation(lexer, equation, report)
  for (const note of notes) judge(readChain(text, note, 'whole', note.end), report)
}

function judgeEquation({ text, tokens }: Lexer, equation: Equation, report: Report): void {
  const { left, right } = equation
  const comparison = compare(left.value, right.value)
  if (comparison === 'unknown') return
  const statement = { start: tokens[left.from]!.at, end: numberEnd(tokens, right) }
  if (comparison === 'differ' && (isExcusable(tokens, equation) || !isAsserted(text, statement))) return
  report(statement, truthOf(comparison, equation))
}

/** Without the unit words after it. */
function numberEnd(tokens: readonly Token[], { from, to }: Run): number {
  let last = to - 1
  while (last > from && tokens[last]!.kind === 'word') last--
  return tokens[last]!.end
}

/** The value of the side that calculates. */
function truthOf(comparison: Comparison, { left, right }: Equation): string | null {
  if (comparison === 'equal') return null
  const { value, hasPercent } = left.value.operators > 0 ? left.value : right.value
  const inPercent = hasPercent && (left.value.operators > 0 ? right : left).value.hasPercent
  return inPercent ? `${shown(value * 100)}%` : shown(value)
}

function shown(value: number): string {
  return String(Number(value.toPrecision(10)))
}
