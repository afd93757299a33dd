import { inFamily, weigh } from '../audit/family.js'
import type { Question } from '../audit/judge.js'
import { Observation } from '../audit/observation.js'
import { questionsOf } from '../audit/questions.js'
import { outlooksOf } from '../audit/sizes.js'
import type { Case } from '../domain/case.js'
import type { AnyDetector } from '../domain/detector.js'
import type { Basis, PlannedMeasure, PlanSource, Unplanned } from '../domain/plan.js'
import type { Policy, TaskPolicy } from '../domain/policy.js'
import { differing, redrawCases, samplesOf, splitCases } from './harmless.js'
import { type Outlooks, planned, type Samples } from './planned.js'

/** Share of the cases whose outcome a harmless tune flips, half each way, where nothing is known of it. */
export const USUAL_CHURN = 0.15

/** Chance that two cases differ in their outcome, where none has one: half of the cases are then drawn anew by default. */
const USUAL_DIFFERENCE = 0.3

/** Share of a measure's cases that must have repeats before their spread is taken for that of all. */
const ENOUGH_REPEATS = 0.9

export interface BaselineTrial {
  /** One arm: samples stand in `all.baseline`. */
  readonly cases: readonly Case[]
  /** Cases that these stand for. */
  readonly total: number
  readonly detectors: readonly AnyDetector[]
  readonly policy: Policy
  readonly policyOf: (task: string) => TaskPolicy
  /** Share of the cases whose outcome the tune flips; null: the usual one, where samples of the baseline do not say. */
  readonly churn: number | null
  /** Cases to plan for; null for as many as there are. */
  readonly planFor: number | null
}

type Looked = Omit<Extract<PlanSource, { kind: 'baseline' }>, 'kind' | 'inputs'>

export interface BaselinePlan {
  readonly looked: Looked
  readonly measures: readonly PlannedMeasure[]
  readonly unplanned: readonly Unplanned[]
  /** Pooled measures that may fail a run and do not hold it up. */
  readonly watched: readonly { readonly detector: string; readonly measure: string }[]
}

/**
 * Runs the audit's own detectors and intervals on harmless pairs made of the baseline: its samples split into two arms, and
 * its outputs redrawn among the cases of a task. What they say of each guarded measure's spread is what a tune without harm
 * would show.
 */
export function planBaseline(trial: BaselineTrial): BaselinePlan {
  const differ = differing(trial.cases)
  const share = Math.min(
    1,
    (trial.churn ?? USUAL_CHURN) / (differ === null || differ === 0 ? USUAL_DIFFERENCE : differ),
  )
  const redrawn = questionsOn(redrawCases(trial.cases, share), trial)
  const split = new Map(questionsOn(splitCases(trial.cases), trial).flatMap(pooledById))
  const family = redrawn.filter(inFamily)
  const weights = weigh(family)
  const measures = family.flatMap((question, i) => {
    if (question.role !== 'guarded' || question.task !== null) return []
    const tail = trial.policy.alpha * weights[i]!
    const outlooks = outlooksOf(question, { alpha: trial.policy.alpha, tail })
    return [planOf({ question, outlooks, own: split.get(idOf(question)) ?? null }, trial)]
  })
  const watched = family.filter(({ role, task }) => role === 'watched' && task === null)
  return {
    looked: lookedAt(trial, share, differ),
    measures,
    unplanned: redrawn.flatMap(unplanned),
    watched: watched.map(({ detector, measure }) => ({ detector: detector.id, measure: measure.id })),
  }
}

function questionsOn(cases: readonly Case[], { detectors, policy, policyOf }: BaselineTrial): Question[] {
  const enabled = detectors.filter(({ id }) => policy.detectors[id]?.level !== 'off')
  const observation = new Observation(enabled, policyOf)
  for (const case_ of cases) observation.observe(case_)
  for (const error of observation.crashed.values()) throw new Error('a detector ended', { cause: error })
  return enabled.flatMap((detector) => questionsOf(detector, observation, { detectors, policy, policyOf }))
}

function idOf({ detector, measure }: Question): string {
  return `${detector.id}\u0000${measure.id}`
}

function pooledById(question: Question): [string, Question][] {
  return question.task === null ? [[idOf(question), question]] : []
}

interface Subject {
  readonly question: Question
  readonly outlooks: Outlooks
  /** The same measure on the split baseline. */
  readonly own: Question | null
}

function planOf({ question, outlooks, own }: Subject, trial: BaselineTrial): PlannedMeasure {
  const { detector, measure, estimate, mostCases } = question
  const samples = own === null ? null : spreadOf({ question, outlooks, own }, trial)
  const sigma = samples === null ? outlooks[0].sigma : Math.sqrt(samples.between + samples.within / samples.perCase)
  const [first, ...worst] = outlooks
  const clusters = estimate.kind === 'measured' ? estimate.clusters : 1
  return planned({
    detector: detector.id,
    measure: measure.id,
    unit: measure.unit,
    worse: measure.worse,
    basis: basisOf(samples, trial.churn),
    outlooks: samples === null ? outlooks : [{ ...first, sigma }, ...worst.map((outlook) => ({ ...outlook, sigma }))],
    n: casesIn(question, trial),
    casesPerCluster: estimate.n / clusters,
    mostCases,
    samples,
  })
}

function basisOf(samples: Samples | null, churn: number | null): Basis {
  if (samples === null) return 'churn'
  return churn === null ? 'own-samples' : 'own-samples-and-churn'
}

/**
 * The two halves of a case are one model, so that their change varies by (σ²_A + σ²_B)/K alone, K the samples in each. What
 * a tune does to cases beyond that, ω², is what redrawing them gives, where it was asked for.
 */
function spreadOf(
  { question, outlooks, own }: Subject & { own: Question },
  { cases, churn }: BaselineTrial,
): Samples | null {
  if (!inFamily(own) || own.estimate.n < ENOUGH_REPEATS * question.estimate.n) return null
  const { interval, clusters } = own.estimate
  const repeated = cases.filter((case_) => samplesOf(case_) > 1)
  const perHalf = mean(repeated.map((case_) => Math.floor(samplesOf(case_) / 2)))
  return {
    perCase: mean(repeated.map(samplesOf)),
    between: churn === null ? 0 : outlooks[0].sigma ** 2,
    within: interval.spread ** 2 * clusters * perHalf,
  }
}

/** Cases of the run that is planned that carry the measure, or that its sample would hold. */
function casesIn({ estimate, eligible, mostCases }: Question, { cases, total, planFor }: BaselineTrial): number {
  const most = mostCases ?? Number.POSITIVE_INFINITY
  const carrying = estimate.n / Math.min(eligible, most)
  const all = (eligible * (planFor ?? total)) / cases.length
  return Math.round(carrying * Math.min(all, most))
}

/** What would be guarded and could not be measured on the baseline. */
function unplanned({ task, role, detector, measure, estimate }: Question): Unplanned[] {
  if (task !== null || estimate.kind === 'measured') return []
  if (role !== 'guarded' && measure.role !== 'guarded') return []
  return [{ detector: detector.id, measure: measure.id, reason: estimate.reason }]
}

function lookedAt({ cases, total, churn }: BaselineTrial, redrawn: number, differ: number | null): Looked {
  return {
    tasks: new Set(cases.map(({ task }) => task)).size,
    cases: total,
    looked: cases.length,
    samplesPerCase: mean(cases.map(samplesOf)),
    churn,
    redrawn,
    flipped: differ === null ? null : redrawn * differ,
  }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
