import type { Json } from './json.js'
import type { Sampled, Sums } from './tally.js'

export const ROLES = ['guarded', 'watched', 'noted'] as const
export type Role = (typeof ROLES)[number]

/** What a measure's numbers are; percent exists only in reporters. */
export const UNITS = ['share', 'score', 'squared-error', 'area', 'error', 'log', 'ratio'] as const
export type Unit = (typeof UNITS)[number]

export type Worse = 'higher' | 'lower'

/** What a case must carry before a measure can count it. */
export const NEEDS = ['score', 'confidence', 'repeats'] as const
export type Need = (typeof NEEDS)[number]

export type Details = Readonly<Record<string, Json>>

/** A measure of both arms, or of the pair alone. */
export type Value =
  | { readonly kind: 'arms'; readonly baseline: number; readonly tuned: number; readonly details?: Details }
  | { readonly kind: 'change'; readonly change: number; readonly details?: Details }

export interface Unmeasured {
  readonly kind: 'unmeasured'
  readonly reason: UnmeasuredReason
}

export type UnmeasuredReason =
  | { readonly code: 'missing-field'; readonly needs: readonly Need[] }
  | { readonly code: 'not-declared'; readonly option: string }
  | { readonly code: 'too-few'; readonly what: string; readonly have: number; readonly need: number }
  | { readonly code: 'too-few-buckets'; readonly buckets: number }
  | { readonly code: 'undefined-without-some-cases' }
  | { readonly code: 'nothing-changed' }
  | { readonly code: 'repeats-never-differ' }
  /** The user's verifier failed on some output: nothing that it decides is known. */
  | { readonly code: 'verifier-failed' }
  /** No rule or verifier could be evaluated on any case. */
  | { readonly code: 'nothing-evaluable' }
  /** The declared format leaves nothing to hold an arm to. */
  | { readonly code: 'format-policy'; readonly format: string }
  /** Nearly all of the baseline's outputs share a format. */
  | { readonly code: 'one-format-expected'; readonly format: string }
  | { readonly code: 'several-formats' }
  | { readonly code: 'detector-crashed' }

export function unmeasured(reason: UnmeasuredReason): Unmeasured {
  return { kind: 'unmeasured', reason }
}

/** Cases in which a yes/no event happened in one arm only, of `cases` with one sample and no clusters. */
export interface Discordance {
  readonly cases: number
  readonly onlyBaseline: number
  readonly onlyTuned: number
}

/** A measure of the case sample. */
export interface Corpus {
  readonly whole: Value | Unmeasured
  /** By bucket. */
  readonly without: readonly (Value | Unmeasured)[]
  /** Sampled cases that carry the measure, by bucket. */
  readonly cases: readonly number[]
}

/** From columns of its own; or, for a measure of the case sample, the same measure with the lost cases of the sample. */
export type WorstCase =
  | { readonly cases: readonly string[]; of(sums: Sums): Value | Unmeasured }
  | { readonly sample: 'with-lost' }

/** A sampled case that shows harm: the larger the severity, the worse. */
export interface Ranked {
  /** Among the cases given. */
  readonly index: number
  readonly severity: number
  /** Another case whose tuned output this one's is like; null where it is no single one. */
  readonly like: number | null
}

/** One task's value, as pooling sees it. */
export interface TaskValue {
  readonly task: string
  readonly cases: number
  readonly value: Value
}

export interface TaskPool {
  /** A task's weight in the pooled value; what it leaves open counts by that. */
  weight(task: TaskValue): number
  of(tasks: readonly TaskValue[]): Value | Unmeasured
}

/** `sum`: columns added over tasks, then `of`. Otherwise made from the tasks' values. */
export type Pool = 'sum' | TaskPool

/**
 * One quantity of both arms. Tasks whose options give it another role, or leave it nothing to measure, have a variant of
 * their own: the pooled finding speaks of the tasks with the strongest variant.
 */
export interface Measure {
  readonly id: string
  readonly title: string
  readonly unit: Unit
  /** Null where neither direction is harm. */
  readonly worse: Worse | null
  readonly margin: number | null
  readonly role: Role
  readonly needs: readonly Need[]
  readonly pool: Pool
  /** `run`: says something about several tasks together, so that it has no finding per task. */
  readonly scope: 'task' | 'run'
  /** The count columns that add up to the cases in which both arms carry this measure. */
  readonly cases: readonly string[]
  /**
   * For a measure whose columns are added over tasks: all that `of` and `discordance` read, `cases` aside. Slices of the
   * data count these alone; a measure without them is not searched for slices.
   */
  readonly sliced?: readonly string[]
  /** `watched`: per task it may fail the gate even where the pooled measure is only watched; each task stands for itself. */
  readonly taskRole?: 'watched'
  /**
   * Whether a task is measured, or what it is held to, `of` tells by the baseline in `whole`. Luck in the baselines of tasks
   * so chosen adds up: where some are not measured, `whole` is a third of each task's cases, and the others are pooled. Not with
   * `sum`, `corpus` or `worstCase`.
   */
  readonly chosen?: true
  /**
   * What the undivided sums of a task's baseline make of the measure, where the config leaves it open. Must not look at
   * the tuned arm.
   */
  variant?(whole: Sums): Pick<Measure, 'role'> | Pick<Measure, 'unavailable'>
  /** Largest possible change of one case, where the measure is a mean over cases; else null. */
  readonly range: number | null
  /** `none` for a point estimate that has no interval and never decides. */
  readonly interval: 'jackknife' | 'none'
  /** Has an unbiased, documented floor of its own instead of changing its sign when the arms are exchanged. */
  readonly noiseFloor?: true
  /** Set where the options leave nothing to measure. */
  readonly unavailable?: UnmeasuredReason
  /**
   * The measure from summed tallies. `whole` holds the sums before any bucket was left out: what must not move with a
   * deletion (bin edges) comes from there. Of a `chosen` measure it may hold other cases.
   */
  of(sums: Sums, whole: Sums): Value | Unmeasured
  /**
   * Instead of `of`: the measure from the case sample of one task, whole and without each bucket's cases (by bucket).
   * Pooled from the tasks' values.
   */
  corpus?(cases: readonly Sampled[], buckets: number): Corpus
  /** Of a corpus measure: which cases of one task's sample to show, of those that were nominated for it. */
  rank?(cases: readonly Sampled[]): readonly Ranked[]
  /** For a yes/no measure: the discordant cases, or null where some case is not yes/no or has repeats. */
  discordance?(sums: Sums): Discordance | null
  /**
   * For any other measure: cases in which the arms differ in what it sees, or null where some have repeats. Exchanging the
   * arms of the rest changes nothing.
   */
  moved?(sums: Sums): number | null
  /** Options of the detector under which a change such as this one is meant: what a failing finding offers. */
  readonly accept?: { readonly options: Readonly<Record<string, Json>> }
  /** A stricter reading that must hold its margin too before the measure passes. */
  readonly worstCase?: WorstCase
  /** Shown beside the finding. Pooled findings get the sums over all tasks. */
  details?(sums: Sums): Details
}

/** Whether two measures are the same one, judged in the same way. */
export function isSameVariant(a: Measure, b: Measure): boolean {
  return a.id === b.id && strength(a) === strength(b)
}

/** The larger, the more a measure decides. */
export function strength({ role, unavailable }: Measure): number {
  return unavailable === undefined ? ROLES.length - ROLES.indexOf(role) : 0
}
