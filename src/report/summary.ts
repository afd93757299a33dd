import type { Finding } from '../domain/finding.js'
import { explainNotice } from '../domain/notice.js'
import { ARMS } from '../domain/record.js'
import type { Report } from '../domain/report.js'
import { compared, filesOf } from './sentences/compared.js'
import { findingSentence, ruledOutSentence } from './sentences/finding.js'
import { faults, notMeasured, notReached, notSeen } from './sentences/gaps.js'
import { relaxed } from './sentences/relaxed.js'
import { verdictSentence } from './sentences/verdict.js'
import { counted } from './words.js'

/** A report in words, for a reader who has nothing else: full sentences made from the report's own data. */
export interface Summary {
  readonly headline: string
  /** What was compared, and what a reader should know of how it was read. */
  readonly compared: readonly string[]
  /** Harm that is shown: everything that fails. */
  readonly shown: readonly string[]
  /** Guarded measures that pass, and how much harm each still leaves possible. */
  readonly ruledOut: readonly string[]
  /** Guarded measures that are neither. */
  readonly open: readonly string[]
  readonly notMeasured: readonly string[]
  readonly couldNotSee: readonly string[]
  readonly relaxed: readonly string[]
}

export function summaryOf(report: Report): Summary {
  const { findings, notices } = report
  const guarded = findings.filter(({ role }) => role === 'guarded')
  return {
    headline: headline(report),
    compared: [...files(report), ...compared(report), ...notices.map((notice) => `Note: ${explainNotice(notice)}.`)],
    shown: findings.filter((finding) => isShownHarm(finding, findings)).map(findingSentence),
    ruledOut: guarded.filter(({ status }) => status === 'pass').map(ruledOutSentence),
    open: guarded.filter(isOpen).map(findingSentence),
    notMeasured: [...notMeasured(report), ...faults(report)],
    couldNotSee: [...notReached(report), ...notSeen(report)],
    relaxed: relaxed(report),
  }
}

function headline(report: Report): string {
  const count = report.relaxations.length
  const softened = count === 0 ? '' : `, with ${counted(count, 'relaxation')}`
  return `${report.verdict.toUpperCase()}${softened}. ${verdictSentence(report)}`
}

function files(report: Report): string[] {
  return ARMS.flatMap((arm) => {
    const names = filesOf(report, arm)
    return names === null ? [] : [`The ${arm === 'baseline' ? 'baseline' : 'tuned arm'} is ${names}.`]
  })
}

function isOpen({ status, waiver }: Finding): boolean {
  return waiver === null && (status === 'inconclusive' || status === 'unmeasured')
}

/** What one task alone carries is said once. */
function isShownHarm({ status, decides, detector, measure, task, n }: Finding, findings: readonly Finding[]): boolean {
  if (status !== 'fail' || !decides) return false
  const pooled = findings.find(
    (other) => other.detector === detector && other.measure === measure && other.task === null,
  )
  return task === null || pooled?.status !== 'fail' || pooled.n !== n
}
