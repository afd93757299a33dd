import { type AnswerMark, findAnswer } from '../text/answers.js'

const SOLUTION_MARKS: ReadonlySet<AnswerMark> = new Set<AnswerMark>(['tag', 'boxed', 'hashes'])

/**
 * The answers that a reference accepts, as text: one for a text or a number, any of an array's. None where it is
 * missing, blank or an object. `true` accepts yes, `false` no.
 */
export function acceptedAnswers(reference: unknown): readonly string[] {
  if (Array.isArray(reference)) return reference.flatMap((one) => (Array.isArray(one) ? [] : acceptedAnswers(one)))
  if (typeof reference === 'number') return Number.isFinite(reference) ? [String(reference)] : []
  if (typeof reference === 'boolean') return reference ? ['true', 'True', 'yes', 'Yes'] : ['false', 'False', 'no', 'No']
  return typeof reference === 'string' && reference.trim() !== '' ? [markedPart(reference)] : []
}

/** A whole solution stands for its answer where it marks one as GSM8K (`#### 18`) and MATH (`\boxed{18}`) do. */
function markedPart(reference: string): string {
  const found = findAnswer(reference)
  return found !== null && SOLUTION_MARKS.has(found.mark) ? found.text : reference
}
