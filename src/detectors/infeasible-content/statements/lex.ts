import { isDigit } from '../../../domain/ascii.js'
import { readBackslash, readCaret, readCloseBrace } from './latex.js'
import { readNumber } from './number.js'
import { endsOperand, isLetter, isSpace, type Lexer, nextVisible, push, type Sign } from './token.js'

const CURRENCIES = '$€£¥₹'
const STOPS = '\n\r;"“”→⇒⟹➜≤≥≈≅≠✓✔✅✕•›»⟶↦'
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const OPERATORS = new Map<string, Sign>([
  ['+', '+'],
  ['-', '-'],
  ['−', '-'],
  ['–', '-'],
  ['×', '*'],
  ['·', '*'],
  ['⋅', '*'],
  ['∙', '*'],
  ['∗', '*'],
  ['÷', '/'],
  ['∕', '/'],
])
/** A note `<<…>>` is short. */
const MAX_NOTE = 120

/** Reads one token at `lexer.at`, or passes over what carries no meaning (emphasis, alignment, math delimiters). */
export function readToken(lexer: Lexer): void {
  const { text, at } = lexer
  const code = text.charCodeAt(at)
  if (isSpace(code)) lexer.at++
  else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) readNumber(lexer)
  else if (isLetter(code)) readWord(lexer)
  else readMark(lexer, text[at]!)
}

/** Words are lower case. Single letters, names with digits or underscores, and short ones in capitals (`AB`) are variables. */
function readWord(lexer: Lexer): void {
  const { text, at, limit } = lexer
  let end = at
  let isName = false
  for (; end < limit; end++) {
    const code = text.charCodeAt(end)
    if (isLetter(code)) continue
    if (isDigit(code) || code === 95) isName = true
    else if (!(isJoint(code) && isLetter(text.charCodeAt(end + 1)))) break
  }
  if (end - at === 1 && isTimes(lexer)) push(lexer, 'operator', 1, '*')
  else if (isName || isVariable(lexer, end)) push(lexer, 'opaque', end - at)
  else push(lexer, 'word', end - at, text.slice(at, end).toLowerCase())
}

function isVariable({ text, at, tokens }: Lexer, end: number): boolean {
  const factor = tokens.at(-1)
  const isFactor = factor?.end === at && endsOperand(factor)
  const isFunction = text.charCodeAt(end) === 40
  return (
    end - at === 1 ||
    isFactor ||
    isFunction ||
    (end - at <= 3 && text.slice(at, end).toUpperCase() === text.slice(at, end))
  )
}

/** Inside a word: `don't`, `six-pack`, `miles/hour`. */
function isJoint(code: number): boolean {
  return code === 39 || code === 0x2019 || code === 45 || code === 47
}

/** `3 x 4` and `3 x $4`, never `3x = 12`. */
function isTimes({ text, at, tokens }: Lexer): boolean {
  if (text[at] !== 'x' && text[at] !== 'X') return false
  const last = tokens.at(-1)
  if (last?.kind !== 'word' && !endsOperand(last)) return false
  const next = nextVisible(text, at + 1)
  return isDigit(next) || next === 36 || next === 46 || (next === 40 && isSpace(text.charCodeAt(at + 1)))
}

function readMark(lexer: Lexer, mark: string): void {
  const { text, at } = lexer
  const next = text[at + 1] ?? ''
  const sign = OPERATORS.get(mark)
  if (mark === '=') readEquals(lexer, next)
  else if (sign !== undefined) readSign(lexer, sign, next)
  else if (mark === '*') readStar(lexer, next)
  else if (mark === '/') readSlash(lexer, next)
  else if (mark === '^') readCaret(lexer)
  else if (mark === '(') push(lexer, 'open', 1)
  else if (mark === ')') push(lexer, 'close', 1)
  else if (mark === '}') readCloseBrace(lexer)
  else if (mark === '\\') readBackslash(lexer)
  else if (mark === '$' && next === '$') push(lexer, 'stop', 2)
  else if (CURRENCIES.includes(mark)) push(lexer, 'currency', 1)
  else if (mark === '`' || mark === '&' || mark === '°') lexer.at++
  else if (mark === '%') readPercent(lexer)
  else if (mark === '<') readLess(lexer, next)
  else if (mark === '>') push(lexer, 'stop', next === '>' ? 2 : 1)
  else if (STOPS.includes(mark)) push(lexer, 'stop', 1)
  else readRest(lexer, mark, next)
}

function readRest(lexer: Lexer, mark: string, next: string): void {
  const power = SUPERSCRIPTS.indexOf(mark)
  if (power >= 0) readSuperscript(lexer, power, next)
  else if (",.:!—'’".includes(mark)) readPunctuation(lexer, mark, next)
  else push(lexer, 'opaque', 1)
}

/** A lone `=`; `==`, `<=`, `!=` and the like compare or assign. */
function readEquals(lexer: Lexer, next: string): void {
  if (next === '>') push(lexer, 'stop', 2)
  else if ('=?~<!'.includes(next) && next !== '' && !lexer.text.startsWith('=<<', lexer.at)) push(lexer, 'opaque', 2)
  else push(lexer, 'equals', 1)
}

