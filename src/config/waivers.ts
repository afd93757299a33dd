import type { AnyDetector } from '../domain/detector.js'
import { nearest } from '../domain/nearest.js'
import { printable, shown } from '../domain/printable.js'
import { DYNAMIC } from './detector-schema.js'
import type { ConfigDocument } from './document.js'
import type { ConfigFile, WaiverEntry } from './partial.js'

const text = { type: 'string', minLength: 1 }

/** Schema of `waivers`. */
export function waiversSchema(detectors: readonly AnyDetector[]): object {
  return {
    title: 'Waivers',
    description: 'Harm that somebody accepts for a time: still measured, tested and shown, and it decides nothing.',
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['detector', 'measure', 'reason', 'owner', 'expires'],
      properties: {
        detector: {
          title: 'Detector',
          description: 'Whose measure it is.',
          type: 'string',
          enum: detectors.map(({ id }) => id),
        },
        measure: { title: 'Measure', description: 'The measure that may fail.', ...text },
        task: { title: 'Task', description: 'Default: pooled and on every task.', ...text },
        reason: { title: 'Reason', description: 'Why the harm is acceptable; stands in every report.', ...text },
        owner: { title: 'Owner', description: 'Who accepts it.', ...text },
        expires: {
          title: 'Expires',
          description: 'The last day on which it holds, YYYY-MM-DD (UTC). Afterwards the config is an error.',
          type: 'string',
          pattern: '^\\d{4}-\\d{2}-\\d{2}$',
        },
      },
    },
  }
}

export interface WaiverRules {
  readonly detectors: readonly AnyDetector[]
  /** YYYY-MM-DD in UTC. */
  readonly today: string
}

/** Throws `config-invalid` at a measure that its detector does not have, a day that is none, and a waiver that has expired. */
export function requireWaivers(document: ConfigDocument, { waivers = [] }: ConfigFile, rules: WaiverRules): void {
  waivers.forEach((waiver, i) => {
    const fault = (key: keyof WaiverEntry, message: string) =>
      document.fault(document.offset(['waivers', String(i), key], 'value'), `waivers: ${message}`)
    const unknown = unknownMeasure(waiver, rules.detectors)
    if (unknown !== null) throw fault('measure', unknown)
    const { expires, owner, reason } = waiver
    if (!isDay(expires)) throw fault('expires', `${shown(expires)} is no day. Write it as 2031-01-31.`)
    if (expires >= rules.today) return
    throw fault(
      'expires',
      `the waiver of ${printable(waiver.measure)} expired on ${expires} (${printable(owner)}: ${printable(reason)}). Remove it, or have its owner renew it.`,
    )
  })
}

function unknownMeasure({ detector, measure }: WaiverEntry, detectors: readonly AnyDetector[]): string | null {
  const owner = detectors.find(({ id }) => id === detector)
  if (owner === undefined || DYNAMIC.test(measure)) return null
  const names = owner.prepare(owner.described ?? owner.defaults).measures.map(({ id }) => id)
  if (names.includes(measure)) return null
  const meant = nearest(measure, names)
  const hint = meant === null ? `It has ${names.join(', ')}.` : `Did you mean "${meant}"?`
  return `${detector} has no measure ${shown(measure)}. ${hint}`
}

function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  return day >= 1 && day <= days
}
