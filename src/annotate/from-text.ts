import type { TaskPolicy } from '../domain/policy.js'
import type { Sample } from '../domain/record.js'
import { compileGrader } from './grade.js'
import { compileStated } from './stated-confidence.js'

/** Fills gaps of a sample from its own text. */
export type ReadFromText = (sample: Sample) => Sample

/** Null where the policy asks for nothing. What a record says itself stands; an output that errored has no text to read. */
export function compileReader({ grader, confidence }: TaskPolicy): ReadFromText | null {
  if (grader === null && confidence.stated === null) return null
  const graded = grader === null ? null : compileGrader(grader)
  const stated =
    confidence.stated === null
      ? null
      : compileStated(confidence.stated, confidence.scale === 'percent' ? 'percent' : 'either')
  return (sample) => {
    if (sample.failed !== null) return sample
    const { output, reference, score, correct } = sample
    const ungraded = score === null && correct === null && reference !== undefined
    return {
      ...sample,
      correct: ungraded ? (graded?.grade(output, reference) ?? null) : correct,
      confidence: sample.confidence ?? usable(stated?.(output) ?? null),
    }
  }
}

/** What is stated outside the scale is no usable confidence: missing, never moved into it. */
function usable(stated: number | 'out-of-range' | null): number | null {
  return stated === 'out-of-range' ? null : stated
}
