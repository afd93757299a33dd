import type { AnyDetector } from '../domain/detector.js'
import { isSameVariant, type Measure, strength, type UnmeasuredReason } from '../domain/measure.js'
import type { DetectorPolicy, Policy, TaskPolicy } from '../domain/policy.js'
import { sampleLimit } from './case-sample.js'
import { type EstimateContext, type Estimates, estimate } from './estimate.js'
import { carries, type EstimateTask } from './estimate-task.js'
import { Examples, type KeptExample } from './examples.js'
import type { Question } from './judge.js'
import { Group, type Reading } from './leave-out.js'
import { type Observed, type Prepare, preparing } from './observation.js'
import { grouping } from './pooled-estimate.js'
import { ownReading, worstCaseReading } from './readings.js'
import { pooledRole, taskRole } from './roles.js'
import type { Estimate, Unestimated } from './summarise.js'
import type { TaskTally } from './tally.js'
import { type FlaggedMargins, termsOf } from './terms.js'

export interface EvaluationContext {
  readonly detectors: readonly AnyDetector[]
  readonly policy: Policy
  readonly policyOf: (task: string) => TaskPolicy
  readonly flagged?: FlaggedMargins
  /** Remembers what was prepared, where many observations are evaluated. */
  readonly prepare?: Prepare
  /** Leaves out what can decide nothing, and the details of what can: for runs of which only the verdict is asked. */
  readonly only?: 'deciding'
}

/** Tasks that a detector looked at; a detector that crashed has none. `readings` are what will be asked of them. */
export function tasksOf({ id }: AnyDetector, observation: Observed, readings: readonly Reading[]): EstimateTask[] {
  if (observation.crashed.has(id)) return []
  return observation.observed().flatMap(([task, { cases, clusters, tallies }]) => {
    const tally = tallies.get(id)
    if (tally === undefined) return []
    const measures = settledMeasures(tally)
    const own = readings.filter(({ measure }) => carries({ measures }, measure))
    return [{ task, tally, measures, group: new Group([tally], own), cases, clusters }]
  })
}

/** The measures of a task, with what its baseline settles. */
function settledMeasures(tally: TaskTally): readonly Measure[] {
  const { measures } = tally.prepared
  if (measures.every(({ variant }) => variant === undefined)) return measures
  const { whole } = new Group([tally], [])
  return measures.map((measure) => ({ ...measure, ...measure.variant?.(whole) }))
}

/** One question for each measure, pooled and per task. */
export function questionsOf(detector: AnyDetector, observation: Observed, context: EvaluationContext): Question[] {
  const variants = variantsOf(detector, observation, context)
  const asked = context.only === 'deciding' ? deciding(variants, detector, observation, context) : variants
  const entries = asked.map((measure) => ({
    own: ownReading(measure),
    worst: worstCaseReading(measure),
  }))
  const readings = entries
    .flatMap(({ own, worst }) => (worst === null ? [own] : [own, worst]))
    .filter(({ measure }) => measure.unavailable === undefined)
  const tasks = tasksOf(detector, observation, readings)
  const estimating = {
    alpha: context.policy.alpha,
    groupOf: grouping(readings),
    severalTasks: observation.observed().length > 1,
  }
  const pooled = new Set<string>()
  return entries.flatMap(({ own, worst }) => {
    const carrying = tasks.filter((task) => carries(task, own.measure))
    const [first, ...perTask] = measureQuestions({
      detector,
      own,
      worst,
      tasks: carrying,
      estimating,
      observation,
      context,
    })
    // The strongest variant comes first; the pooled finding is its.
    if (pooled.has(own.measure.id)) return perTask
    pooled.add(own.measure.id)
    return [first!, ...perTask]
  })
}

/** The measures under the detector's general options and under those that only some tasks have, the strongest first. */
function variantsOf(
  detector: AnyDetector,
  observation: Observed,
  { policy, prepare = preparing() }: EvaluationContext,
): Measure[] {
  const variants: Measure[] = []
  const general = prepare(detector, policy)?.measures ?? []
  const ofTasks = tasksOf(detector, observation, []).flatMap(({ measures }) => measures)
  const known = new Set(ofTasks.map(({ id }) => id))
  for (const measure of [...ofTasks, ...general.filter(({ id }) => !known.has(id))]) {
    if (!variants.some((other) => isSameVariant(other, measure))) variants.push(measure)
  }
  return variants.sort((a, b) => strength(b) - strength(a))
}

