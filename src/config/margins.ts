import type { AnyDetector } from '../domain/detector.js'
import type { Role } from '../domain/measure.js'
import { sortedBy } from '../domain/order.js'
import type { DetectorPolicy, Policy } from '../domain/policy.js'
import { AuditError } from '../domain/problem.js'
import { measuresOf, variantsOf } from './detectors.js'

/** Throws `margin-missing` for the first measure, by detector, that is to decide without a margin, in some task or all. */
export function requireMargins(policy: Policy, detectors: readonly AnyDetector[]): void {
  for (const detector of sortedBy(detectors, ({ id }) => id)) {
    for (const variant of variantsOf(detector.id, policy)) {
      const measure = withoutMargin(detector, variant)
      if (measure !== null) throw new AuditError({ code: 'margin-missing', detector: detector.id, measure })
      requireUsefulMargins(detector, variant)
    }
  }
}

/** Role and margin of every measure under the general policy: its own where the config gives no other. */
export function effectiveMeasures(
  policy: Policy,
  detectors: readonly AnyDetector[],
): Record<string, Record<string, { readonly role: Role; readonly margin: number | null }>> {
  const enabled = sortedBy(detectors, ({ id }) => id).flatMap((detector) => {
    const own = policy.detectors[detector.id]
    return own === undefined || own.level === 'off' ? [] : [{ detector, own }]
  })
  const entries = enabled.map(({ detector, own }) => {
    const measures = measuresOf(detector, own).map(({ id, role, margin }) => {
      const effective = own.level === 'warn' ? 'noted' : (own.roles[id] ?? role)
      return [id, { role: effective, margin: own.margins[id] ?? margin }] as const
    })
    return [detector.id, Object.fromEntries(measures)] as const
  })
  return Object.fromEntries(entries)
}

/** A margin that no harm can exceed is mostly a percentage: 5 for .05. */
function requireUsefulMargins(detector: AnyDetector, policy: DetectorPolicy): void {
  for (const { id, range } of measuresOf(detector, policy)) {
    const margin = policy.margins[id]
    if (margin === undefined || range === null || margin < range) continue
    const message = `margin ${margin} for ${id}: the largest possible harm is ${range}. Did you mean ${margin / 100}?`
    throw new AuditError({ code: 'usage', message })
  }
}

/** What is off or only warns decides nothing, nor does a measure that the options leave nothing to measure. */
function withoutMargin(detector: AnyDetector, policy: DetectorPolicy): string | null {
  if (policy.level !== 'error') return null
  const missing = measuresOf(detector, policy).find((measure) => {
    const role = policy.roles[measure.id] ?? measure.role
    const margin = policy.margins[measure.id] ?? measure.margin
    return role !== 'noted' && margin === null && measure.unavailable === undefined
  })
  return missing?.id ?? null
}
