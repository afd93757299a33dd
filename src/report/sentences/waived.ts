import type { Finding } from '../../domain/finding.js'

/** Who accepted that a finding does not decide, until when and why; empty where nobody did. */
export function waivedClause({ waiver }: Pick<Finding, 'waiver'>): string {
  return waiver === null ? '' : `waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`
}
