import type { Setting } from './settings.js'
import type { Verification } from './verification.js'

export const ARMS = ['baseline', 'tuned'] as const
export type Arm = (typeof ARMS)[number]

export interface PerArm<T> {
  readonly baseline: T
  readonly tuned: T
}

/** A record as it was read; keys such as `__proto__` are plain data in it. */
export type Raw = Readonly<Record<string, unknown>>

/** Where a record stands: the file as the user named it, and its line from 1. */
export interface Place {
  readonly file: string
  readonly line: number
}

/** One output of one arm, mapped to canonical fields. Unknown values are null, never 0 or ''. */
export interface Sample {
  /** Sample number within its case and arm, from 0. */
  readonly number: number
  /** The text; an output that was JSON stands here as JSON text. */
  readonly output: string
  /** An output that errored or is blank is an outcome (a wrong one), not a missing row. */
  readonly failed: 'error' | 'empty' | null
  /** Share of the score's declared range, higher is better; outside [0, 1] where the score left its range. */
  readonly score: number | null
  readonly correct: boolean | null
  /** 0–1. */
  readonly confidence: number | null
  /** As the record has them; undefined where it does not. */
  readonly prompt: unknown
  readonly reference: unknown
  /** The output as a vector, by the user's own model; null where the record has none. */
  readonly embedding: readonly number[] | null
  /** What a verifier said of the output; null where none was asked. */
  readonly verification: Verification | null
  /** How the output was made and scored, where the log says it; by key. */
  readonly settings: readonly Setting[]
  readonly raw: Raw
  readonly place: Place
}
