import type { Quantity } from './quantity.js'

export type Comparison = 'equal' | 'differ' | 'unknown'

/**
 * Compares the sides of an equation. A number alone may be rounded or truncated: it equals what lies less than one unit of its
 * last digit away. Two calculations may differ by what the decimals of their operands leave open. Unknown where doubles cannot
 * tell, and for a division whose result is given as a whole number though it has a fraction (`7 / 2 = 3`).
 */
export function compare(left: Quantity, right: Quantity): Comparison {
  const difference = Math.abs(left.value - right.value)
  const error = left.error + right.error
  if (left.operators > 0 && right.operators > 0)
    return difference <= left.slack + right.slack + 4 * error ? 'equal' : 'differ'
  const [claim, calculated] = left.operators > 0 ? [right, left] : [left, right]
  const step = stepOf(claim, calculated)
  if (error * 64 > step) return 'unknown'
  if (difference >= step - error) return 'differ'
  return calculated.divides && claim.slack === 0 && !claim.hasPercent && difference > error ? 'unknown' : 'equal'
}

/** One unit of the last digit shown; of the last digit but zeros (`40,000 / 1.3 = 30,800`) of a quotient. */
function stepOf({ value, slack, hasPercent }: Quantity, calculated: Quantity): number {
  if (slack > 0) return slack
  if (hasPercent) return 0.01
  if (!calculated.divides || Number.isInteger(calculated.value) || value === 0) return 1
  let step = 1
  while (value % (step * 10) === 0) step *= 10
  return step
}
