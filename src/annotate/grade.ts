import type { GraderSpec } from '../domain/grading.js'
import { choiceGrader } from './grade-choice.js'
import { exactGrader } from './grade-exact.js'
import { jsonGrader } from './grade-json.js'
import { mathGrader } from './grade-math.js'
import { numberGrader } from './grade-number.js'
import { regexGrader } from './grade-regex.js'

export interface Grader {
  /**
   * Whether an output is right. An output that gives no answer is wrong; null only where the reference is missing or of
   * a kind that this grader cannot read, which is the same for both arms.
   */
  grade(output: string, reference: unknown): boolean | null
}

/** Throws PatternError, with the offset where it is known, for a pattern that cannot be read. */
export function compileGrader(spec: GraderSpec): Grader {
  switch (spec.kind) {
    case 'exact':
      return exactGrader(spec)
    case 'number':
      return numberGrader(spec)
    case 'math':
      return mathGrader()
    case 'choice':
      return choiceGrader(spec)
    case 'json':
      return jsonGrader(spec)
    case 'regex':
      return regexGrader(spec)
    default:
      throw new Error(`no grader for ${JSON.stringify(spec satisfies never)}`)
  }
}