function deciding(
  variants: readonly Measure[],
  detector: AnyDetector,
  observation: Observed,
  { policy, policyOf }: EvaluationContext,
): Measure[] {
  const tasks = tasksOf(detector, observation, [])
  const general = policy.detectors[detector.id]!
  const decides = (measure: Measure) => {
    const names = tasks.filter((task) => carries(task, measure)).map(({ task }) => task)
    const role = pooledRole(measure, general, observation.census, names)
    return (
      role !== 'noted' ||
      names.some((task) => taskRole(measure, role, policyOf(task).detectors[detector.id]!, general) !== 'noted')
    )
  }
  return variants.filter(decides).map(({ details: _, ...measure }) => measure)
}

interface Subject {
  readonly detector: AnyDetector
  readonly own: Reading
  readonly worst: Reading | null
  /** Tasks whose options have the measure. */
  readonly tasks: readonly EstimateTask[]
  readonly estimating: EstimateContext
  readonly observation: Observed
  readonly context: EvaluationContext
}

function measureQuestions(subject: Subject): Question[] {
  const { detector, own, worst, tasks, estimating, observation, context } = subject
  const { policy, policyOf, flagged = new Set() } = context
  const { measure } = own
  const general = policy.detectors[detector.id]!
  const shared = { measure, detector, general, flagged }
  const names = tasks.map(({ task }) => task)
  const limit = measure.corpus === undefined ? null : sampleLimit(observation.observed().length)
  const roleOf = (settings: DetectorPolicy) => pooledRole(measure, settings, observation.census, names)
  const estimates = tasks.length === 0 ? nothingObserved(subject) : estimate(own, tasks, estimating)
  const worstCases = tasks.length === 0 || worst === null ? null : estimate(worst, tasks, estimating)
  const worstOf = new Map(worstCases?.tasks ?? [])
  const shownOf = context.only === 'deciding' ? () => [] : worstExamples(measure, tasks)
  const pooled: Question = {
    detector,
    measure,
    task: null,
    ...termsOf({ ...shared, own: general, roleUnder: roleOf }),
    eligible: tasks.reduce((total, { cases }) => total + cases, 0),
    mostCases: limit === null ? null : limit * tasks.length,
    estimate: withMissingNamed(estimates.pooled, names, observation),
    worstCase: unlessSame(worstCases?.pooled, estimates.pooled),
    examples: shownOf(tasks),
  }
  const perTask = estimates.tasks.map(([task, estimated]): Question => {
    const only = tasks.filter((other) => other.task === task)
    const { unrelaxed: _, ...asPooled } = pooled
    return {
      ...asPooled,
      task,
      ...termsOf({
        ...shared,
        own: policyOf(task).detectors[detector.id]!,
        roleUnder: (settings, over) => taskRole(measure, roleOf(over), settings, over),
      }),
      eligible: only[0]!.cases,
      mostCases: limit,
      estimate: withMissingNamed(estimated, [task], observation),
      worstCase: unlessSame(worstOf.get(task), estimated),
      examples: shownOf(only),
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
    : (measure.unavailable ?? { code: 'missing-field', needs: measure.needs })
  return { pooled: { kind: 'unmeasured', reason, n: 0 }, tasks: [] }
}

/** Of the fields that a measure needs, names only those that the baseline does not carry. */
function withMissingNamed<E extends Estimate | Unestimated>(
  estimated: E,
  tasks: readonly string[],
  { census }: Observed,
): E {
  if (estimated.kind !== 'unmeasured' || estimated.reason.code !== 'missing-field') return estimated
  const missing = estimated.reason.needs.filter((need) => !census.carries(need, tasks))
  // Cases in which every output failed were counted; they carry nothing where no other case does.
  return {
    ...estimated,
    n: 0,
    reason: missing.length === 0 ? estimated.reason : { code: 'missing-field', needs: missing },
  }
}

/** The worst examples over some of the tasks; a task's own are looked for once. */
function worstExamples(
  measure: Measure,
  all: readonly EstimateTask[],
): (tasks: readonly EstimateTask[]) => readonly KeptExample[] {
  const byTask = new Map(all.map(({ task, tally }) => [task, tally.allExamples(measure)]))
  return (tasks) => {
    const examples = new Examples()
    for (const { task } of tasks) examples.merge(byTask.get(task)!)
    return examples.items
  }
}
