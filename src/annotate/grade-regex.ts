import type { RegexSpec } from '../domain/grading.js'
import { cleaned } from '../text/answers-markup.js'
import { soleNumber } from '../text/answers-number.js'
import { lastMatch } from '../text/answers-pattern.js'
import { compilePattern } from '../text/pattern.js'
import type { Grader } from './grade.js'
import { sameNumber } from './grade-number.js'
import { acceptedAnswers } from './grade-reference.js'

/**
 * What the pattern's last match extracts is the reference: the same text but for case, markup, quotes and a full stop
 * around it, or the same number. Throws PatternError.
 */
export function regexGrader({ pattern }: RegexSpec): Grader {
  const compiled = compilePattern(pattern)
  return {
    grade(output, reference) {
      const accepted = acceptedAnswers(reference)
      if (accepted.length === 0) return null
      const match = lastMatch(compiled, output)
      if (match === null) return false
      const answer = match.groups.find((group) => group !== null) ?? match.text
      return accepted.some((one) => sameText(answer, one) || sameValue(answer, one))
    },
  }
}

function sameText(answer: string, reference: string): boolean {
  return cleaned(answer).toLowerCase() === cleaned(reference).toLowerCase()
}

function sameValue(answer: string, reference: string): boolean {
  const number = soleNumber(answer)
  const other = soleNumber(reference)
  return number !== null && other !== null && sameNumber(number, other)
}
