import type { Random } from './random.js'

/**
 * Draws from a finite distribution in constant time: the shares, which need not add up to 1, are packed into columns of
 * equal height that hold at most two indices each. Source: Vose 1991, IEEE Transactions on Software Engineering 17:972–975.
 */
export function aliasSampler(shares: readonly number[]): (random: Random) => number {
  const size = shares.length
  const total = shares.reduce((sum, share) => sum + share, 0)
  const heights = Float64Array.from(shares, (share) => (share * size) / total)
  const other = Int32Array.from(shares, (_, index) => index)
  const low: number[] = []
  const high: number[] = []
  heights.forEach((height, index) => {
    ;(height < 1 ? low : high).push(index)
  })
  while (low.length > 0 && high.length > 0) {
    const small = low.pop()!
    const large = high.pop()!
    other[small] = large
    heights[large]! += heights[small]! - 1
    ;(heights[large]! < 1 ? low : high).push(large)
  }
  // What rounding left over fills its column.
  for (const index of [...low, ...high]) heights[index] = 1
  return (random) => {
    const column = random.below(size)
    return random.next() < heights[column]! ? column : other[column]!
  }
}
