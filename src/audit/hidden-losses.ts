import type { Finding } from '../domain/finding.js'

/** Names the tasks that fail where the pooled value did not get worse: a gain can hide a loss (Simpson's paradox). */
export function withHiddenLosses(findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => {
    if (finding.task !== null || finding.change === null || finding.worse === null) return finding
    const harm = finding.worse === 'higher' ? finding.change.value : -finding.change.value
    if (harm > 0) return finding
    const losers = findings.filter(
      (other) => other.task !== null && other.status === 'fail' && isSameMeasure(other, finding),
    )
    if (losers.length === 0) return finding
    return { ...finding, details: { ...finding.details, hiddenLosses: losers.map(({ task }) => task).sort() } }
  })
}

function isSameMeasure(a: Finding, b: Finding): boolean {
  return a.detector === b.detector && a.measure === b.measure
}
