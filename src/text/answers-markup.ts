/** What may stand around an answer, opening and closing. */
const PAIRS = [
  ['**', '**'],
  ['__', '__'],
  ['$$', '$$'],
  ['$', '$'],
  ['\\(', '\\)'],
  ['\\[', '\\]'],
  ['`', '`'],
] as const

const QUOTES = [
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
] as const

type Pairs = readonly (readonly [string, string])[]

/**
 * An answer without the markup and quotes around it and the full stop behind it. What quotes enclose stays as it is.
 */
export function cleaned(text: string): string {
  let answer = text.trim()
  for (let before = ''; before !== answer; ) {
    before = answer
    answer = withoutFullStop(without(PAIRS, answer)).trim()
  }
  return unquoted(answer)
}

export function unquoted(text: string): string {
  return without(QUOTES, text)
}

/** One pair only, and only if it encloses the whole: `"a" or "b"` keeps its quotes. */
function without(pairs: Pairs, text: string): string {
  for (const [open, close] of pairs) {
    if (text.length < open.length + close.length || !text.startsWith(open) || !text.endsWith(close)) continue
    const inner = text.slice(open.length, text.length - close.length)
    if (!inner.includes(close)) return inner
  }
  return text
}

/** Not of an ellipsis. */
function withoutFullStop(text: string): string {
  return text.endsWith('.') && !text.endsWith('..') ? text.slice(0, -1) : text
}

/** A beginning that is marked as the answer within its line (`**B**, because …`, `$5$ apples`); null where none is. */
export function markedStart(text: string): string | null {
  for (const [open, close] of [...PAIRS, ...QUOTES]) {
    if (!text.startsWith(open)) continue
    const end = text.indexOf(close, open.length)
    if (end !== -1 && (open !== '$' || isFormula(text, end))) return text.slice(open.length, end)
  }
  return null
}

/** Pandoc's rule, which tells a formula from two amounts of money: no blank inside, no digit behind. */
function isFormula(text: string, end: number): boolean {
  return !/^\$\s/.test(text) && !/\s/.test(text[end - 1]!) && !/\d/.test(text[end + 1] ?? '')
}

/**
 * What a sentence says of its subject: `3` of `The degree of f is 3`; the whole where no equals sign and no "is"
 * stands.
 */
export function predicate(answer: string): string {
  const start = Math.max(answer.lastIndexOf('=') + 1, answer.lastIndexOf(' is ') + 4)
  return start > 4 || answer.includes('=') ? answer.slice(start) : answer
}
