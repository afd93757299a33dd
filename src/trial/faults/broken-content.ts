import { type Breaker, breakerOf } from '../../detectors/infeasible-content/broken.js'
import type { Options } from '../../detectors/infeasible-content/options.js'
import type { Case } from '../../domain/case.js'
import type { TaskPolicy } from '../../domain/policy.js'
import type { Sample } from '../../domain/record.js'
import type { Plant } from './fault.js'

const DETECTOR = 'infeasible-content'

/** Asks the user's verifier about an output; gives it back as it is where there is none. */
export type Verify = (case_: Case, sample: Sample) => Promise<Sample>

/** Content that was feasible is moved beyond its rule until the task's own check rejects it; its structure stays. */
export function brokenContent(policyOf: (task: string) => TaskPolicy, verify: Verify): Plant {
  const breakers = new Map<TaskPolicy, Breaker | null>()
  const breakerFor = (policy: TaskPolicy) => {
    const known = breakers.get(policy)
    if (known !== undefined) return known
    const settings = policy.detectors[DETECTOR]
    // The detector's schema has checked its options.
    const fresh = settings === undefined || settings.level === 'off' ? null : breakerOf(settings.options as Options)
    breakers.set(policy, fresh)
    return fresh
  }
  return {
    fault: DETECTOR,
    way: 'broken',
    plant: async (case_) => {
      const breaker = breakerFor(policyOf(case_.task))
      return breaker === null ? null : withBroken(case_, breaker, verify)
    },
  }
}

async function withBroken(case_: Case, breaker: Breaker, verify: Verify): Promise<Case | null> {
  const tuned: Sample[] = []
  for (const sample of case_.tuned) {
    const other = await broken(case_, sample, breaker, verify)
    if (other === null) return null
    tuned.push(other)
  }
  const all = case_.all.tuned.map((sample) => tuned[case_.tuned.indexOf(sample)] ?? sample)
  return { ...case_, tuned, all: { ...case_.all, tuned: all } }
}

/** What is infeasible already stays; null where nothing makes the output infeasible. */
async function broken(case_: Case, sample: Sample, breaker: Breaker, verify: Verify): Promise<Sample | null> {
  if (breaker.judge(sample).feasible !== true) return sample
  for (const candidate of breaker.broken(sample)) {
    const judged = sample.verification === null ? candidate : await verify(case_, candidate)
    const { valid, feasible } = breaker.judge(judged)
    if (valid !== false && feasible === false) return judged
  }
  return null
}
