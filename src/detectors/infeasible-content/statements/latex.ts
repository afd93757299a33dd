import { isLetter, type Lexer, nextVisible, push, type Sign } from './token.js'

const OPERATORS = new Map<string, Sign>([
  ['times', '*'],
  ['cdot', '*'],
  ['ast', '*'],
  ['div', '/'],
])
const FRACTIONS = words('frac dfrac tfrac cfrac')
const INVISIBLE = words('left right big Big bigl bigr Bigl Bigr displaystyle')
const STOPS = words(
  'quad qquad implies Rightarrow rightarrow Longrightarrow longrightarrow Leftrightarrow iff to therefore approx leq le geq ge lt gt neq ne begin end newline hline item',
)
const TEXTS = words('text mathrm textbf textit mbox mathit')
/** Commands that a JSON `\n` or `\t` could be mistaken for. */
const NOT_ESCAPES = /^(?:nu|nabla|neg|not|notin|nmid|n?cong|tan|tau|theta|tilde|top|triangle)/

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}

/** Reads what a backslash starts, in LaTeX, in LaTeX inside JSON (`\\times`), or as an escape of JSON (`\n`, `\"`). */
export function readBackslash(lexer: Lexer): void {
  const { text, at } = lexer
  const slashes = text.charCodeAt(at + 1) === 92 ? 2 : 1
  const start = at + slashes
  const code = text.charCodeAt(start)
  if (isLetter(code)) {
    readCommand(lexer, start, slashes)
    return
  }
  readSymbol(lexer, text[start] ?? '', slashes)
}

function readSymbol(lexer: Lexer, symbol: string, slashes: number): void {
  if (symbol === '$') push(lexer, 'currency', slashes + 1)
  else if (symbol === '%') push(lexer, 'percent', slashes + 1)
  else if (symbol !== '' && ',;:!>()'.includes(symbol)) lexer.at += slashes + 1
  else if (symbol === '*') push(lexer, 'operator', slashes + 1, '*')
  else if (slashes === 2) push(lexer, 'stop', 2)
  else push(lexer, symbol === '"' || symbol === '[' || symbol === ']' ? 'stop' : 'opaque', 2)
}

function readCommand(lexer: Lexer, start: number, slashes: number): void {
  const { text } = lexer
  let end = start
  while (isLetter(text.charCodeAt(end)) && end - start < 20) end++
  const name = text.slice(start, end)
  const length = end - lexer.at
  const sign = OPERATORS.get(name)
  if (sign !== undefined) push(lexer, 'operator', length, sign)
  else if (FRACTIONS.has(name)) openFraction(lexer, length)
  else if (INVISIBLE.has(name)) readSized(lexer, end)
  else if (STOPS.has(name)) push(lexer, 'stop', length)
  else if (TEXTS.has(name)) readText(lexer, end)
  else if (name === 'boxed') openBrace(lexer, end)
  else if (/^[nrt]/.test(name) && slashes === 1 && !NOT_ESCAPES.test(name)) push(lexer, 'stop', 2)
  else push(lexer, 'opaque', length)
}

/** `\left(` is a bracket like any other; without one, the command changes nothing. */
function readSized(lexer: Lexer, end: number): void {
  const bracket = lexer.text[end]
  if (bracket === '(') push(lexer, 'open', end + 1 - lexer.at)
  else if (bracket === ')') push(lexer, 'close', end + 1 - lexer.at)
  else lexer.at = end
}

/** `\frac{a}{b}` reads as `((a)/(b))`; `\frac12` is not read. */
function openFraction(lexer: Lexer, length: number): void {
  if (lexer.text.charCodeAt(lexer.at + length) !== 123) {
    push(lexer, 'opaque', length)
    return
  }
  push(lexer, 'open', length, 'fraction')
  push(lexer, 'open', 1)
  lexer.braces.push('numerator')
}

function openBrace(lexer: Lexer, end: number): void {
  if (lexer.text.charCodeAt(end) !== 123) {
    push(lexer, 'opaque', end - lexer.at)
    return
  }
  push(lexer, 'open', end + 1 - lexer.at)
  lexer.braces.push('group')
}

/** `\text{ cm}` is a word; anything but letters in it is not read. */
function readText(lexer: Lexer, end: number): void {
  const { text, at } = lexer
  const content = /\{([A-Za-z ]{1,40})\}/y
  content.lastIndex = end
  const found = content.exec(text)
  const word = found?.[1]?.trim().split(' ').at(-1)
  if (found === null || word === undefined || word === '') push(lexer, 'opaque', end - at)
  else push(lexer, 'word', content.lastIndex - at, word.toLowerCase())
}

/** `^{` opens a group; a degree sign (`^\circ`) is passed over. */
export function readCaret(lexer: Lexer): void {
  const { text, at } = lexer
  const unit = lexer.tokens.at(-1)
  // `5 ft^3`: the power of a unit.
  if (unit?.kind === 'word' && unit.end === at) {
    lexer.at = Math.min(at + 2, lexer.limit)
    return
  }
  const degree = /\^\s?(?:\\{1,2}circ|\{\\{1,2}circ\})/y
  degree.lastIndex = at
  if (degree.test(text)) {
    lexer.at = degree.lastIndex
    return
  }
  push(lexer, 'operator', 1, '^')
  if (text.charCodeAt(at + 1) === 123) openBrace(lexer, at + 1)
}

export function readCloseBrace(lexer: Lexer): void {
  const brace = lexer.braces.pop()
  if (brace === undefined) {
    push(lexer, 'opaque', 1)
    return
  }
  push(lexer, 'close', 1)
  if (brace === 'denominator') push(lexer, 'close', 0)
  if (brace === 'numerator') openDenominator(lexer)
}

function openDenominator(lexer: Lexer): void {
  if (nextVisible(lexer.text, lexer.at) !== 123) {
    push(lexer, 'opaque', 0)
    return
  }
  push(lexer, 'operator', 0, '/')
  push(lexer, 'open', lexer.text.indexOf('{', lexer.at) + 1 - lexer.at)
  lexer.braces.push('denominator')
}
