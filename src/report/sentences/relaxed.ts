import type { Finding } from '../../domain/finding.js'
import type { Json } from '../../domain/json.js'
import { printable } from '../../domain/printable.js'
import type { Relaxable, Relaxation } from '../../domain/relaxation.js'
import type { Report } from '../../domain/report.js'
import { listed } from '../words.js'

const MOST_NAMED = 8

/** What makes this run easier to pass than recommended, and what would not have passed without that. */
export function relaxed({ relaxations, findings }: Report): string[] {
  if (relaxations.length === 0) return []
  const list = `Relaxed: ${listed(relaxations.map(explainRelaxation), MOST_NAMED, '; ')}.`
  const parts = [...consequence('fail', findings), ...consequence('be inconclusive', findings)]
  const what = relaxations.some((one) => one.what === 'waiver') ? 'roles, margins and waivers' : 'roles and margins'
  const without = parts.length === 0 ? [] : [`Without relaxed levels, ${what} ${parts.join('; ')}.`]
  return [list, ...without, ...idleWaivers(relaxations, findings)]
}

/** A waiver that outlives its harm would hide the next one. */
function idleWaivers(relaxations: readonly Relaxation[], findings: readonly Finding[]): string[] {
  const idle = relaxations.filter(
    ({ what, measure, tasks }) =>
      what === 'waiver' &&
      !findings.some((own) => own.waiver !== null && own.measure === measure && (tasks ?? own.task) === own.task),
  )
  const names = idle.map(({ measure, tasks }) => printable(`${measure}${tasks === null ? '' : ` on ${tasks}`}`))
  return names.length === 0 ? [] : [`Nothing needs the waiver of ${listed(names, MOST_NAMED)}: remove it.`]
}

const WOULD = { fail: 'fail', 'be inconclusive': 'inconclusive' } as const

function consequence(what: keyof typeof WOULD, findings: readonly Finding[]): string[] {
  const others = findings.filter((finding) => isKept(finding) && strictStatus(finding) === WOULD[what])
  const pooled = new Set(others.filter(({ task }) => task === null).map(({ measure }) => measure))
  const names = others.flatMap(({ measure, task }) => {
    if (task === null) return [measure]
    return pooled.has(measure) ? [] : [`${measure} on ${printable(task)}`]
  })
  return names.length === 0 ? [] : [`${listed(names, MOST_NAMED)} would ${what}`]
}

/** Kept from deciding by what the config relaxes. */
function isKept({ wouldBe, waiver, status }: Finding): boolean {
  return waiver !== null || (wouldBe !== null && wouldBe !== status)
}

function strictStatus({ wouldBe, status }: Finding): Finding['status'] {
  return wouldBe ?? status
}

/** As a clause without a verb. Safe to print. */
export function explainRelaxation(relaxation: Relaxation): string {
  const { tasks } = relaxation
  return `${explain[relaxation.what](relaxation)}${tasks === null ? '' : ` on tasks ${printable(tasks)}`}`
}

const instead = ({ from, to }: Relaxation) => `${text(to)} instead of ${text(from)}`

const explain: Readonly<Record<Relaxable, (relaxation: Relaxation) => string>> = {
  level: ({ detector, to }) => (to === 'off' ? `${detector} off` : `${detector} at ${text(to)}`),
  margin: (r) => `margin of ${printable(r.measure ?? '')} ${instead(r)}`,
  role: (r) => `${printable(r.measure ?? '')} ${instead(r)}`,
  options: ({ detector, to }) => `${detector} with ${text(to)}`,
  alpha: (r) => `alpha ${instead(r)}`,
  gate: () => 'gate: report, exit 0 whatever is found',
  onInconclusive: () => 'an inconclusive run exits 0',
  'pairing.minCoverage': (r) => `least coverage ${instead(r)}`,
  'pairing.prompts': () => 'prompts may differ between the arms',
  'pairing.identical': () => 'the arms may say the same throughout',
  'pairing.repeats': () => 'a repeated id is another sample',
  'pairing.allow': ({ to }) =>
    `settings may differ: ${Array.isArray(to) ? listed(to.map(text), MOST_NAMED) : text(to)}`,
  'input.maxBadLines': ({ to }) => `up to ${text(to)} bad lines an arm`,
  waiver: ({ measure, to }) => `${printable(measure ?? '')} waived${terms(to)}`,
  'input.tasks': ({ to }) => `only tasks ${Array.isArray(to) ? listed(to.map(text), MOST_NAMED) : text(to)}`,
}

/** Who waived it, until when and why. */
function terms(to: Json): string {
  const said = new Map(Object.entries(to ?? {}))
  const [owner, expires, reason] = ['owner', 'expires', 'reason'].map((key) => text(said.get(key) ?? ''))
  return ` by ${owner} until ${expires} (${reason})`
}

const LONGEST = 60

function text(value: Json): string {
  const whole =
    typeof value === 'string'
      ? value
      : JSON.stringify(value)
          .replace(/[{}"]/g, '')
          .replace(/([,:])/g, '$1 ')
  return printable(whole.length <= LONGEST ? whole : `${whole.slice(0, LONGEST)}…`)
}
