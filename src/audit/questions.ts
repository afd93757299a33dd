import type { AnyDetector } from '../domain/detector.js'
import type { Measure, UnmeasuredReason } from '../domain/measure.js'
import type { Policy, TaskPolicy } from '../domain/policy.js'
import {
  carries,
  type Estimate,
  type Estimates,
  type EstimateTask,
  estimate,
  type Grouping,
  grouping,
  ownReading,
  type Unestimated,
  worstCaseReading,
} from './estimate.js'
import { Examples, type KeptExample } from './examples.js'
import { marginOf, type Question } from './judge.js'
import { Group, type Reading } from './leave-out.js'
import type { Observation } from './observation.js'
import { pooledRole, taskRole } from './roles.js'

export interface EvaluationContext {
  readonly detectors: readonly AnyDetector[]
  readonly policy: Policy
  readonly policyOf: (task: string) => TaskPolicy
}

/** Tasks that a detector looked at; a detector that crashed has none. `readings` are what will be asked of them. */
export function tasksOf({ id }: AnyDetector, observation: Observation, readings: readonly Reading[]): EstimateTask[] {
  if (observation.crashed.has(id)) return []
  return observation.observed().flatMap(([task, { cases, clusters, tallies }]) => {
    const tally = tallies.get(id)
    if (tally === undefined) return []
    const own = readings.filter(({ measure }) => carries(tally, measure))
    return [{ task, tally, group: new Group([tally], own), cases, clusters }]
  })
}

/** One question for each measure, pooled and per task. */
export function questionsOf(detector: AnyDetector, observation: Observation, context: EvaluationContext): Question[] {
  const entries = measuresOf(detector, observation, context).map((measure) => ({
    own: ownReading(measure),
    worst: worstCaseReading(measure),
  }))
  const readings = entries.flatMap(({ own, worst }) => (worst === null ? [own] : [own, worst]))
  const tasks = tasksOf(detector, observation, readings)
  const groupOf = grouping(readings)
  return entries.flatMap(({ own, worst }) => {
    const carrying = tasks.filter(({ tally }) => carries(tally, own.measure))
    return measureQuestions({ detector, own, worst, tasks: carrying, groupOf, observation, context })
  })
}

/** The measures under the detector's general options, and those that only some tasks' options have. */
function measuresOf(detector: AnyDetector, observation: Observation, { policy }: EvaluationContext): Measure[] {
  const measures = new Map<string, Measure>()
  const prepared = [detector.prepare(policy.detectors[detector.id]!.options)]
  for (const { tally } of tasksOf(detector, observation, [])) prepared.push(tally.prepared)
  for (const measure of prepared.flatMap((each) => each.measures)) {
    if (!measures.has(measure.id)) measures.set(measure.id, measure)
  }
  return [...measures.values()]
}

interface Subject {
  readonly detector: AnyDetector
  readonly own: Reading
  readonly worst: Reading | null
  /** Tasks whose options have the measure. */
  readonly tasks: readonly EstimateTask[]
  readonly groupOf: Grouping
  readonly observation: Observation
  readonly context: EvaluationContext
}

function measureQuestions(subject: Subject): Question[] {
  const { detector, own, worst, tasks, groupOf, observation, context } = subject
  const { policy, policyOf } = context
  const { measure } = own
  const names = tasks.map(({ task }) => task)
  const role = pooledRole(measure, policy.detectors[detector.id]!, observation.census, names)
  const estimates = tasks.length === 0 ? nothingObserved(subject) : estimate(own, tasks, policy.alpha, groupOf)
  const worstCases = tasks.length === 0 || worst === null ? null : estimate(worst, tasks, policy.alpha, groupOf)
  const worstOf = new Map(worstCases?.tasks ?? [])
  const pooled: Question = {
    detector,
    measure,
    task: null,
    role,
    margin: marginOf(measure, detector, policy),
    eligible: tasks.reduce((total, { cases }) => total + cases, 0),
    estimate: withMissingNamed(estimates.pooled, names, observation),
    worstCase: unlessSame(worstCases?.pooled, estimates.pooled),
    examples: worstExamples(measure, tasks),
  }
  const perTask = estimates.tasks.map(([task, estimated]): Question => {
    const only = tasks.filter((other) => other.task === task)
    return {
      ...pooled,
      task,
      role: taskRole(measure, role, policyOf(task).detectors[detector.id]!, policy.detectors[detector.id]!),
      margin: marginOf(measure, detector, policyOf(task)),
      eligible: only[0]!.cases,
      estimate: withMissingNamed(estimated, [task], observation),
      worstCase: unlessSame(worstOf.get(task), estimated),
      examples: worstExamples(measure, only),
    }
  })
  return [pooled, ...perTask]
}

/** A worst case over as many cases found nothing missing: it is the measure itself. */
function unlessSame<E extends Estimate | Unestimated>(worst: E | undefined, own: E): E | null {
  return worst === undefined || worst.n === own.n ? null : worst
}

function nothingObserved({ detector, own: { measure }, observation }: Subject): Estimates {
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
