import type { Sums } from '../../domain/tally.js'

export function flipDetails(sums: Sums): { [key: string]: number } {
  const n = sums.count('flipCases')
  const negative = sums.sum('flipsNegative')
  const positive = sums.sum('flipsPositive')
  return {
    negativeFlips: negative,
    positiveFlips: positive,
    positiveFlipRate: positive / n,
    churn: (negative + positive) / n,
  }
}

export function flips(sums: Sums): { [key: string]: number } | null {
  return sums.count('flipCases') === 0 ? null : { cases: sums.count('flipCases'), ...flipDetails(sums) }
}
