import type { ExhibitMaker } from '../../domain/detector.js'
import type { Json } from '../../domain/json.js'
import { ARMS } from '../../domain/record.js'
import type { Sampled } from '../../domain/tally.js'
import type { Features, Repeats } from './features.js'

export const exhibits: readonly ExhibitMaker[] = [
  { kind: 'distinct-per-prompt', of: (_sums, _halves, sampled) => distinctPerPrompt(sampled) },
]

/** For each number of samples that occurs: how many prompts had 0, 1, 2, … distinct ones in each arm. */
function distinctPerPrompt(sampled: readonly Sampled[]): Json | null {
  const all = sampled.flatMap(({ features }): Repeats[] => {
    const { repeats } = features as Features
    return repeats === null ? [] : [repeats]
  })
  if (all.length === 0) return null
  const sizes = [...new Set(all.map(({ samples }) => samples))].sort((a, b) => a - b)
  return sizes.map((samples) => {
    const own = all.filter((repeats) => repeats.samples === samples)
    const [baseline, tuned] = ARMS.map((arm) => {
      const prompts = new Array<number>(samples + 1).fill(0)
      for (const { arms } of own) prompts[Math.round(arms[arm].distinct * samples)]!++
      return prompts
    })
    return { samples, baseline: baseline!, tuned: tuned! }
  })
}
