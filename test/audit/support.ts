import { portraitOf } from '../../src/annotate/portrait.js'
import { type Evaluation, evaluate } from '../../src/audit/evaluate.js'
import { Observation, preparing } from '../../src/audit/observation.js'
import { type Judgement, verdictOf } from '../../src/audit/verdict.js'
import type { PartialConfig } from '../../src/config/partial.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { taskPolicies } from '../../src/config/tasks.js'
import { detectors } from '../../src/detectors/index.js'
import type { Case } from '../../src/domain/case.js'
import type { Finding } from '../../src/domain/finding.js'
import type { Sample } from '../../src/domain/record.js'
import { makeSample } from '../../src/testing/index.js'

export { exchanged, makeCase, makeSample } from '../../src/testing/index.js'

/** Uniform numbers in [0, 1). Source: Tommy Ettinger's mulberry32 (public domain). */
export function mulberry32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A right or wrong output. */
export function makeGraded(right: boolean, confidence: number | null = null): Sample {
  return makeSample({ correct: right, confidence })
}

/** As the engine makes one. */
export function emptyObservation(config: PartialConfig = {}): Observation {
  return new Observation(detectors, taskPolicies(resolvePolicy(config, detectors)), preparing(), portraitOf)
}

/** What all registered detectors count over the cases, and their slices. */
export function observeAll(cases: Iterable<Case>, config: PartialConfig = {}): Observation {
  const observation = emptyObservation(config)
  for (const case_ of cases) observation.observe(case_)
  return observation
}

/** What the observation says, judged as a run would. */
export function judgeAll(
  observation: Observation,
  config: PartialConfig = {},
  examples = false,
): Evaluation & Judgement {
  const policy = resolvePolicy({ ...config, examples }, detectors)
  const evaluation = evaluate(observation, { detectors, policy, policyOf: taskPolicies(policy) })
  const crashed = evaluation.faults.map(({ detector }) => detector)
  return { ...evaluation, ...verdictOf(evaluation.findings, policy, crashed, { unused: [], scores: [] }) }
}

export function auditCases(cases: Iterable<Case>, config: PartialConfig = {}): Evaluation & Judgement {
  return judgeAll(observeAll(cases, config), config)
}

/** The one finding of a measure, pooled or of one task. */
export function findingOf({ findings }: Pick<Evaluation, 'findings'>, measure: string, task: string | null = null) {
  const found = findings.find((finding: Finding) => finding.measure === measure && finding.task === task)
  if (found === undefined) throw new Error(`no finding of ${measure} for ${task ?? 'all tasks'}`)
  return found
}
