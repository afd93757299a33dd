import { portraitOf } from '../annotate/portrait.js'
import { Observation, preparing } from '../audit/observation.js'
import { taskPolicies } from '../config/tasks.js'
import type { AnyDetector } from '../domain/detector.js'
import type { Policy } from '../domain/policy.js'

/** Makes observations in which nothing was counted yet. */
export function observing(policy: Policy, detectors: readonly AnyDetector[]): () => Observation {
  const policyOf = taskPolicies(policy)
  return () => new Observation(detectors, policyOf, preparing(), portraitOf)
}
