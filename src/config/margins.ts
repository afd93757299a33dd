import type { AnyDetector } from '../domain/detector.js'
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
    }
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
