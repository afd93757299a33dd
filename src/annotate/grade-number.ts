import type { NumberSpec } from '../domain/grading.js'
import { findAnswer, isFirm } from '../text/answers.js'
import { predicate } from '../text/answers-markup.js'
import { type FoundNumber, firstNumberIn, numberIn, soleNumber } from '../text/answers-number.js'
import type { Grader } from './grade.js'
import { acceptedAnswers } from './grade-reference.js'

/** Four units in the last place: 12.3 % and 0.123 are the same number, 10^15 and 10^15 + 1 are not. */
const ROUNDING = 4 * Number.EPSILON

/**
 * The number that an output gives as its answer is the reference's. `50 %` equals both 50 and 0.5 where the other side
 * has no percent sign. Cannot be graded: a reference without a number, or with more than a number in LaTeX (√2, π/2).
 */
export function numberGrader({ tolerance = {} }: NumberSpec): Grader {
  const near = nearness(tolerance)
  return {
    grade(output, reference) {
      const accepted = acceptedAnswers(reference).flatMap(referenceNumber)
      if (accepted.length === 0) return null
      const answer = answeredNumber(output)
      return answer !== null && accepted.some((one) => same(answer, one, near))
    },
  }
}

/** Whether two numbers, read with or without percent sign, are the same. */
export function sameNumber(answer: FoundNumber, reference: FoundNumber): boolean {
  return same(answer, reference, nearness({}))
}

type Near = (answer: number, reference: number) => boolean

function nearness({ absolute = 0, relative = 0 }: NonNullable<NumberSpec['tolerance']>): Near {
  return (answer, reference) =>
    Math.abs(answer - reference) <= Math.max(absolute, Math.max(relative, ROUNDING) * Math.abs(reference))
}

function same(answer: FoundNumber, reference: FoundNumber, near: Near): boolean {
  if (near(answer.value, reference.value)) return true
  if (answer.percent === reference.percent) return false
  return answer.percent ? near(answer.value / 100, reference.value) : near(answer.value, reference.value / 100)
}

function referenceNumber(reference: string): FoundNumber[] {
  const number = soleNumber(reference) ?? (/\\(?!text|mathrm|\$|%)/.test(reference) ? null : numberIn(reference))
  return number === null ? [] : [number]
}

/**
 * Of a marked answer the first number that it says of its subject: units and explanations follow. Of an unmarked text
 * the last number, as lm-evaluation-harness takes it ("flexible-extract").
 */
function answeredNumber(output: string): FoundNumber | null {
  const answer = findAnswer(output)
  if (answer === null || answer.mark === 'line') return numberIn(answer?.text ?? output) ?? numberIn(output)
  const number = soleNumber(answer.text) ?? firstNumberIn(predicate(answer.text)) ?? firstNumberIn(answer.text)
  return number ?? (isFirm(answer.mark) ? null : numberIn(output))
}
