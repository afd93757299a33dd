import type { Finding } from '../../domain/finding.js'
import { printable } from '../../domain/printable.js'
import { explainProblem } from '../../domain/problem.js'
import type { FindingName, Report } from '../../domain/report.js'
import { attainable } from '../advice.js'
import { listed } from '../words.js'

/** Why the verdict is what it is. */
export function verdictSentence({ reason, findings }: Report): string {
  if (!('findings' in reason)) return explainProblem(reason)
  const harmless = chanceOf(reason.passChance, findings)
  switch (reason.code) {
    case 'guarded-pass':
      return `Harm beyond the margin is ruled out for ${measures(reason.findings)}. ${harmless}`
    case 'harm':
      return `Harm is shown by ${byDetector(reason.findings)}.${openToo(reason.open)}`
    case 'not-proven':
      return `Harm beyond the margin is neither shown nor ruled out for ${measures(reason.findings)}. ${harmless}`
    default:
      return reason satisfies never
  }
}

/** As case numbers are planned with. */
const POWER = 0.8

/** A harm that is shown is shown whatever the chance to pass; where nothing is shown, a small chance has a cause. */
function chanceOf(passChance: number, findings: readonly Finding[]): string {
  const chance = `A harmless tune of this size passes with probability ${passChance.toFixed(2)}`
  const guarded = findings.filter(({ role, passChance: own }) => role === 'guarded' && own !== null)
  const limiting = guarded.toSorted((a, b) => shownChance(a) - shownChance(b) || lacking(b) - lacking(a))[0]
  if (passChance >= POWER || limiting === undefined) return `${chance}.`
  const { measure, task, n } = limiting
  const needed = attainable(limiting)
  const cases = needed === null || needed <= n ? '' : ` with ${n} cases; about ${needed} would do`
  return `${chance}, mostly for ${measure}${task === null ? '' : ` on ${printable(task)}`} (${(limiting.passChance ?? 0).toFixed(2)}${cases}).`
}

/** As it is printed: what looks alike is told apart by the cases that lack. */
function shownChance({ passChance }: Finding): number {
  return Math.round((passChance ?? 0) * 100)
}

function lacking({ casesNeeded, n }: Finding): number {
  const needed = casesNeeded?.toPass ?? null
  return needed === null ? Number.POSITIVE_INFINITY : needed / Math.max(1, n)
}

/** Beside failures, what is guarded and unproven must not be forgotten. */
function openToo(open: readonly FindingName[]): string {
  return open.length === 0 ? '' : ` Open besides: ${measures(open)}.`
}

function measures(findings: readonly FindingName[]): string {
  return listed([...new Set(findings.map(({ measure }) => measure))], 8)
}

const MOST_NAMED = 4
const MOST_TASKS = 2

/** Where the pooled measure fails, its tasks go without saying. */
function measureOf(measure: string, findings: readonly FindingName[]): string {
  const tasks = findings.filter((finding) => finding.measure === measure).map(({ task }) => task)
  const named = tasks.filter((task) => task !== null).map(printable)
  return named.length < tasks.length ? measure : `${measure} on ${listed(named, MOST_TASKS)}`
}

function byDetector(findings: readonly FindingName[]): string {
  const detectors = [...new Set(findings.map(({ detector }) => detector))]
  const parts = detectors.map((detector) => {
    const own = findings.filter((finding) => finding.detector === detector)
    const names = [...new Set(own.map(({ measure }) => measure))].map((measure) => measureOf(measure, own))
    return `${detector} (${listed(names, MOST_NAMED)})`
  })
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
