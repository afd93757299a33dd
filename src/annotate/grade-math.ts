import { finalAnswer } from '../text/answers.js'
import { predicate } from '../text/answers-markup.js'
import { mathForm } from '../text/answers-math.js'
import { soleNumber } from '../text/answers-number.js'
import type { Grader } from './grade.js'
import { sameNumber } from './grade-number.js'
import { acceptedAnswers } from './grade-reference.js'

/** The final answer is the reference in another spelling, or the same number. It knows no algebra: see `mathForm`. */
export function mathGrader(): Grader {
  return {
    grade(output, reference) {
      const accepted = acceptedAnswers(reference)
      if (accepted.length === 0) return null
      const answer = finalAnswer(output)
      return answer !== null && accepted.some((one) => sameMath(answer, one))
    },
  }
}

function sameMath(answer: string, reference: string): boolean {
  const form = mathForm(answer)
  if (form === '') return false
  return form === mathForm(reference) || sameValue(answer, reference) || sameValue(predicate(answer), reference)
}

function sameValue(answer: string, reference: string): boolean {
  const number = soleNumber(answer) ?? soleNumber(mathForm(answer)) ?? soleNumber(withoutUnit(answer))
  const other = soleNumber(reference) ?? soleNumber(mathForm(reference))
  return number !== null && other !== null && sameNumber(number, other)
}

/** `42 square inches` without its one to three words. */
function withoutUnit(answer: string): string {
  return answer.trim().replace(/(?<=[\d)}$])(?: \p{L}{1,20}){1,3}$/u, '')
}
