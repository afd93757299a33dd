import { isDigit } from '../../../domain/ascii.js'
import { isLetter, type Lexer, push } from './token.js'

/** Doubles carry 15 digits; more are not read. */
const MAX_DIGITS = 15

/** Units that are written against their number; other letters there are variables (`2x`) or ordinals (`3rd`). */
const GLUED = new Set('kg mg lb lbs oz km cm mm ft ml hr hrs min mins sec mph kwh wh gb mb tb ms px'.split(' '))

/**
 * Reads `12`, `1,200`, `1{,}200`, `3.50` and `.5`. Not read: leading zeros (codes, binary), more than 15 digits, and what goes
 * on as no decimal number does: `1.2.3`, `1,23`, `3:15`, `1e5`, `2x`, `0x1f`, `3rd`.
 */
export function readNumber(lexer: Lexer): void {
  const { text, at, tokens } = lexer
  const first = digits(text, at)
  const whole = grouped(text, first)
  let end = whole
  if (text.charCodeAt(whole) === 46 && isDigit(text.charCodeAt(whole + 1))) end = digits(text, whole + 1)
  const decimals = end === whole ? 0 : end - whole - 1
  const unit = gluedUnit(text, end)
  // A group of thousands has at most three digits before its first comma.
  const isGrouped = whole > first
  if (unit === null || (isGrouped && first - at > 3) || !isPlain(text, at, whole, end)) {
    skipRest(lexer, end)
    return
  }
  tokens.push({ kind: 'number', text: '', value: Number(bare(text.slice(at, end))), decimals, at, end })
  lexer.at = end
  if (unit !== '') push(lexer, 'word', unit.length, unit.toLowerCase())
}

function digits(text: string, at: number): number {
  let end = at
  while (isDigit(text.charCodeAt(end))) end++
  return end
}

/** Past groups of three after `,` or `{,}`. */
function grouped(text: string, first: number): number {
  let end = first
  for (;;) {
    const gap = text.charCodeAt(end) === 44 ? 1 : text.startsWith('{,}', end) ? 3 : 0
    if (gap === 0 || digits(text, end + gap) !== end + gap + 3) return end
    end += gap + 3
  }
}

function bare(shown: string): string {
  return shown.includes(',') ? shown.replace(/[,{}]/g, '') : shown
}

function isPlain(text: string, at: number, whole: number, end: number): boolean {
  const marks = end > whole ? 1 : 0
  if (end - at > MAX_DIGITS && bare(text.slice(at, end)).length - marks > MAX_DIGITS) return false
  if (text.charCodeAt(at) === 48 && whole - at > 1) return false
  const next = text.charCodeAt(end)
  return !((next === 46 || next === 44 || next === 58) && isDigit(text.charCodeAt(end + 1))) && next !== 95
}

/** The unit against the number, '' without one, null for letters that are no unit. */
function gluedUnit(text: string, end: number): string | null {
  if (!isLetter(text.charCodeAt(end))) return ''
  const unit = /[A-Za-z]{1,4}/y
  unit.lastIndex = end
  const found = unit.exec(text)?.[0] ?? ''
  return GLUED.has(found.toLowerCase()) && !isLetter(text.charCodeAt(end + found.length)) ? found : null
}

/** An unreadable number, with all that hangs on it. */
function skipRest(lexer: Lexer, from: number): void {
  const { text, limit } = lexer
  let end = from
  for (; end < limit; end++) {
    const code = text.charCodeAt(end)
    const joins = (code === 46 || code === 44 || code === 58) && isDigit(text.charCodeAt(end + 1))
    if (!joins && !isDigit(code) && !isLetter(code) && code !== 95) break
  }
  push(lexer, 'opaque', end - lexer.at)
}
