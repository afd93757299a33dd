import type { Finding } from '../domain/finding.js'
import type { Policy, Waiver } from '../domain/policy.js'

/**
 * Findings that a waiver keeps from deciding: those that would fail the run or hold it up. They are judged as ever, in the
 * same family of tests, so that no waiver changes what else is found.
 */
export function withWaivers(findings: readonly Finding[], { waivers }: Policy): Finding[] {
  if (waivers.length === 0) return [...findings]
  return findings.map((finding) => {
    const waiver = isAgainst(finding) ? waivers.findLast((own) => covers(own, finding)) : undefined
    if (waiver === undefined) return finding
    const { reason, owner, expires } = waiver
    return { ...finding, decides: false, waiver: { reason, owner, expires } }
  })
}

export function covers(waiver: Waiver, { detector, measure, task }: Finding): boolean {
  return waiver.detector === detector && waiver.measure === measure && (waiver.task === null || waiver.task === task)
}

function isAgainst({ decides, status, role }: Finding): boolean {
  return decides && (status === 'fail' || (role === 'guarded' && status === 'inconclusive'))
}
