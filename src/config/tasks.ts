import { taskMatcher } from '../domain/glob.js'
import type { DetectorPolicy, Override, Policy, TaskPolicy } from '../domain/policy.js'
import { overrideDetectors } from './detectors.js'
import { merge } from './merge.js'
import { mergeScore } from './score.js'

/** What holds for one task. For many tasks use `taskPolicies`. */
export function taskPolicy(policy: Policy, task: string): TaskPolicy {
  return taskPolicies(policy)(task)
}

/**
 * What holds for each task: the overrides whose glob matches, later ones winning. Equal policies, and equal policies and
 * options of a detector, are the same object, so that a detector can be prepared once per distinct options.
 */
export function taskPolicies(policy: Policy): (task: string) => TaskPolicy {
  const overrides = policy.overrides.map((override, number) => ({
    number,
    override,
    matches: taskMatcher(override.tasks),
  }))
  const share = sharing()
  const base = share({
    score: policy.score,
    confidence: policy.confidence,
    grader: policy.grader,
    detectors: policy.detectors,
  })
  const byMatching = remember((_key: string, matching: readonly Override[]) => share(matching.reduce(lay, base)))
  return remember((task) => {
    const matching = overrides.filter(({ matches }) => matches(task))
    return byMatching(
      matching.map(({ number }) => number).join(),
      matching.map(({ override }) => override),
    )
  })
}

/** The globs of overrides and of the task selection that match none of the tasks, in order, each once. */
export function unusedOverrides(policy: Policy, tasks: Iterable<string>): string[] {
  const names = [...tasks]
  const globs = new Set([...policy.overrides.map((override) => override.tasks), ...(policy.input.tasks ?? [])])
  return [...globs].filter((glob) => !names.some(taskMatcher(glob)))
}

function lay(base: TaskPolicy, override: Override): TaskPolicy {
  return {
    score: mergeScore(base.score, override.score),
    confidence: merge(base.confidence, override.confidence ?? {}),
    grader: override.grader === undefined ? base.grader : override.grader,
    detectors: overrideDetectors(base.detectors, override.detectors),
  }
}

/** Calls `make` once per key. */
function remember<Rest extends unknown[], T>(
  make: (key: string, ...rest: Rest) => T,
): (key: string, ...rest: Rest) => T {
  const known = new Map<string, T>()
  return (key, ...rest) => {
    const value = known.get(key) ?? make(key, ...rest)
    known.set(key, value)
    return value
  }
}

function sharing(): (policy: TaskPolicy) => TaskPolicy {
  const policies = sharer<TaskPolicy>()
  const detectors = sharer<DetectorPolicy>()
  const options = sharer<DetectorPolicy['options']>()
  const shareDetector = (policy: DetectorPolicy) => detectors({ ...policy, options: options(policy.options) })
  return (policy) => {
    const entries = Object.entries(policy.detectors).map(([id, detector]) => [id, shareDetector(detector)] as const)
    return policies({ ...policy, detectors: Object.fromEntries(entries) })
  }
}

/** The first of all values that are equal as JSON. */
function sharer<T>(): (value: T) => T {
  const seen = new Map<string, T>()
  return (value) => {
    const key = JSON.stringify(value)
    const first = seen.get(key) ?? value
    seen.set(key, first)
    return first
  }
}
