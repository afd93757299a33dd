import type { AnyDetector } from '../domain/detector.js'
import type { Finding } from '../domain/finding.js'
import { byCodeUnit, sortedBy } from '../domain/order.js'
import type { Policy } from '../domain/policy.js'
import type { DescribedDetector, Exhibit, Fault } from '../domain/report.js'
import type { SliceSearch } from '../domain/slice.js'
import type { KeptExample } from './examples.js'
import { exhibitsOf } from './exhibits.js'
import { withHiddenLosses } from './hidden-losses.js'
import { judge, type Question } from './judge.js'
import type { Observed } from './observation.js'
import { type EvaluationContext, questionsOf } from './questions.js'
import { NOTHING_SEARCHED, type Searched, searchSlices } from './slices/search.js'
import { withWaivers } from './waivers.js'
import { withWouldBe } from './would-be.js'

export interface Evaluation {
  readonly detectors: readonly DescribedDetector[]
  readonly findings: readonly Finding[]
  readonly exhibits: readonly Exhibit[]
  readonly faults: readonly Fault[]
  /** The errors behind the faults, by detector. */
  readonly crashed: ReadonlyMap<string, unknown>
  readonly slices: SliceSearch
  /** The examples that findings show, with where they stand. */
  readonly examples: readonly KeptExample[]
}

/** From summed tallies to findings: measures, intervals, then one judgement over the whole family. */
export function evaluate(observation: Observed, context: EvaluationContext): Evaluation {
  const enabled = context.detectors.filter(({ id }) => context.policy.detectors[id]?.level !== 'off')
  const { seen, parts, slices } = partsOf(enabled, observation, context)
  const questions = parts.flatMap((part) => part.questions)
  const judged = withWouldBe(judge(questions, context.policy), questions, context.policy)
  const findings = withWaivers(judged, context.policy).map((finding) => withoutExamples(finding, context.policy))
  return {
    detectors: enabled.map((detector) => described(detector, questions)),
    findings: withHiddenLosses(findings).sort(byName),
    exhibits: parts.flatMap((part) => part.exhibits),
    faults: faultsOf(seen),
    crashed: seen.crashed,
    slices: slices.search,
    examples: context.policy.examples
      ? [...questions.flatMap((question) => question.examples), ...slices.examples]
      : [],
  }
}

interface Parts {
  readonly seen: Observed
  /** By detector, in their order. */
  readonly parts: readonly { readonly questions: readonly Question[]; readonly exhibits: readonly Exhibit[] }[]
  readonly slices: Searched
}

/** All that runs detectors' own code. One that throws has ended, and all is asked again without it. */
function partsOf(enabled: readonly AnyDetector[], observation: Observed, context: EvaluationContext): Parts {
  let current = ''
  try {
    const parts = enabled.map((detector) => {
      current = detector.id
      return { questions: questionsOf(detector, observation, context), exhibits: exhibitsOf(detector, observation) }
    })
    current = ''
    return { seen: observation, parts, slices: slicesOf(observation, context) }
  } catch (error) {
    const culprit = current === '' ? culpritOf(observation, context) : current
    if (culprit === null || observation.crashed.has(culprit)) throw error
    return partsOf(enabled, withCrash(observation, culprit, error), context)
  }
}

function slicesOf(observation: Observed, context: EvaluationContext): Searched {
  if (observation.slices === null || context.only === 'deciding') return { search: NOTHING_SEARCHED, examples: [] }
  return searchSlices(observation, observation.slices, context)
}

/** The detector whose measures throw on slices. */
function culpritOf(observation: Observed, context: EvaluationContext): string | null {
  const culprit = context.detectors.find((detector) => {
    try {
      slicesOf(observation, { ...context, detectors: [detector] })
      return false
    } catch {
      return true
    }
  })
  return culprit?.id ?? null
}

function withCrash(observation: Observed, id: string, error: unknown): Observed {
  const { census, slices } = observation
  const crashed = new Map([...observation.crashed, [id, error]])
  return { census, slices, crashed, observed: () => observation.observed() }
}

function described({ id, version, title, docs }: AnyDetector, questions: readonly Question[]): DescribedDetector {
  const titles = new Map(
    questions.flatMap(({ detector, measure }) => (detector.id === id ? [[measure.id, measure.title] as const] : [])),
  )
  const measures = [...titles].map(([measure, of]) => ({ id: measure, title: of }))
  return { id, version, title, docs, measures: sortedBy(measures, (measure) => measure.id) }
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
