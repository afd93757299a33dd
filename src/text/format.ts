import { type Blocks, blocksOf } from './blocks.js'
import { isBlank } from './fences.js'
import { formulaShare } from './formulas.js'
import { type Payload, payloadOf } from './payload.js'

export const FORMATS = [
  'json',
  'fenced-json',
  'json-in-prose',
  'xml',
  'code',
  'fenced-code',
  'code-in-prose',
  'table',
  'list',
  'sections',
  'formulas',
  'prose',
  'answer',
  'empty',
] as const
export type Format = (typeof FORMATS)[number]

export interface Shape {
  readonly format: Format
  readonly payload: Payload | null
}

/** Shares of the lines from which a shape is the text's own. */
const MOST = 0.5
const NEARLY_ALL = 0.6
const FORMULA_SHARE = 0.25

/** A bare answer: one line, so long at most. */
const ANSWER_CHARACTERS = 80
const ANSWER_WORDS = 8

/**
 * The shape that an output set out to have. The first that holds:
 * `empty` blank; `json`, `fenced-json`, `json-in-prose` it opens JSON, as the whole text, as a fence alone, or amid other
 * text; `fenced-code` a code fence alone; `code-in-prose` fences with text around; `xml` it begins with a tag and half its
 * lines do; `table` two rows or more that are half its lines; `code` nearly all lines look like source code;
 * `sections` two headings or more; `list` half its lines, at least two, are items; `formulas` a quarter stands in LaTeX;
 * `answer` one line of at most eight words; `prose` the rest.
 */
export function shapeOf(text: string): Shape {
  if (isBlank(text, 0, text.length)) return { format: 'empty', payload: null }
  const payload = payloadOf(text)
  if (payload !== null) return { format: jsonFormat(text, payload), payload }
  return { format: plainFormat(text, blocksOf(text)), payload: null }
}

function jsonFormat(text: string, { wrapping }: Payload): Format {
  if (wrapping === 'bare') return 'json'
  return wrapping === 'fenced' && isFenceAlone(text, blocksOf(text)) ? 'fenced-json' : 'json-in-prose'
}

function isFenceAlone(text: string, { fences }: Blocks): boolean {
  const [first] = fences
  return fences.length === 1 && isBlank(text, 0, first!.start) && isBlank(text, first!.end, text.length)
}

function plainFormat(text: string, blocks: Blocks): Format {
  const { fences, lines, count } = blocks
  if (fences.length > 0) return isFenceAlone(text, blocks) ? 'fenced-code' : 'code-in-prose'
  if (blocks.opensWithTag && count.tag >= MOST * lines) return 'xml'
  if (count.row >= 2 && count.row >= MOST * lines) return 'table'
  if (isCode(blocks)) return 'code'
  if (count.heading >= 2) return 'sections'
  if (count.item >= 2 && count.item >= MOST * lines) return 'list'
  if (formulaShare(text) >= FORMULA_SHARE) return 'formulas'
  return isAnswer(text, lines) ? 'answer' : 'prose'
}

/** One line that can be nothing else, and nearly all that may be code. Comments read as headings. */
function isCode({ lines, count }: Blocks): boolean {
  const code = count['strong-code'] + count['weak-code'] + count.heading
  return count['strong-code'] > 0 && code >= NEARLY_ALL * lines
}

function isAnswer(text: string, lines: number): boolean {
  const answer = text.trim()
  return (
    lines === 1 && answer.length <= ANSWER_CHARACTERS && answer.split(/\s+/, ANSWER_WORDS + 1).length <= ANSWER_WORDS
  )
}
