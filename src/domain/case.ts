import type { Arm, PerArm, Sample } from './record.js'

export interface CaseName {
  readonly task: string
  readonly id: string
}

export interface ArmCaseName extends CaseName {
  readonly arm: Arm
}

/** One prompt with every sample that each arm gave for it. */
export interface Case {
  readonly id: string
  readonly task: string
  /** What cases share that makes them alike; null where a case is its own cluster. */
  readonly cluster: string | null
  /** What its records say of it, each once, by code unit. */
  readonly tags: readonly string[]
  readonly domain: string | null
  /** Equal numbers of samples; the surplus of the longer arm is left out by hash. */
  readonly baseline: readonly Sample[]
  readonly tuned: readonly Sample[]
  /** Every sample of each arm, by number. */
  readonly all: PerArm<readonly Sample[]>
}

/** A case of the baseline that the tuned arm lacks altogether. */
export interface LostCase extends CaseName {
  /** The baseline's samples, by number; at least one. */
  readonly samples: readonly Sample[]
}

/**
 * The values of all samples. An output that failed and has no value counts as 0, the worst; a value that was recorded for
 * it stands (an empty output can be right where nothing was to be said).
 * `genuine` is false where every sample failed: whether such a case counts depends on whether its task carries the field
 * at all, which only the sums know. Null where an output that did not fail lacks the value.
 */
export function outcomes(samples: readonly Sample[], value: (sample: Sample) => number | null): Outcomes | null {
  const carried = carriedBy(samples, value)
  if (carried === null) return null
  return { values: samples.map((sample) => value(sample) ?? 0), genuine: carried === 'genuine' }
}

/** `failed` where every sample did and none has a value; null where one that did not fail lacks it, or there is none. */
export function carriedBy(
  samples: readonly Sample[],
  value: (sample: Sample) => number | null,
): 'genuine' | 'failed' | null {
  let carried: 'genuine' | 'failed' | null = null
  for (const sample of samples) {
    if (value(sample) !== null) carried = 'genuine'
    else if (sample.failed === null) return null
    else carried ??= 'failed'
  }
  return carried
}

export interface Outcomes {
  readonly values: readonly number[]
  readonly genuine: boolean
}

export const scoreOf = (sample: Sample): number | null => sample.score

export const correctnessOf = (sample: Sample): number | null =>
  sample.correct === null ? null : Number(sample.correct)
