import type { Finding } from '../../domain/finding.js'
import { printable } from '../../domain/printable.js'
import type { Report } from '../../domain/report.js'
import { explainReason } from '../reason.js'
import { wrap } from '../wrap.js'
import { counted } from './words.js'

/** What could not be measured and why, and what this run could not have seen. */
export function gaps(report: Report): string[] {
  return [...notMeasured(report), ...notSeen(report), ...faults(report)].flatMap((text) => wrap(text, { rest: '  ' }))
}

/** Measures that would decide; those that share a reason share a line. */
function notMeasured({ findings }: Report): string[] {
  const unmeasured = findings.filter(({ status, task }) => status === 'unmeasured' && task === null)
  const byReason = new Map<string, string[]>()
  for (const { measure, reason } of unmeasured.filter(({ decides }) => decides)) {
    if (reason === null) continue
    const why = explainReason(reason)
    byReason.set(why, [...(byReason.get(why) ?? []), measure])
  }
  const lines = [...byReason].map(([why, names]) => `Not measured (${why}): ${names.join(', ')}.`)
  const silent = unmeasured.filter(({ decides }) => !decides).length
  return silent === 0 ? lines : [...lines, `Not measured, and never decide: ${counted(silent, 'other measure')}.`]
}

/** The smallest harm that would have been shown, of what must pass. */
function notSeen({ findings }: Report): string[] {
  const known = findings.filter(isGuardedAndKnown)
  if (known.length === 0) return []
  const parts = known.map(({ measure, detectable }) => `${measure} ${detectable.toFixed(4)}`)
  return [`With a chance of 80 % this run shows harm of: ${parts.join(', ')}. Less may go unseen.`]
}

function isGuardedAndKnown(finding: Finding): finding is Finding & { readonly detectable: number } {
  return finding.role === 'guarded' && finding.task === null && finding.detectable !== null
}

/** What the user's own code did wrong, and on which outputs. */
function faults({ faults: all }: Report): string[] {
  return all.flatMap((fault) => {
    if (fault.code !== 'verifier') return []
    const { detector, fault: how, count, first, message } = fault
    const names = first.map(({ arm, task, id }) => `${printable(id)} (${printable(task)}, ${arm})`).join(', ')
    const more = count > first.length ? ', …' : ''
    const outputs = counted(count, 'output')
    return [`Fault: the verifier of ${detector} ${how} on ${outputs}: ${names}${more}. ${printable(message)}`]
  })
}
