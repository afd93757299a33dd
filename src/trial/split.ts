import type { Case } from '../domain/case.js'
import { murmur128 } from '../domain/hash.js'

/** Ways in which the baseline's samples are halved. */
export const SPLITS = 4

/** A case made of the baseline alone: half of its samples against as many others; null where it has no two. */
export function splitCase(case_: Case, split: number): Case | null {
  const samples = case_.all.baseline
  const half = Math.floor(samples.length / 2)
  if (half === 0) return null
  const ranked = samples
    .map((sample) => ({
      sample,
      rank: murmur128(`${case_.task}\u0000${case_.id}\u0000${sample.number}`, split + 1)[0],
    }))
    .sort((a, b) => a.rank - b.rank || a.sample.number - b.sample.number)
    .map(({ sample }) => sample)
  const [baseline, tuned] = [ranked.slice(0, half), ranked.slice(half, 2 * half)]
  return { ...case_, baseline, tuned, all: { baseline, tuned } }
}
