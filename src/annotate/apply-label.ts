import type { Case } from '../domain/case.js'
import type { Policy, TaskPolicy } from '../domain/policy.js'
import { AuditError } from '../domain/problem.js'
import type { Arm, Sample } from '../domain/record.js'
import { goodnessOf, isCorrectScore } from '../domain/score.js'
import type { Label, Labels } from './labels.js'

/** The same sample where no label is for it. */
export type ApplyLabel = (case_: Case, arm: Arm, sample: Sample, policy: TaskPolicy) => Sample

/** What a label says stands above what the record says; what it leaves open stays. */
export function labelApplier(labels: Labels, { input: { scoreName } }: Policy): ApplyLabel {
  return ({ task, id }, arm, sample, policy) => {
    const label = labels.find(task, id, arm, sample.number)
    if (label === null) return sample
    const score = scoreOf(label, scoreName)
    if (score !== null) requireInRange(score, policy, labels.file, label.line)
    return {
      ...sample,
      score: score === null ? sample.score : goodnessOf(score, policy.score),
      correct: label.correct ?? (score === null ? sample.correct : isCorrectScore(score, policy.score)),
    }
  }
}

function scoreOf({ score, scores }: Label, name: string | null): number | null {
  if (name === null) return score
  return Object.hasOwn(scores, name) ? scores[name]! : null
}

function requireInRange(score: number, { score: { range } }: TaskPolicy, file: string, line: number): void {
  const [low, high] = range
  if (score >= low && score <= high) return
  throw new AuditError({
    code: 'bad-line',
    place: { file, line },
    what: `the score ${score} is not between ${low} and ${high}`,
    remedy: 'Correct it, or set score: {range: [low, high]} in the config.',
    tolerated: 0,
  })
}
