import { Chalk, type ChalkInstance } from 'chalk'
import type { Finding } from '../domain/finding.js'
import { explainNotice } from '../domain/notice.js'
import { printable } from '../domain/printable.js'
import { explainProblem } from '../domain/problem.js'
import type { FindingName, Report } from '../domain/report.js'
import { contextOf } from './context.js'
import { fixed, signed } from './numbers.js'
import { explainReason } from './reason.js'
import { wrap } from './wrap.js'

export interface TerminalOptions {
  readonly color: boolean
}

/** For a person at a terminal: verdict and reason first, then what decided, then what could not be seen. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 })
  const sections = [
    headline(report, paint),
    ...deciding(report, paint),
    notMeasured(report),
    faults(report),
    remarks(report),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

type Paint = Record<Report['verdict'] | Finding['status'], ChalkInstance>

function colors(paint: ChalkInstance): Paint {
  const { green, red, yellow, magenta, dim } = paint
  return { pass: green, fail: red, inconclusive: yellow, error: magenta, noted: dim, unmeasured: dim }
}

function headline(report: Report, paint: ChalkInstance): string[] {
  const word = report.verdict.toUpperCase()
  const [first = '', ...rest] = wrap(`${word}  ${sentence(report)}`)
  return [paint.bold(colors(paint)[report.verdict](word)) + first.slice(word.length), ...rest]
}

function sentence({ reason }: Report): string {
  if (!('findings' in reason)) return explainProblem(reason)
  const chance = `A harmless tune of this size passes with probability ${reason.passChance.toFixed(2)}.`
  switch (reason.code) {
    case 'guarded-pass':
      return `Harm beyond the margin is ruled out for ${measures(reason.findings)}. ${chance}`
    case 'harm':
      return `Harm is shown by ${byDetector(reason.findings)}. ${chance}`
    case 'not-proven':
      return `Harm beyond the margin is neither shown nor ruled out for ${measures(reason.findings)}. ${chance}`
    default:
      return reason satisfies never
  }
}

function measures(findings: readonly FindingName[]): string {
  return findings.map(({ measure }) => measure).join(', ')
}

function byDetector(findings: readonly FindingName[]): string {
  const detectors = [...new Set(findings.map(({ detector }) => detector))]
  return detectors
    .map((detector) => {
      const own = findings.filter((finding) => finding.detector === detector)
      return `${detector} (${own.map(({ measure, task }) => (task === null ? measure : `${measure} on ${printable(task)}`)).join(', ')})`
    })
    .join(' and ')
}

/** Pooled findings that decide, or would but for a detector at warn, and every one that fails, by detector. */
function deciding({ findings, config }: Report, paint: ChalkInstance): string[][] {
  const warns = ({ detector, margin }: Finding) => config.detectors[detector]?.level === 'warn' && margin !== null
  const shown = findings.filter((finding) => {
    const { status, decides, task } = finding
    return status === 'fail' || (task === null && status !== 'unmeasured' && (decides || warns(finding)))
  })
  const detectors = [...new Set(shown.map(({ detector }) => detector))]
  return detectors.map((detector) => [
    paint.bold(detector),
    ...shown.filter((finding) => finding.detector === detector).flatMap((finding) => findingLines(finding, paint)),
  ])
}

const INDENT = '               '

function findingLines(finding: Finding, paint: ChalkInstance): string[] {
  const { measure, task, status, role, n, eligible, reason } = finding
  const counted = n === eligible ? `n ${n}` : `n ${n} of ${eligible}`
  const where = task === null ? '' : ` on ${printable(task)}`
  const title = `  ${colors(paint)[status](status.padEnd(12))} ${measure}${where}  ${arms(finding)}(${role}, ${counted})`
  const why = reason === null ? [] : [`${explainReason(reason)}${testOf(finding)}`]
  const notes = [numbers(finding), ...why, ...waysOut(finding), ...contextOf(finding)]
  return [title, ...notes.flatMap((note) => wrap(note, { first: INDENT, rest: INDENT }))]
}

