import type { AnyDetector } from '../domain/detector.js'
import type { Measure, UnmeasuredReason } from '../domain/measure.js'
import type { Policy, TaskPolicy } from '../domain/policy.js'
import {
  type Estimate,
  type Estimates,
  type EstimateTask,
  estimate,
  estimateWorstCase,
  type Unestimated,
} from './estimate.js'
import { Examples, type KeptExample } from './examples.js'
import { marginOf, type Question } from './judge.js'
import { Group } from './leave-out.js'
import type { Observation } from './observation.js'
import { pooledRole, taskRole } from './roles.js'

export interface EvaluationContext {
  readonly detectors: readonly AnyDetector[]
  readonly policy: Policy
  readonly policyOf: (task: string) => TaskPolicy
}

/** Tasks that the detector looked at; a detector that crashed has none. */
export function tasksOf({ id }: AnyDetector, observation: Observation): EstimateTask[] {
  if (observation.crashed.has(id)) return []
  return observation.observed().flatMap(([task, { cases, clusters, tallies }]) => {
    const tally = tallies.get(id)
    return tally === undefined ? [] : [{ task, tally, group: new Group([tally]), cases, clusters }]
  })
}

/** One question for each measure, pooled and per task. */
export function questionsOf(detector: AnyDetector, observation: Observation, context: EvaluationContext): Question[] {
  const tasks = tasksOf(detector, observation)
  const { options } = context.policy.detectors[detector.id]!
  const measures = new Map<string, Measure>()
  for (const measure of detector.prepare(options).measures) measures.set(measure.id, measure)
  for (const { tally } of tasks) for (const measure of tally.prepared.measures) measures.set(measure.id, measure)
  return [...measures.values()].flatMap((measure) => {
    const carrying = tasks.filter(({ tally }) => tally.prepared.measures.some(({ id }) => id === measure.id))
    return measureQuestions({ detector, measure, tasks: carrying, observation, context })
  })
}

interface Subject {
  readonly detector: AnyDetector
  readonly measure: Measure
  /** Tasks whose options have the measure. */
  readonly tasks: readonly EstimateTask[]
  readonly observation: Observation
  readonly context: EvaluationContext
}

function measureQuestions(subject: Subject): Question[] {
  const { detector, measure, tasks, observation, context } = subject
  const { policy, policyOf } = context
  const names = tasks.map(({ task }) => task)
  const role = pooledRole(measure, policy.detectors[detector.id]!, observation.census, names)
  const estimates = tasks.length === 0 ? nothingObserved(subject) : estimate(measure, tasks, policy.alpha)
  const worst = tasks.length === 0 ? null : estimateWorstCase(measure, tasks, policy.alpha)
  const worstOf = new Map(worst?.tasks ?? [])
  const pooled: Question = {
    detector,
    measure,
    task: null,
    role,
    margin: marginOf(measure, detector, policy),
    eligible: tasks.reduce((total, { cases }) => total + cases, 0),
    estimate: withMissingNamed(estimates.pooled, names, observation),
    worstCase: worst?.pooled ?? null,
    examples: worstExamples(measure, tasks),
  }
  const perTask = estimates.tasks.map(([task, estimated]): Question => {
    const own = tasks.filter((other) => other.task === task)
    return {
      ...pooled,
      task,
      role: taskRole(role, policyOf(task).detectors[detector.id]!),
      margin: marginOf(measure, detector, policyOf(task)),
      eligible: own[0]!.cases,
      estimate: withMissingNamed(estimated, [task], observation),
      worstCase: worstOf.get(task) ?? null,
      examples: worstExamples(measure, own),
    }
  })
  return [pooled, ...perTask]
}

function nothingObserved({ detector, measure, observation }: Subject): Estimates {
  const reason: UnmeasuredReason = observation.crashed.has(detector.id)
    ? { code: 'detector-crashed' }
    : { code: 'missing-field', needs: measure.needs }
  return { pooled: { kind: 'unmeasured', reason, n: 0 }, tasks: [] }
}

/** Of the fields that a measure needs, names only those that the baseline does not carry. */
function withMissingNamed<E extends Estimate | Unestimated>(
  estimated: E,
  tasks: readonly string[],
  { census }: Observation,
): E {
  if (estimated.kind !== 'unmeasured' || estimated.reason.code !== 'missing-field') return estimated
  const missing = estimated.reason.needs.filter((need) => !census.carries(need, tasks))
  return missing.length === 0 ? estimated : { ...estimated, reason: { code: 'missing-field', needs: missing } }
}

function worstExamples(measure: Measure, tasks: readonly EstimateTask[]): readonly KeptExample[] {
  const examples = new Examples()
  for (const { tally } of tasks) {
    const own = tally.examples.get(measure.id)
    if (own !== undefined) examples.merge(own)
  }
  return examples.items
}
