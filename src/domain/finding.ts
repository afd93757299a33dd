import type { Json } from './json.js'
import type { Details, Role, Unit, UnmeasuredReason, Worse } from './measure.js'
import type { Waiver } from './policy.js'
import type { PerArm } from './record.js'

export const STATUSES = ['pass', 'fail', 'inconclusive', 'noted', 'unmeasured'] as const
export type Status = (typeof STATUSES)[number]

export type FindingReason =
  | UnmeasuredReason
  /** A pass: harm is shown, and that it is beyond the margin is ruled out. */
  | { readonly code: 'harm-within-margin' }
  /** Harm past the margin is shown. */
  | { readonly code: 'beyond-margin' }
  /** Harm is shown; a tolerated size is not excluded. */
  | { readonly code: 'harm-shown' }
  | { readonly code: 'not-proven' }
  /** The measure holds its margin, its worst-case reading does not. */
  | { readonly code: 'worst-case-not-proven'; readonly harmfulEnd: number | null }
  | { readonly code: 'too-few-buckets-to-fail'; readonly buckets: number; readonly need: number }

/** Who set a margin: the measure itself, a config file, or `--margin`. */
export const MARGIN_SOURCES = ['default', 'config', 'flag'] as const
export type MarginSource = (typeof MARGIN_SOURCES)[number]

/** Tuned minus baseline; low and high are null for a point estimate. */
export interface Change {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  /** Two-sided confidence level, 1 − 2α. */
  readonly level: number | null
  readonly method: Method
}

export const METHODS = ['tango', 'jackknife', 'point'] as const
export type Method = (typeof METHODS)[number]

export interface Finding {
  readonly detector: string
  readonly measure: string
  /** Null when pooled over tasks. */
  readonly task: string | null
  readonly role: Role
  readonly status: Status
  readonly decides: boolean
  readonly reason: FindingReason | null
  readonly unit: Unit
  readonly worse: Worse | null
  /** Null where the measure is one number of the pair. */
  readonly baseline: number | null
  readonly tuned: number | null
  readonly change: Change | null
  readonly margin: number | null
  /** Null without a margin. */
  readonly marginFrom: MarginSource | null
  /**
   * The status under the detector's recommended level and the measure's recommended role and margin; null where the config
   * relaxes none of them.
   */
  readonly wouldBe: Status | null
  /** Who accepted that it does not decide; null where it decides, or would not fail or hold a run up anyway. */
  readonly waiver: Pick<Waiver, 'reason' | 'owner' | 'expires'> | null
  /** Cases in which both arms carry the measure, of `eligible` paired cases. */
  readonly n: number
  readonly eligible: number
  /** Effective (Kish) number of clusters; the case count where there are none. */
  readonly clusters: number
  /** One-sided, for harm > 0. */
  readonly p: number | null
  readonly adjustedP: number | null
  readonly threshold: number | null
  /** Smallest harm that this run could have shown with 80 % power, in the measure's unit. */
  readonly detectable: number | null
  readonly casesNeeded: { readonly toPass: number | null; readonly toFail: number | null } | null
  /** Probability that a tune which does no harm passes this measure at this size. */
  readonly passChance: number | null
  readonly details: Details
  /** What the config would say if this failure were meant; null for what does not fail. */
  readonly accept: Acceptance | null
  readonly examples: readonly Example[]
}

export type Acceptance =
  | { readonly kind: 'options'; readonly options: Readonly<Record<string, Json>> }
  | { readonly kind: 'margin'; readonly margin: number }
  /** No margin below the largest possible harm would have held: the measure must not decide. */
  | { readonly kind: 'role'; readonly role: 'noted' }

export interface Example {
  readonly id: string
  readonly task: string
  /** Sample numbers. */
  readonly samples: PerArm<number>
  readonly code: string
  readonly severity: number
  /** What is wrong with the tuned output, where the detector can say it. */
  readonly detail: string | null
  /** Around the first difference; `…` where a text is cut. */
  readonly excerpt: PerArm<string>
  readonly values: PerArm<ExampleValues>
}

/** What is known of one output. */
export interface ExampleValues {
  /** As a share of its range, higher is better. */
  readonly score: number | null
  readonly correct: boolean | null
  /** 0–1. */
  readonly confidence: number | null
}
