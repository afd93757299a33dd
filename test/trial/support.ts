import { evaluate } from '../../src/audit/evaluate.js'
import { Observation, type Observed, preparing } from '../../src/audit/observation.js'
import type { PartialConfig } from '../../src/config/partial.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { taskPolicies } from '../../src/config/tasks.js'
import { detectors } from '../../src/detectors/index.js'
import type { Case } from '../../src/domain/case.js'
import { Collector } from '../../src/trial/collector.js'
import type { Plant } from '../../src/trial/faults/fault.js'
import { plantsFor } from '../../src/trial/plants.js'

export const EVERY_DETECTOR = new Set(detectors.map(({ id }) => id))

export function contextOf(config: PartialConfig = {}) {
  const policy = resolvePolicy({ ...config, examples: false }, detectors)
  return { detectors, policy, policyOf: taskPolicies(policy), prepare: preparing() }
}

/** Plants as the command has them; a verifier is not asked. */
export function plantsOf(config: PartialConfig = {}): readonly Plant[] {
  return plantsFor(contextOf(config).policyOf, async (_, sample) => sample)
}

/** The cases counted, and what exchanging and planting would change. */
export async function collect(cases: readonly Case[], plants: readonly Plant[] = [], config: PartialConfig = {}) {
  const { policyOf, prepare } = contextOf(config)
  const observation = new Observation(detectors, policyOf, prepare)
  const collector = new Collector({ detectors, policyOf, prepare, plants, observation })
  for (const case_ of cases) {
    observation.observe(case_)
    await collector.add(case_)
  }
  return collector
}

export function findingsOf(observed: Observed, config: PartialConfig = {}) {
  return evaluate(observed, contextOf(config)).findings
}
