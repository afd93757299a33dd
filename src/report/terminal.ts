import { Chalk, type ChalkInstance } from 'chalk'
import type { Finding } from '../domain/finding.js'
import { explainNotice } from '../domain/notice.js'
import { printable } from '../domain/printable.js'
import { explainProblem } from '../domain/problem.js'
import type { FindingName, Report } from '../domain/report.js'
import { explainReason } from './reason.js'

export interface TerminalOptions {
  readonly color: boolean
}

/** For a person at a terminal: verdict and reason first, then what decided, then what could not be seen. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 })
  const sections = [headline(report, paint), deciding(report, paint), unmeasuredLine(report), remarks(report)]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function headline(report: Report, paint: ChalkInstance): string[] {
  const colors = { pass: paint.green, fail: paint.red, inconclusive: paint.yellow, error: paint.magenta }
  const verdict = paint.bold(colors[report.verdict](report.verdict.toUpperCase()))
  return [`${verdict}  ${sentence(report)}`]
}

function sentence({ reason, findings }: Report): string {
  if (!('findings' in reason)) return explainProblem(reason)
  const chance = `A harmless tune passes at this size with probability ${reason.passChance.toFixed(2)}.`
  switch (reason.code) {
    case 'guarded-pass':
      return `Harm beyond the margin is ruled out for ${names(reason.findings)}. ${chance}`
    case 'harm':
      return `Harm is shown: ${names(reason.findings)}. ${chance}`
    case 'not-proven':
      return `Neither harm nor its absence is shown for ${names(reason.findings)}, of ${findings.length} findings. ${chance}`
    default:
      return reason satisfies never
  }
}

function names(findings: readonly FindingName[]): string {
  return findings.map(({ measure, task }) => (task === null ? measure : `${measure} on ${printable(task)}`)).join(', ')
}

/** Pooled findings that decide, and every one that fails. */
function deciding({ findings }: Report, paint: ChalkInstance): string[] {
  const shown = findings.filter(
    (finding) =>
      finding.status !== 'unmeasured' && (finding.status === 'fail' || (finding.decides && finding.task === null)),
  )
  return shown.flatMap((finding) => findingLines(finding, paint))
}

function findingLines(finding: Finding, paint: ChalkInstance): string[] {
  const { measure, task, status, role, n } = finding
  const colors = {
    pass: paint.green,
    fail: paint.red,
    inconclusive: paint.yellow,
    noted: paint.dim,
    unmeasured: paint.dim,
  }
  const where = task === null ? '' : ` on ${printable(task)}`
  const reason = finding.reason === null ? [] : [`    ${explainReason(finding.reason)}`]
  const hidden = finding.details.hiddenLosses
  const masked = Array.isArray(hidden)
    ? [`    the pooled value hides a loss on ${hidden.map((name) => printable(String(name))).join(', ')}`]
    : []
  return [
    `${colors[status](status.padEnd(12))} ${measure}${where} (${role}, n ${n})`,
    `    ${numbers(finding)}`,
    ...reason,
    ...masked,
  ]
}

function numbers({ baseline, tuned, change, margin, worse, adjustedP, detectable }: Finding): string {
  const parts = []
  if (baseline !== null && tuned !== null) parts.push(`${fixed(baseline)} → ${fixed(tuned)}`)
  if (change !== null) {
    const interval =
      change.low === null || change.high === null ? '' : ` [${signed(change.low)}, ${signed(change.high)}]`
    parts.push(`change ${signed(change.value)}${interval}`)
  }
  if (margin !== null) parts.push(`margin ${worse === 'lower' ? '−' : '+'}${margin}`)
  if (adjustedP !== null)
    parts.push(`adjusted p ${adjustedP < 0.0001 ? adjustedP.toExponential(1) : adjustedP.toFixed(4)}`)
  if (detectable !== null) parts.push(`could show ${fixed(detectable)}`)
  return parts.join(', ')
}

function fixed(value: number): string {
  return value.toFixed(4)
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${fixed(Math.abs(value))}`
}

/** Measures that share a reason share a line. */
function unmeasuredLine({ findings }: Report): string[] {
  const byReason = new Map<string, string[]>()
  for (const { measure, reason, status, task } of findings) {
    if (status !== 'unmeasured' || task !== null || reason === null) continue
    const why = explainReason(reason)
    byReason.set(why, [...(byReason.get(why) ?? []), measure])
  }
  return [...byReason].map(([why, measures]) => `Not measured (${why}): ${measures.join(', ')}.`)
}

function remarks(report: Report): string[] {
  const { cases, onlyBaseline, onlyTuned } = report.pairing
  const unused = Object.entries(report.fields).flatMap(([name, { used }]) => (used ? [] : [printable(name)]))
  const paired = `${cases} cases paired; ${onlyBaseline.count} in the baseline only, ${onlyTuned.count} in the tuned arm only.`
  const columns = unused.length === 0 ? [] : [`Columns not used: ${unused.join(', ')}.`]
  return [paired, ...columns, ...report.notices.map((notice) => `Note: ${explainNotice(notice)}.`)]
}
