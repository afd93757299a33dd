import type { Sample } from '../../domain/record.js'
import { type Plant, withTuned } from './fault.js'

/** Answers that were right are wrong, scores at their worst. Planted in one task only. */
export const flippedAnswers: Plant = {
  fault: 'cross-task-regression',
  way: 'flipped',
  plant: (case_) => (case_.tuned.some(isGood) ? withTuned(case_, flipped) : case_.tuned.some(isJudged) ? case_ : null),
}

function isJudged({ correct, score }: Sample): boolean {
  return correct !== null || score !== null
}

function isGood({ correct, score }: Sample): boolean {
  return correct === true || (score ?? 0) > 0
}

function flipped(sample: Sample): Sample {
  return {
    ...sample,
    correct: sample.correct === null ? null : false,
    score: sample.score === null ? null : Math.min(0, sample.score),
  }
}