/** For what stayed open: how much harm it could have shown, and how many cases would settle it. */
function waysOut({ status, detectable, casesNeeded }: Finding): string[] {
  if (status !== 'inconclusive' || detectable === null) return []
  const needed = casesNeeded?.toPass ?? null
  const more = needed === null ? '' : `; about ${needed} cases would pass a harmless tune`
  return [`this run could have shown harm of ${detectable.toFixed(4)}${more}`]
}

function arms({ baseline, tuned }: Finding): string {
  return baseline === null || tuned === null ? '' : `${fixed(baseline)} → ${fixed(tuned)}  `
}

/** What a fail is checked on; a pass is checked on the interval. */
function testOf({ status, adjustedP, threshold }: Finding): string {
  return status !== 'fail' || adjustedP === null ? '' : ` (adjusted p ${probability(adjustedP)}, α ${threshold})`
}

function numbers({ change, margin, worse }: Finding): string {
  const parts = []
  if (change !== null) parts.push(`change ${signed(change.value)}${interval(change)}`)
  if (margin !== null) parts.push(`margin ${worse === 'lower' ? '−' : '+'}${margin}`)
  return parts.join(', ')
}

function interval({ low, high }: NonNullable<Finding['change']>): string {
  return low === null || high === null ? '' : ` [${signed(low)}, ${signed(high)}]`
}

function probability(p: number): string {
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4)
}

/** Measures that share a reason share a line. */
function notMeasured({ findings }: Report): string[] {
  const byReason = new Map<string, string[]>()
  for (const { measure, reason, status, task } of findings) {
    if (status !== 'unmeasured' || task !== null || reason === null) continue
    const why = explainReason(reason)
    byReason.set(why, [...(byReason.get(why) ?? []), measure])
  }
  return [...byReason].flatMap(([why, names]) => wrap(`Not measured (${why}): ${names.join(', ')}.`, { rest: '  ' }))
}

/** What the user's own code did wrong, and on which outputs. */
function faults({ faults: all }: Report): string[] {
  return all.flatMap((fault) => {
    if (fault.code !== 'verifier') return []
    const { detector, fault: how, count, first, message } = fault
    const names = first.map(({ arm, task, id }) => `${printable(id)} (${printable(task)}, ${arm})`).join(', ')
    const outputs = `${count} output${count === 1 ? '' : 's'}`
    return wrap(
      `Fault: the verifier of ${detector} ${how} on ${outputs}: ${names}${count > first.length ? ', …' : ''}. ${printable(message)}`,
      { rest: '  ' },
    )
  })
}

/** Which files were which arm: the arms may have been swapped. */
function filesOf({ inputs }: Report): string[] {
  return (['baseline', 'tuned'] as const).flatMap((arm) => {
    const files = inputs[arm].map(
      ({ path, records }) => `${path === '-' ? 'standard input' : printable(path)} (${records} records)`,
    )
    return files.length === 0 ? [] : [`${arm}: ${files.join(', ')}`]
  })
}

function remarks(report: Report): string[] {
  const { cases, onlyBaseline, onlyTuned, errors, empty } = report.pairing
  const unused = Object.entries(report.fields).flatMap(([name, { used }]) => (used ? [] : [printable(name)]))
  const texts = [
    ...filesOf(report),
    `${cases} cases paired; ${onlyBaseline.count} in the baseline only, ${onlyTuned.count} in the tuned arm only.`,
    ...(errors.count + empty.count === 0
      ? []
      : [`${errors.count} outputs errored, ${empty.count} are empty; without a score they count as wrong.`]),
    ...(unused.length === 0 ? [] : [`Columns not used: ${unused.join(', ')}.`]),
    ...report.notices.map((notice) => `Note: ${explainNotice(notice)}.`),
  ]
  return texts.flatMap((text) => wrap(text, { rest: '  ' }))
}
