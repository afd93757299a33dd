import type { ExactSpec } from '../domain/grading.js'
import { findAnswer } from '../text/answers.js'
import { cleaned, unquoted } from '../text/answers-markup.js'
import type { Grader } from './grade.js'
import { acceptedAnswers } from './grade-reference.js'

/**
 * The final answer, or the whole output, is the reference: as it is written but for quotes around it, or but for
 * markup, quotes, white space and a full stop around it. What stands within counts, white space too. Compared after
 * Unicode NFC.
 */
export function exactGrader(spec: ExactSpec): Grader {
  const forms = (text: string) => [unquoted(text), cleaned(text)].map((form) => folded(form, spec))
  return {
    grade(output, reference) {
      const accepted = acceptedAnswers(reference).map(forms)
      if (accepted.length === 0) return null
      if (output.trim() === '') return false
      const answer = findAnswer(output)
      const given = [output, ...(answer === null ? [] : [answer.written])].map(forms)
      return accepted.some((one) => given.some((other) => one.some((form, i) => form === other[i])))
    },
  }
}

function folded(form: string, { ignoreCase = false, ignorePunctuation = false }: ExactSpec): string {
  // What is nothing but punctuation keeps it, or it would equal everything of that kind.
  const bare = (ignorePunctuation ? form.replace(/[\p{P}\p{S}]/gu, '').trim() : form) || form
  return (ignoreCase ? bare.toLowerCase() : bare).normalize('NFC')
}
