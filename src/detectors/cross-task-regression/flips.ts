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

/** The table of right and wrong before and after, in cases; of a case with repeats, shares of it. */
export function flips(sums: Sums): { [key: string]: number } | null {
  if (sums.count('flipCases') === 0) return null
  return {
    cases: sums.count('flipCases'),
    ...flipDetails(sums),
    bothRight: sums.sum('flipsBothRight'),
    bothWrong: sums.sum('flipsBothWrong'),
  }
}
