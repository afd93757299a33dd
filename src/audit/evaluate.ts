import type { Finding } from '../domain/finding.js'
import { byCodeUnit } from '../domain/order.js'
import type { Policy } from '../domain/policy.js'
import type { Exhibit, Fault } from '../domain/report.js'
import type { SliceSearch } from '../domain/slice.js'
import type { KeptExample } from './examples.js'
import { exhibitsOf } from './exhibits.js'
import { withHiddenLosses } from './hidden-losses.js'
import { judge } from './judge.js'
import type { Observed } from './observation.js'
import { type EvaluationContext, questionsOf } from './questions.js'
import { NOTHING_SEARCHED, searchSlices } from './slices/search.js'
import { withWaivers } from './waivers.js'
import { withWouldBe } from './would-be.js'

export interface Evaluation {
  readonly findings: readonly Finding[]
  readonly exhibits: readonly Exhibit[]
  readonly faults: readonly Fault[]
  readonly slices: SliceSearch
  /** The examples that findings show, with where they stand. */
  readonly examples: readonly KeptExample[]
}

/** From summed tallies to findings: measures, intervals, then one judgement over the whole family. */
export function evaluate(observation: Observed, context: EvaluationContext): Evaluation {
  const enabled = context.detectors.filter(({ id }) => context.policy.detectors[id]?.level !== 'off')
  const questions = enabled.flatMap((detector) => questionsOf(detector, observation, context))
  const judged = withWouldBe(judge(questions, context.policy), questions, context.policy)
  const findings = withWaivers(judged, context.policy).map((finding) => withoutExamples(finding, context.policy))
  const { search, examples } =
    observation.slices === null || context.only === 'deciding'
      ? { search: NOTHING_SEARCHED, examples: [] }
      : searchSlices(observation, observation.slices, context)
  return {
    findings: withHiddenLosses(findings).sort(byName),
    exhibits: enabled.flatMap((detector) => exhibitsOf(detector, observation)),
    faults: faultsOf(observation),
    slices: search,
    examples: context.policy.examples ? [...questions.flatMap((question) => question.examples), ...examples] : [],
  }
}

function withoutExamples(finding: Finding, policy: Policy): Finding {
  return policy.examples ? finding : { ...finding, examples: [] }
}

function byName(a: Finding, b: Finding): number {
  const task = a.task === b.task ? 0 : a.task === null ? -1 : b.task === null ? 1 : byCodeUnit(a.task, b.task)
  return byCodeUnit(a.detector, b.detector) || byCodeUnit(a.measure, b.measure) || task
}

function faultsOf(observation: Observed): Fault[] {
  const faults = [...observation.crashed].map(([detector, error]) => ({
    detector,
    code: 'detector-crashed' as const,
    message: error instanceof Error ? error.message : String(error),
  }))
  return faults.sort((a, b) => byCodeUnit(a.detector, b.detector))
}