/** A dash that starts a line is a bullet, one before `>` an arrow. */
function readSign(lexer: Lexer, sign: Sign, next: string): void {
  const isBullet = sign === '-' && lexer.tokens.length === 0 && isSpace(next.charCodeAt(0)) && startsLine(lexer)
  if (isBullet) lexer.at++
  else if (next === '>' && sign === '-') push(lexer, 'stop', 2)
  else if (next === '+' && sign === '+') push(lexer, 'opaque', 2)
  else push(lexer, 'operator', 1, sign)
}

function startsLine({ text, at }: Lexer): boolean {
  let i = at - 1
  while (i >= 0 && at - i < 12 && isSpace(text.charCodeAt(i))) i--
  return i < 0 || text[i] === '\n' || (text[i] === 'n' && text[i - 1] === '\\')
}

/** `2*3`, `2**3` and `2 * 3` calculate; `*2+3=5*` and `**2+3=5**` emphasise, and `* 2` is a bullet. */
function readStar(lexer: Lexer, next: string): void {
  const { text, at, tokens } = lexer
  const length = next === '*' ? 2 : 1
  const spaceBefore = at === 0 || isSpace(text.charCodeAt(at - 1))
  const after = text.charCodeAt(at + length)
  const spaceAfter = isSpace(after)
  const last = tokens.at(-1)
  const operand = endsOperand(last) || (last?.kind === 'word' && spaceBefore && spaceAfter)
  const calculates =
    operand && (length === 1 ? !isEmphasisEnd(lexer) : spaceBefore === spaceAfter && startsOperand(after))
  if (calculates) push(lexer, 'operator', length, length === 2 ? '^' : '*')
  else if (last?.kind === 'word' && spaceBefore && spaceAfter) push(lexer, 'operator', length, '*')
  else if (last?.kind === 'opaque' && length === 1) push(lexer, 'operator', 1, '*')
  else lexer.at += length
}

function isEmphasisEnd({ text, at }: Lexer): boolean {
  if (startsOperand(nextVisible(text, at + 1))) return false
  return !isSpace(text.charCodeAt(at - 1)) && !isLetter(text.charCodeAt(at + 1))
}

function startsOperand(code: number): boolean {
  return (
    isDigit(code) ||
    code === 40 ||
    code === 36 ||
    code === 46 ||
    code === 92 ||
    code === 45 ||
    code === 43 ||
    code === 32
  )
}

/** `/` divides; `5/hour` is a rate; `//` is no division of numbers. */
function readSlash(lexer: Lexer, next: string): void {
  const { text, at } = lexer
  if (next === '/') push(lexer, 'opaque', 2)
  else if (isLetter(next.charCodeAt(0)) && isLetter(text.charCodeAt(at + 2)) && endsOperand(lexer.tokens.at(-1))) {
    lexer.at++
    readWord(lexer)
  } else push(lexer, 'operator', 1, '/')
}

/** `17 % 5` is a remainder. */
function readPercent(lexer: Lexer): void {
  const next = nextVisible(lexer.text, lexer.at + 1)
  push(lexer, isDigit(next) || next === 40 ? 'opaque' : 'percent', 1)
}

/** `<<3+4=7>>` is noted and passed over; a tag bounds; anything else with `<` compares. */
function readLess(lexer: Lexer, next: string): void {
  const { text, at, limit, notes } = lexer
  if (next !== '<') {
    push(lexer, next === '=' ? 'opaque' : 'stop', next === '=' ? 2 : 1)
    return
  }
  const close = text.slice(at + 2, Math.min(limit, at + MAX_NOTE)).indexOf('>>')
  if (close < 0) {
    push(lexer, 'opaque', 2)
    return
  }
  notes.push({ start: at + 2, end: at + 2 + close })
  lexer.at = at + close + 4
}

function readSuperscript(lexer: Lexer, power: number, next: string): void {
  const { at, tokens } = lexer
  // `5 ft³`: the power of a unit.
  if (tokens.at(-1)?.kind === 'word' && tokens.at(-1)!.end === at) {
    lexer.at++
    return
  }
  if (next !== '' && SUPERSCRIPTS.includes(next)) {
    push(lexer, 'opaque', 2)
    return
  }
  push(lexer, 'operator', 0, '^')
  tokens.push({ kind: 'number', text: '', value: power, decimals: 0, at, end: at + 1 })
  lexer.at++
}

/** Punctuation bounds, unless it is part of a number, a ratio, a factorial, an ellipsis or a prime. */
function readPunctuation(lexer: Lexer, mark: string, next: string): void {
  const { text, at, tokens } = lexer
  const afterOperand = endsOperand(tokens.at(-1))
  const digitNext = isDigit(next.charCodeAt(0))
  const glued = at > 0 && !isSpace(text.charCodeAt(at - 1))
  const opaque = {
    // `1, 234` may be a number.
    ',': afterOperand && (digitNext || isGroup(text, at + 2)),
    '.': next === '.',
    ':': next === '=' || (afterOperand && (digitNext || !glued)),
    '!': next === '=' || (afterOperand && glued),
    '—': afterOperand && digitNext,
  }[mark]
  const isPrime = (mark === "'" || mark === '’') && glued && tokens.length > 0
  push(lexer, opaque || isPrime ? 'opaque' : 'stop', 1)
}

function isGroup(text: string, at: number): boolean {
  for (let i = at; i < at + 3; i++) if (!isDigit(text.charCodeAt(i))) return false
  return isSpace(text.charCodeAt(at - 1)) && !isDigit(text.charCodeAt(at + 3))
}
