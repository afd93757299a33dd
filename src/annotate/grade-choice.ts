import type { ChoiceSpec } from '../domain/grading.js'
import { finalAnswer } from '../text/answers.js'
import { choiceFinder, LETTERS } from '../text/answers-choice.js'
import { cleaned } from '../text/answers-markup.js'
import type { Grader } from './grade.js'
import { acceptedAnswers } from './grade-reference.js'

/**
 * The output picks the choice that the reference names: bare (`B`, `yes`) or in a form that outputs may have too (`(B)
 * Paris`). Where the reference gives the choice's text as well, that text alone picks it, in any case. Cannot be
 * graded: a reference that names no choice, such as its index.
 */
export function choiceGrader({ choices = LETTERS }: ChoiceSpec): Grader {
  const find = choiceFinder(choices)
  return {
    grade(output, reference) {
      const named = acceptedAnswers(reference).filter((one) => find(one) !== null)
      if (named.length === 0) return null
      const answer = folded(finalAnswer(output) ?? '')
      if (named.some((one) => answer !== '' && answer === folded(textOf(one)))) return true
      const chosen = find(output)
      return chosen !== null && named.some((one) => find(one) === chosen)
    },
  }
}

/** What follows the label: `Paris` of `(B) Paris` and of `Option B: Paris`; blank where nothing does. */
function textOf(reference: string): string {
  return /^[^).:]{0,40}[).:](.*)$/s.exec(reference)?.[1] ?? ''
}

function folded(text: string): string {
  return cleaned(text).toLowerCase()
}
