import type { TaskPolicy } from '../domain/policy.js'
import { AuditError } from '../domain/problem.js'
import type { Raw, Sample } from '../domain/record.js'
import { goodnessOf, isCorrectScore } from '../domain/score.js'
import { LARGEST } from '../domain/tally.js'
import type { ReadingContext, ReadingRules } from './context.js'
import { fieldOf } from './fields.js'
import type { MappedScore } from './formats/log-format.js'
import { PositiveLogprob, sequenceProbability } from './logprobs.js'
import type { CanonicalRecord } from './record-schema.js'

/** Counts numbers that are read as unknown. */
export class Unknowns {
  count: number
  constructor(count: number) {
    this.count = count
  }

  /** The number if sums can hold it, else null, counted. */
  known(value: number): number | null {
    if (Math.abs(value) <= LARGEST) return value
    this.count++
    return null
  }
}

/** What an output was worth: `score` as a share of its range, higher is better. */
export type Values = Pick<Sample, 'score' | 'correct' | 'confidence'>

export interface ValueContext {
  readonly rules: ReadingRules
  /** The record as it was read. */
  readonly raw: Raw
  readonly task: string
  readonly unknown: Unknowns
  readonly context: ReadingContext
  /** The score that the log itself names; null where it names none. */
  readonly mapped: MappedScore | null
}

export function valuesOf(record: CanonicalRecord, values: ValueContext): Values {
  const { rules, task, unknown, context, mapped } = values
  const policy = directed(rules.taskPolicy(task), mapped)
  const name = rules.policy.input.scoreName ?? mapped?.name ?? null
  const raw = scoreOf(record, name, unknown, context)
  if (raw !== null && name === mapped?.name && rules.policy.input.scoreName === null) context.arm?.chosen.add(name)
  const score = raw === null ? null : goodness(raw, policy, unknown, context)
  if (isAtOdds(record, score)) context.arm?.overCorrect()
  return {
    score,
    correct: correctOf(record, raw, policy),
    confidence: confidenceOf(record, policy, unknown, context) ?? fromLogprobs(policy, values),
  }
}

/** A log that says which direction of its score is worse is believed. */
function directed(policy: TaskPolicy, mapped: MappedScore | null): TaskPolicy {
  if (mapped === null || mapped.worse === null) return policy
  return { ...policy, score: { ...policy.score, worse: mapped.worse } }
}

function scoreOf(
  record: CanonicalRecord,
  name: string | null,
  unknown: Unknowns,
  { arm }: ReadingContext,
): number | null {
  const scores = record.scores
  if (arm !== null && scores) for (const key in scores) arm.scoreNames.add(key)
  const value = name === null ? record.score : scores && Object.hasOwn(scores, name) ? scores[name] : null
  return value === null || value === undefined ? null : unknown.known(Number(value))
}

/** Whether the score, which is what is averaged, says something else than the record's own verdict. */
function isAtOdds({ correct }: CanonicalRecord, score: number | null): boolean {
  return score !== null && correct !== null && correct !== undefined && score !== Number(correct)
}

/** The score as a share of its range, higher is better. */
function goodness(score: number, policy: TaskPolicy, unknown: Unknowns, { arm }: ReadingContext): number | null {
  const [low, high] = policy.score.range
  if (arm !== null && (score < low || score > high)) arm.outOfRange(score)
  return unknown.known(goodnessOf(score, policy.score))
}

function correctOf(record: CanonicalRecord, score: number | null, policy: TaskPolicy): boolean | null {
  if (record.correct !== null && record.correct !== undefined) return Boolean(record.correct)
  if (score === null) return null
  return isCorrectScore(score, policy.score)
}

function confidenceOf(
  record: CanonicalRecord,
  policy: TaskPolicy,
  unknown: Unknowns,
  { place }: ReadingContext,
): number | null {
  const value = record.confidence
  if (value === null || value === undefined) return null
  const known = unknown.known(value)
  if (known === null) return null
  const { scale } = policy.confidence
  const share = scale === 'percent' ? known / 100 : known
  if (share < 0 || share > 1) throw new AuditError({ code: 'confidence-out-of-range', place, value: known, scale })
  return share
}

/** Where the config declares it, for a record without a confidence of its own. */
function fromLogprobs({ confidence: { logprobs } }: TaskPolicy, { raw, rules, context }: ValueContext): number | null {
  if (logprobs === null) return null
  try {
    const confidence = sequenceProbability(fieldOf(raw, 'logprobs', rules.fields, context.arm), logprobs)
    if (confidence !== null) context.arm?.fromLogprobs(logprobs)
    return confidence
  } catch (error) {
    if (!(error instanceof PositiveLogprob)) throw error
    throw new AuditError({ code: 'logprob-positive', place: context.place, value: error.value })
  }
}
