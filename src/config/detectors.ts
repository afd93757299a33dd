import type { AnyDetector } from '../domain/detector.js'
import type { Json } from '../domain/json.js'
import type { Measure } from '../domain/measure.js'
import { sortedBy } from '../domain/order.js'
import type { DeepPartial, DetectorPolicy, Policy } from '../domain/policy.js'
import { merge } from './merge.js'

type Given = DeepPartial<Policy['detectors']>

/** The policy of every detector, sorted by id: its defaults under what was given. */
export function detectorPolicies(detectors: readonly AnyDetector[], given: Given): Record<string, DetectorPolicy> {
  return Object.fromEntries(
    sortedBy(detectors, (detector) => detector.id).map((detector) => [
      detector.id,
      merge<DetectorPolicy>(defaultPolicy(detector), given[detector.id] ?? {}),
    ]),
  )
}

function defaultPolicy(detector: AnyDetector): DetectorPolicy {
  // Plain data of its own: the report holds it, and a worker gets it.
  const options: Record<string, Json> = JSON.parse(JSON.stringify(detector.defaults))
  return { level: 'error', options, margins: {}, roles: {} }
}

/** `base` under what an override says; detectors that it does not name stay the same objects. */
export function overrideDetectors(base: Policy['detectors'], given: Given = {}): Policy['detectors'] {
  const changed = Object.entries(given).flatMap(([id, part]) => {
    const policy = base[id]
    return policy === undefined || part === undefined ? [] : [[id, merge<DetectorPolicy>(policy, part)] as const]
  })
  return { ...base, ...Object.fromEntries(changed) }
}

/** Every policy that the detector can have in some task: its own, and with each override that names it. */
export function variantsOf(id: string, policy: Policy): DetectorPolicy[] {
  const base = policy.detectors[id]
  if (base === undefined) return []
  const parts = policy.overrides.flatMap((override) => override.detectors?.[id] ?? [])
  return [base, ...parts.map((part) => merge<DetectorPolicy>(base, part))]
}

/** The measures of a detector under a policy. */
export function measuresOf(detector: AnyDetector, policy: DetectorPolicy): readonly Measure[] {
  return detector.prepare(policy.options).measures
}
