import type { Finding } from '../domain/finding.js'
import type { Policy } from '../domain/policy.js'
import { judge, type Question } from './judge.js'

/**
 * Findings of relaxed measures with the status that they would have if none of them were relaxed. All of them are judged
 * together, since they share the family of tests.
 */
export function withWouldBe(findings: readonly Finding[], questions: readonly Question[], policy: Policy): Finding[] {
  if (questions.every(({ unrelaxed }) => unrelaxed === undefined)) return [...findings]
  const strict = judge(
    questions.map((question) => ({ ...question, ...question.unrelaxed })),
    policy,
  )
  return findings.map((finding, i) =>
    questions[i]!.unrelaxed === undefined ? finding : { ...finding, wouldBe: strict[i]!.status },
  )
}
