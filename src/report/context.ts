import type { Acceptance, Finding } from '../domain/finding.js'
import type { Json } from '../domain/json.js'
import { printable } from '../domain/printable.js'
import { fixed, signed } from './numbers.js'

/** What a reader of a failing or open finding should know beside its numbers, a sentence each. */
export function contextOf(finding: Finding): string[] {
  return [
    ...correctness(finding),
    ...expectation(finding),
    ...formWithoutSubstance(finding),
    ...wrapping(finding),
    ...hiddenLosses(finding),
    ...acceptance(finding),
  ]
}

/** The format changed, and answers became better: said first, since then the change may be wanted. */
function correctness({ status, details, worse }: Finding): string[] {
  const { baseline, tuned } = armsOf(details.correct)
  if (status !== 'fail' || worse !== 'lower' || baseline === null || tuned === null || tuned <= baseline) return []
  return [`correctness rose with the format: ${fixed(baseline)} → ${fixed(tuned)}`]
}

/** A failure against a format that nobody asked for must say so. */
function expectation({ status, details: { expected, expectedFrom } }: Finding): string[] {
  if (status !== 'fail' || expectedFrom !== 'baseline') return []
  const format = typeof expected === 'string' ? expected : 'of each task'
  return [`no format is declared: expected is the one that nearly all of the baseline’s outputs have (${format})`]
}

function formWithoutSubstance({ status, details }: Finding): string[] {
  const { formGained: form, substanceGained: substance } = details
  if (status !== 'fail' || typeof form !== 'number' || typeof substance !== 'number') return []
  const changes = `valid ${signed(form)}, feasible ${signed(substance)} on the same cases`
  return [form > substance && form > 0 ? `form was gained without substance: ${changes}` : changes]
}

function wrapping({ measure, details }: Finding): string[] {
  if (measure !== 'payload-parse-rate') return []
  const { baseline, tuned } = objectOf(details.wrapping)
  const before = objectOf(baseline)
  const after = objectOf(tuned)
  const changed = Object.keys(before).filter((key) => before[key] !== after[key])
  if (changed.length === 0) return []
  return [
    `JSON was written ${changed.map((key) => `${key} ${percent(before[key])} → ${percent(after[key])}`).join(', ')}`,
  ]
}

function hiddenLosses({ details }: Finding): string[] {
  const tasks = details.hiddenLosses
  return Array.isArray(tasks)
    ? [`the pooled value hides a loss on ${tasks.map((task) => printable(String(task))).join(', ')}`]
    : []
}

/** The config line under which this would have passed. */
function acceptance(finding: Finding): string[] {
  const line = acceptanceLine(finding)
  return line === null ? [] : [`if this is meant: ${line}`]
}

/** Flow style, so that it may be broken anywhere. Safe to print. */
export function acceptanceLine({ accept, detector, measure, task }: Finding): string | null {
  if (accept === null) return null
  const part = partOf(accept, measure)
  const entry = `detectors: {${detector}: ${part}}`
  const line = task === null ? entry : `overrides: [{tasks: ${JSON.stringify(task)}, ${entry}}]`
  return printable(line)
}

function partOf(accept: Acceptance, measure: string): string {
  switch (accept.kind) {
    case 'options':
      return `{options: ${flow(accept.options)}}`
    case 'margin':
      return `{margins: {${measure}: ${accept.margin}}}`
    case 'role':
      return `{roles: {${measure}: ${accept.role}}}`
    default:
      return accept satisfies never
  }
}

function flow(value: Json): string {
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value : JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}: ${flow(inner)}`)
    .join(', ')}}`
}

function armsOf(value: Json | undefined): { baseline: number | null; tuned: number | null } {
  const { baseline, tuned } = objectOf(value)
  return { baseline: typeof baseline === 'number' ? baseline : null, tuned: typeof tuned === 'number' ? tuned : null }
}

function objectOf(value: Json | undefined): { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { [key: string]: Json }) : {}
}

function percent(share: Json | undefined): string {
  return typeof share === 'number' ? `${(100 * share).toFixed(1)} %` : 'none'
}
