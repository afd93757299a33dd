import {
  type Corpus,
  type Details,
  type Unmeasured,
  type UnmeasuredReason,
  unmeasured,
  type Value,
} from '../../domain/measure.js'
import type { PerArm } from '../../domain/record.js'
import type { Sampled } from '../../domain/tally.js'
import type { Features } from './features.js'

interface Sums {
  cases: number
  baseline: number
  tuned: number
}

/** A number of each sampled case in both arms; null where it has none. */
export type CaseValue = (features: Features) => PerArm<number> | null

export interface MeanOptions {
  readonly lacking: UnmeasuredReason
  readonly details: (sampled: readonly Features[]) => Details
}

/** The mean over the sampled cases that have the value. Buckets are added in their order, so that sums do not vary. */
export function meanCorpus(value: CaseValue, { lacking, details }: MeanOptions) {
  return (sampled: readonly Sampled[], buckets: number): Corpus => {
    const byBucket = Array.from({ length: buckets }, (): Sums => ({ cases: 0, baseline: 0, tuned: 0 }))
    const carrying: Features[] = []
    for (const { features, bucket } of sampled) {
      const own = value(features as Features)
      if (own === null) continue
      carrying.push(features as Features)
      const sums = byBucket[bucket]!
      sums.cases++
      sums.baseline += own.baseline
      sums.tuned += own.tuned
    }
    const mean = (left: number): Value | Unmeasured => {
      const total: Sums = { cases: 0, baseline: 0, tuned: 0 }
      byBucket.forEach((sums, bucket) => {
        if (bucket === left) return
        total.cases += sums.cases
        total.baseline += sums.baseline
        total.tuned += sums.tuned
      })
      if (total.cases === 0) return unmeasured(lacking)
      return { kind: 'arms', baseline: total.baseline / total.cases, tuned: total.tuned / total.cases }
    }
    const whole = mean(-1)
    return {
      whole: whole.kind === 'arms' ? { ...whole, details: { sampled: carrying.length, ...details(carrying) } } : whole,
      without: byBucket.map((_, bucket) => mean(bucket)),
      cases: byBucket.map(({ cases }) => cases),
    }
  }
}
