import type { AnyDetector } from '../domain/detector.js'
import { FIELDS } from '../domain/fields.js'
import { nearest } from '../domain/nearest.js'
import { type InputPolicy, LONGEST_LINE, type OnInconclusive, type Policy } from '../domain/policy.js'
import { shown } from '../domain/printable.js'
import { AuditError } from '../domain/problem.js'
import { overrideDetectors } from './detectors.js'
import { FIELD_VALUE, pointers } from './fields.js'
import { marginsByDetector } from './flag-margins.js'

/** What the command line lays upon the config. */
export interface Flags {
  /** Only these are looked at; one that the config switched off is switched on. */
  readonly detectors?: readonly string[] | undefined
  readonly tasks?: readonly string[] | undefined
  /** `measure` or `detector.measure`, and the margin; margins that an override gives to some tasks stay. */
  readonly margins?: readonly (readonly [string, number])[] | undefined
  readonly alpha?: number | undefined
  readonly onInconclusive?: OnInconclusive | undefined
  /** Canonical field → JSON Pointer or top-level key. */
  readonly fields?: Readonly<Record<string, string>> | undefined
  readonly scoreName?: string | undefined
  readonly format?: string | undefined
  readonly baselineProvider?: string | undefined
  readonly tunedProvider?: string | undefined
  readonly maxBadLines?: number | undefined
  readonly maxLineBytes?: number | undefined
  readonly examples?: boolean | undefined
  readonly allowIdentical?: boolean | undefined
}

/** Throws `unknown-name` for a detector, measure or field that is not there, `usage` for a value out of bounds. */
export function applyFlags(policy: Policy, flags: Flags, detectors: readonly AnyDetector[]): Policy {
  requireBounds(flags)
  const selected = flags.detectors === undefined ? policy : selectDetectors(policy, flags.detectors)
  const margins = marginsByDetector(flags.margins ?? [], selected, detectors)
  return {
    ...selected,
    alpha: flags.alpha ?? policy.alpha,
    onInconclusive: flags.onInconclusive ?? policy.onInconclusive,
    examples: flags.examples ?? policy.examples,
    pairing: flags.allowIdentical === true ? { ...policy.pairing, identical: 'allow' } : policy.pairing,
    input: applyToInput(policy.input, flags),
    detectors: overrideDetectors(selected.detectors, margins),
  }
}

const BOUNDS = [
  { flag: 'alpha', rule: 'a number above 0, at most 0.25', holds: (value: number) => value > 0 && value <= 0.25 },
  {
    flag: 'maxBadLines',
    rule: 'a whole number from 0',
    holds: (value: number) => Number.isSafeInteger(value) && value >= 0,
  },
  {
    flag: 'maxLineBytes',
    rule: `a whole number from 1 to ${LONGEST_LINE}`,
    holds: (value: number) => Number.isSafeInteger(value) && value >= 1 && value <= LONGEST_LINE,
  },
] as const

function requireBounds(flags: Flags): void {
  for (const { flag, rule, holds } of BOUNDS) {
    const value = flags[flag]
    if (value === undefined || holds(value)) continue
    const option = flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    throw new AuditError({ code: 'usage', message: `--${option} must be ${rule}; got ${value}.` })
  }
}

function selectDetectors(policy: Policy, ids: readonly string[]): Policy {
  const known = Object.keys(policy.detectors)
  for (const name of ids) {
    if (known.includes(name)) continue
    throw new AuditError({ code: 'unknown-name', what: 'detector', name, nearest: nearest(name, known), known })
  }
  const levels = Object.entries(policy.detectors).map(([id, { level }]) => {
    if (!ids.includes(id)) return [id, { level: 'off' }] as const
    return [id, { level: level === 'off' ? 'error' : level }] as const
  })
  return {
    ...policy,
    detectors: overrideDetectors(policy.detectors, Object.fromEntries(levels)),
    overrides: policy.overrides.map((override) => onlyDetectors(override, ids)),
  }
}

/** An override must not bring back what the flag leaves out. */
function onlyDetectors(override: Policy['overrides'][number], ids: readonly string[]): Policy['overrides'][number] {
  if (override.detectors === undefined) return override
  const kept = Object.entries(override.detectors).filter(([id]) => ids.includes(id))
  return { ...override, detectors: Object.fromEntries(kept) }
}

function applyToInput(input: InputPolicy, flags: Flags): InputPolicy {
  return {
    ...input,
    maxBadLines: flags.maxBadLines ?? input.maxBadLines,
    maxLineBytes: flags.maxLineBytes ?? input.maxLineBytes,
    scoreName: flags.scoreName ?? input.scoreName,
    format: flags.format ?? input.format,
    providers: {
      baseline: flags.baselineProvider ?? input.providers.baseline,
      tuned: flags.tunedProvider ?? input.providers.tuned,
    },
    tasks: flags.tasks ?? input.tasks,
    fields: { ...input.fields, ...pointers(knownFields(flags.fields ?? {})) },
  }
}

function knownFields(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(fields)) {
    if (!FIELDS.some((field) => field === name)) {
      throw new AuditError({ code: 'unknown-name', what: 'field', name, nearest: nearest(name, FIELDS), known: FIELDS })
    }
    if (FIELD_VALUE.test(value)) continue
    const message = `--fields ${name}=${shown(value)}: give a key of the record, or a JSON Pointer such as /response/text.`
    throw new AuditError({ code: 'usage', message })
  }
  return fields
}
