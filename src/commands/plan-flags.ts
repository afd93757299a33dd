import { AuditError } from '../domain/problem.js'
import type { PolicyFlags } from './policy.js'
import { assignments, numberOf } from './values.js'

/** As commander gives them: every value is text. */
export interface PlanFlags extends PolicyFlags {
  readonly baseline?: readonly string[]
  readonly report?: string
  readonly rate?: string
  readonly omega2?: string
  readonly labels?: string
  readonly cases?: string
  readonly churn?: string
  readonly delta?: string
  readonly sides?: string
  readonly sigma2A?: string
  readonly sigma2B?: string
  readonly samplesA?: string
  readonly samplesB?: string
  readonly power?: string
  readonly format: string
}

type Name = keyof PlanFlags

/** What a plan may start from, and the flags that go with it. */
const MODES = {
  baseline: [
    ...(['cases', 'churn', 'margin', 'alpha', 'config', 'detectors', 'tasks', 'fields', 'score', 'labels'] as const),
    ...(['maxBadLines', 'maxLineBytes', 'exec'] as const),
  ],
  report: ['cases', 'margin', 'alpha', 'config'],
  rate: ['churn', 'margin', 'cases', 'alpha'],
  omega2: ['delta', 'sides', 'sigma2A', 'sigma2B', 'samplesA', 'samplesB', 'power', 'alpha'],
} as const satisfies Record<string, readonly Name[]>

export type Mode = keyof typeof MODES

const EVERYWHERE: readonly string[] = ['format', 'exec', 'color']

const EXAMPLES = `Try one of:
  tuneaudit plan --baseline before.jsonl
  tuneaudit plan --report report.json
  tuneaudit plan --rate .8 --churn .15 --margin .05
  tuneaudit plan --omega2 .1111 --delta .03 --sides 2`

/** What the plan starts from. Throws AuditError `usage` for none or several, and for flags that do not go with it. */
export function modeOf(positional: readonly string[], flags: PlanFlags): Mode {
  if (positional.length > 0) throw usage(`paths are given by name. ${EXAMPLES}`)
  const modes = isMode.filter((mode) => flags[mode] !== undefined)
  const [mode, other] = modes
  if (mode === undefined) throw usage(`nothing to plan from. ${EXAMPLES}`)
  if (other !== undefined) throw usage(`${option(mode)} and ${option(other)} are two ways to plan: give one.`)
  const allowed = new Set<string>([mode, ...EVERYWHERE, ...MODES[mode]])
  for (const name of Object.keys(flags)) {
    if (!allowed.has(name)) throw usage(`${option(name)} does not go with ${option(mode)}.`)
  }
  return mode
}

const isMode: readonly Mode[] = ['baseline', 'report', 'rate', 'omega2']

/** `sigma2A` as `--sigma2-a`. */
function option(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

export interface Bounds {
  readonly rule: string
  readonly holds: (value: number) => boolean
}

export const SHARE: Bounds = { rule: 'a number from 0 to 1', holds: (value) => value >= 0 && value <= 1 }
export const INSIDE: Bounds = { rule: 'a number between 0 and 1', holds: (value) => value > 0 && value < 1 }
export const TOLERATED: Bounds = { rule: 'a number above 0, at most 1', holds: (value) => value > 0 && value <= 1 }
export const VARIANCE: Bounds = { rule: 'a number from 0', holds: (value) => value >= 0 }
export const POSITIVE: Bounds = { rule: 'a number above 0', holds: (value) => value > 0 }
export const ERROR_RATE: Bounds = {
  rule: 'a number above 0, at most 0.25',
  holds: (value) => value > 0 && value <= 0.25,
}
export const COUNT: Bounds = {
  rule: 'a whole number from 1 to 1000000000',
  holds: (value) => Number.isSafeInteger(value) && value >= 1 && value <= 1e9,
}
export const SIDES: Bounds = { rule: '1 or 2', holds: (value) => value === 1 || value === 2 }

/** The number that a flag gives, or null without the flag. Throws AuditError `usage` where it is none or out of bounds. */
export function numberIn(flags: PlanFlags, name: Name, { rule, holds }: Bounds): number | null {
  const text = flags[name]
  if (typeof text !== 'string') return null
  const value = numberOf(option(name), text)
  if (holds(value)) return value
  throw usage(`${option(name)} must be ${rule}; got ${value}.`)
}

/** The same for a flag that must be there. */
export function required(flags: PlanFlags, name: Name, mode: Mode, bounds: Bounds): number {
  const value = numberIn(flags, name, bounds)
  if (value === null) throw usage(`${option(mode)} needs ${option(name)}. ${EXAMPLES}`)
  return value
}

/** The one margin of a plan without measures: `--margin .05`. */
export function plainMargin({ margin }: PlanFlags): number {
  const [text, second] = margin ?? []
  if (text === undefined) throw usage(`--rate needs --margin. ${EXAMPLES}`)
  if (second !== undefined) throw usage('--margin: there is one measure, and it has one margin.')
  const value = numberOf('--margin', text)
  if (TOLERATED.holds(value)) return value
  throw usage(`--margin must be ${TOLERATED.rule}; got ${value}.`)
}

/** Margins by measure. */
export function namedMargins({ margin }: PlanFlags): Map<string, number> {
  const pairs = (margin ?? []).flatMap((text) => assignments('--margin', text))
  return new Map(
    pairs.map(([measure, text]) => {
      const value = numberOf('--margin', text)
      if (!VARIANCE.holds(value)) throw usage(`--margin ${measure} must be ${VARIANCE.rule}; got ${value}.`)
      return [measure, value]
    }),
  )
}

function usage(message: string): AuditError {
  return new AuditError({ code: 'usage', message })
}
