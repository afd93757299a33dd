import { printable } from '../../domain/printable.js'
import { explainProblem } from '../../domain/problem.js'
import type { FindingName, Report } from '../../domain/report.js'
import { listed } from '../words.js'

/** Why the verdict is what it is. */
export function verdictSentence({ reason }: Report): string {
  if (!('findings' in reason)) return explainProblem(reason)
  const chance = reason.passChance.toFixed(2)
  const harmless = `A harmless tune of this size passes with probability ${chance}.`
  switch (reason.code) {
    case 'guarded-pass':
      return `Harm beyond the margin is ruled out for ${measures(reason.findings)}. ${harmless}`
    case 'harm':
      return `Harm is shown by ${byDetector(reason.findings)}.${openToo(reason.open)} Had it done no harm, a tune would have passed at this size with probability ${chance}.`
    case 'not-proven':
      return `Harm beyond the margin is neither shown nor ruled out for ${measures(reason.findings)}. ${harmless}`
    default:
      return reason satisfies never
  }
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
