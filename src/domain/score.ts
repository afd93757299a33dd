import type { ScorePolicy } from './policy.js'

/** A score as a share of its range, higher is better; outside [0, 1] where the score is outside its range. */
export function goodnessOf(score: number, { range: [low, high], worse }: ScorePolicy): number {
  return (worse === 'lower' ? score - low : high - score) / (high - low)
}

/** Whether a score is good enough to count as correct. */
export function isCorrectScore(score: number, { worse, threshold }: ScorePolicy): boolean {
  return worse === 'lower' ? score >= threshold : score <= threshold
}
