import {
  CLOSE_BRACE,
  CLOSE_PARENTHESIS,
  EQUALS,
  FULL_STOP,
  isDigit,
  LAST_ASCII,
  NEWLINE,
  OPEN_BRACE,
  OPEN_PARENTHESIS,
  SEMICOLON,
  SPACE,
} from '../domain/ascii.js'

/** What one line of a text looks like by itself. `strong` code could be nothing else; `weak` code occurs in prose too. */
export type LineKind = 'blank' | 'heading' | 'rule' | 'item' | 'row' | 'tag' | 'strong-code' | 'weak-code' | 'text'

/** Of a line no more than this is looked at: every pattern then takes bounded time. */
const LOOKED_AT = 240

export function lineKind(text: string, from: number, to: number): LineKind {
  if (isPlain(text, from, to)) return 'text'
  const line = text.slice(from, Math.min(to, from + LOOKED_AT))
  const trimmed = line.trim()
  if (trimmed === '') return 'blank'
  const indented = line.startsWith('    ') || line.startsWith('\t')
  const marked = isLetter(trimmed.charCodeAt(0)) ? null : markedKind(trimmed, indented)
  if (marked !== null) return marked
  if (beginsStrong(trimmed, 0) && STRONG.some((pattern) => pattern.test(trimmed))) return 'strong-code'
  return isWeakCode(trimmed, indented, text.charCodeAt(lastVisible(text, from, to))) ? 'weak-code' : 'text'
}

/** Of a line whose first visible character is no letter. */
function markedKind(line: string, indented: boolean): LineKind | null {
  if (!indented && HEADING.test(line)) return 'heading'
  if (RULE.test(line)) return 'rule'
  if (ITEM.test(line)) return 'item'
  if (TAG.test(line)) return 'tag'
  return isRow(line) ? 'row' : null
}

/**
 * Quick, and true of most prose only: the line begins with a letter or a number at the margin, and neither begins nor ends
 * as code does. What it is unsure of, patterns tell.
 */
function isPlain(text: string, from: number, to: number): boolean {
  if (!(isLetter(text.charCodeAt(from)) || beginsWithNumber(text, from)) || beginsStrong(text, from)) return false
  return !endsStatement(text.charCodeAt(lastVisible(text, from, to))) && !mayAssignOrCall(text, from)
}

/** Letters of ASCII. */
function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

/** Of digits, and the number of no item. */
function beginsWithNumber(text: string, from: number): boolean {
  let at = from
  while (at < from + ITEM_DIGITS && isDigit(text.charCodeAt(at))) at++
  const code = text.charCodeAt(at)
  return at > from && code !== FULL_STOP && code !== CLOSE_PARENTHESIS
}

/** ATX headings (CommonMark §4.2), and a line that is nothing but bold: the heading of models. */
const HEADING = /^(?:#{1,6}(?:\s|$)|\*\*[^*]{1,80}\*\*:?$|__[^_]{1,80}__:?$)/
/** Thematic breaks and setext underlines (§4.1, §4.3), and the delimiter row of a table without its cells. */
const RULE = /^(?:-{2,}|={2,}|\*{3,}|_{3,})$/
/** Bullets and numbers (§5.2), and the bullet that is a character. */
const ITEM_DIGITS = 3
const ITEM = new RegExp(`^(?:[-*+•]|\\d{1,${ITEM_DIGITS}}[.)])\\s+\\S`)
const TAG = /^<\/?[A-Za-z!?][^<>]*>?/

function isRow(line: string): boolean {
  return line.startsWith('|') && line.length > 2 && line.indexOf('|', 1) > 0
}

/** How what could be strong code begins: most lines are told by it from one look. */
const STRONG_BEGINS =
  /(?:from|import|#include|package|using|async|def|class|export|function|const|let|var|public|private|protected|int|long|double|float|bool|void|char|string|auto|vector|SELECT|INSERT|UPDATE|CREATE|DELETE|if|for|while|elif|except|with|switch|catch|else|try|finally|do|return|@|})/y

function beginsStrong(text: string, at: number): boolean {
  STRONG_BEGINS.lastIndex = at
  return STRONG_BEGINS.test(text)
}

const STRONG = [
  /^(?:from\s+[\w.]+\s+import\b|import\s+[\w.{*"']|#include\s*[<"]|package\s+[\w.]+;|using\s+[\w.]+;)/,
  /^(?:async\s+)?def\s+\w+\s*\(/,
  /^class\s+\w+\s*[({:]/,
  /^(?:export\s+)?(?:async\s+)?function\s*\w*\s*\(/,
  /^(?:export\s+)?(?:const|let|var)\s+[\w{[]/,
  /^(?:public|private|protected)\s+[\w<>[\]]+/,
  /^(?:int|long|double|float|bool|void|char|string|auto|vector<\w+>)\s+\w+\s*[=(;,[]/,
  /^(?:SELECT|INSERT INTO|UPDATE|CREATE TABLE|DELETE FROM)\s/,
  /^(?:if|for|while|elif|except|with|switch|catch)\b[^.?!]{0,200}[:{]$/,
  /^(?:else|try|finally|do)\s*[:{]$/,
  /^(?:return\b[^.!?]{0,120};?$|@\w+)/,
  /^}\s*(?:else|catch|finally|while)?\b.{0,80}[{;]?$/,
]

/** Ends as statements do, assigns, calls, or is a comment. */
function isWeakCode(line: string, indented: boolean, last: number): boolean {
  if (endsStatement(last)) return true
  if (/^[\w.[\]'"]+\s*[-+*/%|&]?=\s*[^=\s]/.test(line)) return true
  if (/^[\w.]+\([^()]{0,120}\)$/.test(line)) return true
  return indented && /^(?:#|\/\/|"""|'''|pass$|break$|continue$|raise\b|yield\b|assert\b|print\()/.test(line)
}

function endsStatement(code: number): boolean {
  return code === SEMICOLON || code === OPEN_BRACE || code === CLOSE_BRACE
}

const NAMES = asciiTable(/[\w.[\]'"]/)
const OPERATORS = asciiTable(/[-+*/%|&]/)

/** False where neither pattern for it matches: what is called or assigned to ends before a parenthesis or a sign. */
function mayAssignOrCall(text: string, from: number): boolean {
  let at = from
  while (NAMES[text.charCodeAt(at)] === 1) at++
  if (text.charCodeAt(at) === OPEN_PARENTHESIS) return true
  while (text.charCodeAt(at) === SPACE) at++
  if (OPERATORS[text.charCodeAt(at)] === 1) at++
  const code = text.charCodeAt(at)
  // Other blanks than spaces, some of which are no ASCII, may stand before a sign too.
  return code === EQUALS || (code < SPACE && code !== NEWLINE) || code > LAST_ASCII
}

/** By code: 1 for the characters that the pattern matches. */
function asciiTable(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: LAST_ASCII + 1 }, (_, code) => Number(pattern.test(String.fromCharCode(code))))
}

function lastVisible(text: string, from: number, to: number): number {
  let at = to - 1
  while (at > from && text.charCodeAt(at) <= 32) at--
  return at
}
