import { checkArithmetic } from './arithmetic.js'
import { checkDates } from './dates.js'
import type { Span } from './token.js'

/** What a text states that can be checked without knowing anything else: arithmetic and dates. */
export interface Stated {
  /** Statements that were read in full and are true or false. */
  readonly checked: number
  /** Those that are false. */
  readonly wrong: number
  /** The first false one in the text and what is right, at most 80 characters; null where none is false. */
  readonly firstWrong: string | null
}

const MAX_QUOTE = 80

/**
 * Reads `12*7=84`, `<<3+4=7>>`, `\\frac{12}{4} = 3`, `15% of 80 = 12`, `February 30, 2023` and the like. A statement counts as false
 * only where no reading makes it true and it is asserted; what cannot be read in full is not checked. So it misses false
 * statements (see the notes in each file) rather than finding some that are true. The text alone is seen: a false statement
 * that repeats the prompt counts as the text's own. Time is linear in the text, which may be hostile.
 */
export function checkStatements(text: string): Stated {
  const found: Found = { checked: 0, wrong: 0, first: null }
  const report = (span: Span, truth: string | null) => {
    found.checked++
    if (truth === null) return
    found.wrong++
    if (found.first === null || span.start < found.first.span.start) found.first = { span, truth }
  }
  checkArithmetic(text, report)
  checkDates(text, report)
  const { checked, wrong, first } = found
  return { checked, wrong, firstWrong: first === null ? null : quote(text, first) }
}

interface Found {
  checked: number
  wrong: number
  first: Wrong | null
}

interface Wrong {
  readonly span: Span
  readonly truth: string
}

function quote(text: string, { span, truth }: Wrong): string {
  const right = ` (right: ${truth})`
  const shown = text.slice(span.start, span.end).trim()
  const room = MAX_QUOTE - right.length
  return (shown.length > room ? `…${shown.slice(shown.length - room + 1)}` : shown) + right
}
