import type { Span } from './token.js'

/** A denial of the statement; what is `not divisible` or `not an integer` is a number, not the statement. */
const DENIAL =
  /\b(?:not(?! (?:(?:evenly|exactly|an?|any) )*(?:divisible|integer|whole|prime|multiple|factor|divisor|perfect|happy|natural))|wrong\w*|incorrect\w*|false\w*|contradict\w*|impossible|invalid|errors?|mistake\w*)\b|n['’]t\b/
    .source
/** Other arithmetic than that of real numbers, or none to the last digit. */
const OTHER = /\b(?:[pb]?mod\w*|base|binary|octal|hex\w*|xor|bitwise|round\w*|approx\w*)\b/.source
const SUPPOSED =
  /\b(?:if|suppos\w*|assum\w*|imagin\w*|pretend|hypothe\w*|whether|never|cannot|no such|there is no|claim\w*|instead|estimat\w*|nearest|equiv)\b/
    .source

const BEFORE = new RegExp(`${SUPPOSED}|${DENIAL}|${OTHER}`, 'i')
const AFTER = new RegExp(
  `^[^.;\\n]{0,40}?(?:\\?|≠|\\\\neq?|!=|✗|❌|\\b(?:no|about|remainder|fails?|instead)\\b|${DENIAL}|${OTHER})`,
  'i',
)
/** `3 * 4 = 13. But this is wrong`. */
const RETRACTED = new RegExp(`^[^=]{0,25}?\\b(?:this|that|which|it|but|wait|oops)\\b[^.=]{0,40}?(?:${DENIAL})`, 'i')
/** Characters looked at before and after. */
const BEHIND = 120
const AHEAD = 80
/** A shorter text is taken to be whole. */
const MIN_CUT = 400

/**
 * Whether a statement is put forward as true: no word of supposition, question or denial, of rounding or of another arithmetic, in
 * its sentence up to it or shortly after it. English only.
 */
export function isAsserted(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - BEHIND), start)
  const breaks = ['. ', '\n', '\\n'].map((mark) => before.lastIndexOf(mark))
  const after = text.slice(end, end + AHEAD)
  if (BEFORE.test(before.slice(Math.max(...breaks) + 1)) || AFTER.test(after) || RETRACTED.test(after)) return false
  // A long text that ends within a statement may have been cut off there.
  return end < text.length || text.length < MIN_CUT
}
