import { isDigit } from '../../domain/ascii.js'
import { SHAPES, type Shape } from '../../domain/slice.js'
import { lineKind } from '../line-kind.js'

/** Of a prompt so many characters are looked at. */
export const LOOKED_AT = 16_384

/**
 * What a prompt contains. `code fence` a line that opens one; `code` a fence, two lines of source code of which one can be
 * nothing else, or one such line with brackets; `JSON` an object with a quoted key; `table` two rows between bars; `list`
 * two items; `mathematics` LaTeX or an operator between numbers; `numbers` a digit; `question mark` one of any script.
 */
export function contentsOf(prompt: string): Shape[] {
  const text = prompt.slice(0, LOOKED_AT)
  const { fences, rows, items, strong, code } = linesOf(text)
  const contained: Record<Exclude<Shape, 'several turns'>, boolean> = {
    code: fences > 0 || (strong > 0 && (code > 1 || BRACKETS.test(text))),
    'code fence': fences > 0,
    JSON: text.includes('{') && OBJECT.test(text),
    table: rows > 1,
    list: items > 1,
    mathematics: text.includes('\\') ? LATEX.test(text) || ARITHMETIC.test(text) : ARITHMETIC.test(text),
    numbers: /\d/.test(text),
    'question mark': /[?\uff1f\u061f]/.test(text),
  }
  return SHAPES.filter((shape) => shape !== 'several turns' && contained[shape])
}

const BRACKETS = /[({[]/
const OBJECT = /\{\s*"[^"\n]{1,80}"\s*:/
const LATEX = /\\(?:[([]|(?:frac|d?frac|sqrt|sum|int|cdot|times|le|ge|begin)\b)/
const ARITHMETIC = /\d\s?[-+*/×÷·^=<>≤≥]\s?\d|\$[^$\n]{0,80}[\\^_=+][^$\n]{0,80}\$/

interface Lines {
  fences: number
  rows: number
  items: number
  strong: number
  code: number
}

/** What lines begin with tells most of them apart without a closer look. */
function linesOf(text: string): Lines {
  const lines: Lines = { fences: 0, rows: 0, items: 0, strong: 0, code: 0 }
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from)
    const to = end < 0 ? text.length : end
    count(lines, text, from, to)
    from = to + 1
  }
  return lines
}

function count(lines: Lines, text: string, from: number, to: number): void {
  let at = from
  while (at < to && text.charCodeAt(at) <= 32) at++
  if (at === to) return
  if (text.startsWith('```', at) || text.startsWith('~~~', at)) lines.fences++
  else if (mayBeMore(text, at, to)) countKind(lines, text, from, to)
}

function countKind(lines: Lines, text: string, from: number, to: number): void {
  const kind = lineKind(text, from, to)
  if (kind === 'row') lines.rows++
  else if (kind === 'item') lines.items++
  else if (kind === 'weak-code') lines.code++
  else if (kind === 'strong-code') {
    lines.code++
    lines.strong++
  }
}

const MARKS = new Set([...'-*+•|@}'].map((mark) => mark.charCodeAt(0)))
const KEYWORD =
  /(?:from|import|#include|package|using|async|def|class|export|function|const|let|var|public|private|protected|int|long|double|float|bool|void|char|string|auto|vector|SELECT|INSERT|UPDATE|CREATE|DELETE|if|for|while|elif|except|with|switch|catch|else|try|finally|do|return)\b/y

/** Whether a line may be anything but text: its first characters, or how it ends. */
function mayBeMore(text: string, at: number, to: number): boolean {
  const first = text.charCodeAt(at)
  if (MARKS.has(first) || isDigit(first)) return true
  const last = text[to - 1]
  if (last === ';' || last === '{' || last === '}' || last === ')') return true
  KEYWORD.lastIndex = at
  return KEYWORD.test(text)
}
