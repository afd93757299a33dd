/** How long a verifier is waited for, and how often it may fail before it is no longer asked. */
export interface Limits {
  /** The least time for the first answer of a process: it imports its libraries first, and large ones take seconds. */
  readonly startMs: number
  /** Each costs a whole time limit, and five are no bad luck. */
  readonly timeouts: number
  /** One fault already leaves the measures unmeasured; a hundred are more than anyone reads to find the cause. */
  readonly faults: number
  /** In a row. What did not start thrice will not start. */
  readonly starts: number
}

export const LIMITS: Limits = { startMs: 10_000, timeouts: 5, faults: 100, starts: 3 }

/** setTimeout takes no more (2^31 − 1); beyond, it would fire at once. */
export const LONGEST_MS = 2_147_483_647

/** A verdict with its violations is a few hundred bytes; what is longer is something else. */
export const ANSWER_BYTES = 1 << 20

/** Enough for the message at the end of a stack trace. */
export const STDERR_BYTES = 2048

/** How long an idle process may take to end by itself, and pipes to close behind a process that has ended. */
export const SETTLE_MS = 1000

/** Of the violations: how many are kept, and how long each may be. */
export const VIOLATIONS = 20
export const VIOLATION_CHARACTERS = 240
