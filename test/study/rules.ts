import type { Status } from '../../src/domain/finding.js'

/** Runs of which a user who tries again until it passes takes the best. */
export const TRIES = 5

export interface Try {
  /** Share right of the baseline minus that of the tuned arm. */
  readonly drop: number
  /** One-sided mid-p of McNemar's test. */
  readonly p: number
  /** Ours. */
  readonly status: Status
}

type Passes = (tries: readonly Try[], margin: number) => boolean

/** When a tune passes, by rules in use and by ours; each but the last looks at the first run alone. Significant: p < .05. */
export const RULES = {
  ours: ([run]) => run!.status === 'pass',
  'unless significantly worse': ([run]) => !(run!.p < 0.05),
  'unless the drop exceeds the margin': ([run], margin) => !(run!.drop > margin),
  'unless significant and over the margin': ([run], margin) => !(run!.p < 0.05 && run!.drop > margin),
  'ours, best of five tries': (tries) => tries.some(({ status }) => status === 'pass'),
} as const satisfies Record<string, Passes>

export type RuleName = keyof typeof RULES
