import type { Json } from './json.js'
import type { Sums } from './tally.js'

export const ROLES = ['guarded', 'watched', 'noted'] as const
export type Role = (typeof ROLES)[number]

/** What a measure's numbers are; percent exists only in reporters. */
export type Unit = 'share' | 'score' | 'squared-error' | 'area' | 'error'

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
  /** Largest possible change of one case, where the measure is a mean over cases; else null. */
  readonly range: number | null
  /** `none` for a point estimate that has no interval and never decides. */
  readonly interval: 'jackknife' | 'none'
  /** Set where the options leave nothing to measure. */
  readonly unavailable?: UnmeasuredReason
  /**
   * The measure from summed tallies. `whole` holds the sums before any bucket was left out: what must not move with a
   * deletion (bin edges) comes from there.
   */
  of(sums: Sums, whole: Sums): Value | Unmeasured
  /** For a yes/no measure: the discordant cases, or null where some case is not yes/no or has repeats. */
  discordance?(sums: Sums): Discordance | null
  /** A stricter reading that must hold its margin too before the measure passes. */
  readonly worstCase?: { readonly cases: readonly string[]; of(sums: Sums): Value | Unmeasured }
  /** Shown beside the finding. Pooled findings get the sums over all tasks. */
  details?(sums: Sums): Details
}
