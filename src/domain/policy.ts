import type { GraderSpec, StatedConfidenceSpec } from './grading.js'
import type { Json } from './json.js'
import type { Role, Worse } from './measure.js'
import type { PerArm } from './record.js'

export const LEVELS = ['error', 'warn', 'off'] as const
/** `warn`: measured and shown, never decides. */
export type Level = (typeof LEVELS)[number]

export const ON_INCONCLUSIVE = ['default', 'fail', 'pass'] as const
export type OnInconclusive = (typeof ON_INCONCLUSIVE)[number]

/** How token log probabilities become a confidence. */
export const LOGPROB_READINGS = ['mean', 'min', 'sum'] as const
export type LogprobReading = (typeof LOGPROB_READINGS)[number]

export interface DetectorPolicy {
  readonly level: Level
  readonly options: Readonly<Record<string, Json>>
  readonly margins: Readonly<Record<string, number>>
  readonly roles: Readonly<Record<string, Role>>
}

export interface ScorePolicy {
  readonly range: readonly [number, number]
  readonly worse: Worse
  /** A score at least this good (in the direction of `worse`) is correct where a record has no `correct`. */
  readonly threshold: number
}

export interface ConfidencePolicy {
  readonly scale: 'share' | 'percent'
  /** Where the text states it, for records that carry none; null where it is not looked for. */
  readonly stated: StatedConfidenceSpec | null
  /** How token log probabilities give it, for records that carry none; null where they are not read. */
  readonly logprobs: LogprobReading | null
}

/** Harm that someone accepts until a day: it is measured, tested and shown as ever, and does not decide. */
export interface Waiver {
  readonly detector: string
  readonly measure: string
  /** Null: pooled and on every task. */
  readonly task: string | null
  readonly reason: string
  readonly owner: string
  /** The last day on which it holds, as YYYY-MM-DD in UTC. */
  readonly expires: string
}

/** What holds for one task after the overrides that name it. */
export interface TaskPolicy {
  readonly score: ScorePolicy
  readonly confidence: ConfidencePolicy
  /** How outputs with a reference and without score are graded; null where they are not. */
  readonly grader: GraderSpec | null
  readonly detectors: Readonly<Record<string, DetectorPolicy>>
}

export interface Override extends DeepPartial<TaskPolicy> {
  readonly tasks: string
}

/** Any part of an object's keys; arrays are given whole. */
export type DeepPartial<T> = {
  readonly [K in keyof T]?: T[K] extends readonly unknown[] ? T[K] : T[K] extends object ? DeepPartial<T[K]> : T[K]
}

export interface PairingPolicy {
  readonly minCoverage: number
  readonly prompts: 'same' | 'ignore'
  /** Arms that say the same throughout were hardly two models: `refuse` makes that an error. */
  readonly identical: 'refuse' | 'allow'
  /** Repeated (task, id) without `sample` are samples of one case. */
  readonly repeats: boolean
  /** Settings in which the arms may differ, by key or by its last part. */
  readonly allow: readonly string[]
}

/** In bytes; a JavaScript string holds at most about twice as many characters. */
export const LONGEST_LINE = 2 ** 28

export interface InputPolicy {
  readonly maxBadLines: number
  readonly maxLineBytes: number
  /** Canonical field → JSON Pointer into the record. */
  readonly fields: Readonly<Record<string, string>>
  /** Recognise other names for canonical fields (`completion`, `label`, …). */
  readonly guess: boolean
  /** Which of `scores` is the score; null where records carry `score` or `correct`. */
  readonly scoreName: string | null
  /** The task of logs that keep it in their file's name; null: the name's. */
  readonly task: string | null
  /** A format's id; null: told by what each file holds. */
  readonly format: string | null
  /** Where a log holds several models: each arm's. */
  readonly providers: PerArm<string | null>
  /** Globs; null is every task. */
  readonly tasks: readonly string[] | null
}

/** Whether log probabilities are read in any task. */
export function readsLogprobs({ confidence, overrides }: Policy): boolean {
  return [confidence, ...overrides.map((override) => override.confidence)].some(
    (one) => (one?.logprobs ?? null) !== null,
  )
}

/** Everything that a run was told, resolved: stands in the report as `config`. */
export interface Policy extends TaskPolicy {
  /** Modules whose detectors take part: files relative to the working directory, or packages. */
  readonly plugins: readonly string[]
  readonly alpha: number
  readonly onInconclusive: OnInconclusive
  /** `report`: judged as ever, but the exit code of a judged run is 0. */
  readonly gate: 'enforce' | 'report'
  readonly required: readonly string[]
  readonly overrides: readonly Override[]
  readonly waivers: readonly Waiver[]
  readonly pairing: PairingPolicy
  readonly input: InputPolicy
  readonly examples: boolean
}
