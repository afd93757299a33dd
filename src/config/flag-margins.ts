import type { AnyDetector } from '../domain/detector.js'
import { nearest } from '../domain/nearest.js'
import type { Policy } from '../domain/policy.js'
import { shown } from '../domain/printable.js'
import { AuditError } from '../domain/problem.js'
import { DYNAMIC } from './detector-schema.js'
import { measuresOf, variantsOf } from './detectors.js'

/** A measure of an enabled detector. */
interface Named {
  readonly detector: string
  readonly measure: string
}

type Margins = Record<string, { readonly margins: Readonly<Record<string, number>> }>

/** Margins by detector. Throws `unknown-name`, or `usage` where two detectors have the measure or the margin is none. */
export function marginsByDetector(
  margins: readonly (readonly [string, number])[],
  policy: Policy,
  detectors: readonly AnyDetector[],
): Margins {
  if (margins.length === 0) return {}
  const known = enabledMeasures(policy, detectors)
  const enabled = Object.keys(policy.detectors).filter((id) => isEnabled(id, policy))
  const found: Margins = {}
  for (const [name, margin] of margins) {
    requireMargin(name, margin)
    for (const { detector, measure } of targets(name, known, enabled)) {
      found[detector] = { margins: { ...found[detector]?.margins, [measure]: margin } }
    }
  }
  return found
}

/** The measures that the margins name under a resolved policy: detector, a dot, measure. Throws as `marginsByDetector`. */
export function flaggedMargins(
  margins: readonly (readonly [string, number])[],
  policy: Policy,
  detectors: readonly AnyDetector[],
): ReadonlySet<string> {
  const found = Object.entries(marginsByDetector(margins, policy, detectors))
  return new Set(
    found.flatMap(([detector, own]) => Object.keys(own.margins).map((measure) => `${detector}.${measure}`)),
  )
}

function isEnabled(id: string, policy: Policy): boolean {
  return variantsOf(id, policy).some((variant) => variant.level !== 'off')
}

/** Of every task's options: an override may add measures. */
function enabledMeasures(policy: Policy, detectors: readonly AnyDetector[]): Named[] {
  return detectors.flatMap((detector) => {
    const variants = variantsOf(detector.id, policy).filter((variant) => variant.level !== 'off')
    const ids = new Set(variants.flatMap((variant) => measuresOf(detector, variant).map((measure) => measure.id)))
    return [...ids].map((measure) => ({ detector: detector.id, measure }))
  })
}

function requireMargin(name: string, margin: number): void {
  if (Number.isFinite(margin) && margin >= 0) return
  throw new AuditError({
    code: 'usage',
    message: `--margin ${shown(name)}: the margin must be a number from 0; got ${margin}.`,
  })
}

function targets(name: string, known: readonly Named[], enabled: readonly string[]): readonly Named[] {
  const dot = name.indexOf('.')
  const detector = name.slice(0, Math.max(dot, 0))
  if (enabled.includes(detector)) return ofDetector(name, { detector, measure: name.slice(dot + 1) }, known)
  const owners = known.filter((candidate) => candidate.measure === name)
  if (owners.length > 1) throw ambiguous(name, owners)
  if (owners.length === 1) return owners
  // Only a detector knows its dynamic names, and this one may come with a task's own options.
  if (DYNAMIC.test(name)) return enabled.map((id) => ({ detector: id, measure: name }))
  throw unknownMeasure(name, known)
}

function ofDetector(name: string, named: Named, known: readonly Named[]): readonly Named[] {
  const exists = known.some(({ detector, measure }) => detector === named.detector && measure === named.measure)
  if (exists || DYNAMIC.test(named.measure)) return [named]
  throw unknownMeasure(
    name,
    known.filter(({ detector }) => detector === named.detector),
  )
}

function unknownMeasure(name: string, candidates: readonly Named[]): AuditError {
  const full = candidates.map(fullName)
  const names = name.includes('.') ? full : [...new Set(candidates.map(({ measure }) => measure))]
  return new AuditError({ code: 'unknown-name', what: 'measure', name, nearest: nearest(name, names), known: names })
}

function ambiguous(name: string, owners: readonly Named[]): AuditError {
  const message = `--margin ${name}: several detectors have this measure. Name one: ${owners.map(fullName).join(', ')}.`
  return new AuditError({ code: 'usage', message })
}

function fullName({ detector, measure }: Named): string {
  return `${detector}.${measure}`
}
