import { type Finding, STATUSES, type Status } from '../domain/finding.js'

/** How many findings have each status: the same in every face of a report. */
export function countsOf(findings: readonly Pick<Finding, 'status'>[]): Readonly<Record<Status, number>> {
  const counts = { pass: 0, fail: 0, inconclusive: 0, noted: 0, unmeasured: 0 }
  for (const { status } of findings) counts[status]++
  return counts
}

export function countsInWords(findings: readonly Pick<Finding, 'status'>[]): string {
  const counts = countsOf(findings)
  return STATUSES.map((status) => `${counts[status]} ${status}`).join(', ')
}
