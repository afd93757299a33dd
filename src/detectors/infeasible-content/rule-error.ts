import { printable } from '../../domain/printable.js'

/** An expression that cannot be compiled: the user's to repair. */
export class RuleError extends Error {
  /** UTF-16 units into the expression; null where the fault is not in the expression. */
  readonly offset: number | null

  constructor(message: string, offset: number | null) {
    super(message)
    this.name = 'RuleError'
    this.offset = offset
  }
}

/**
 * The error's message; where its place is known, two further lines: the line of the expression (cut to a window around
 * the place) and a caret under it. Columns are those of a terminal: wide characters take two.
 */
export function explainRuleError(expression: string, { message, offset }: RuleError): string {
  if (offset === null) return message
  const start = lineStart(expression, offset)
  const line = expression.slice(start).split(LINE_END, 1)[0]!
  const { text, before } = windowAround(line, Math.min(offset - start, line.length))
  return `${message}\n  ${text}\n  ${' '.repeat(columnsOf(before))}^`
}

const LINE_END = /\r\n|\r|\n/
const BEFORE = 60
const LONGEST = 100

function lineStart(expression: string, offset: number): number {
  const before = expression.slice(0, offset)
  return Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1
}

/** What is shown of the line, and the part of it that stands before the place. */
function windowAround(line: string, at: number): { text: string; before: string } {
  const from = at > BEFORE ? wholeFrom(line, at - BEFORE) : 0
  const to = from + LONGEST
  const lead = `${from > 0 ? '…' : ''}${plain(line.slice(from, at))}`
  return { text: `${lead}${plain(line.slice(at, to))}${to < line.length ? '…' : ''}`, before: lead }
}

/** A window never begins inside a surrogate pair. */
function wholeFrom(line: string, from: number): number {
  return /[\udc00-\udfff]/.test(line[from] ?? '') ? from + 1 : from
}

/** Tabs become one space, in the line and in what is counted. */
function plain(text: string): string {
  return printable(text.replaceAll('\t', ' '))
}

const NO_WIDTH = /^\p{M}$/u
/** East Asian wide and full-width ranges and pictures (Unicode TR 11, main ranges). */
const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])$/u

function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return columns
}
