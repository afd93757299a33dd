import type { Point } from '../../../domain/trend.js'
import { signed } from '../../numbers.js'
import { value } from '../forest.js'

/** A checkpoint's change with its interval; empty where it has none. */
export function changeWords({ change }: Point): string {
  if (change === null) return ''
  const { value: of, low, high } = change
  return `${signed(of)}${low === null || high === null ? '' : ` [${signed(low)}, ${signed(high)}]`}`
}

export function pointWords(point: Point): string {
  const { status, tuned, margin } = point
  const parts = [
    status,
    ...(tuned === null ? [] : [value(tuned)]),
    changeWords(point),
    ...(margin === null ? [] : [`margin ${margin}`]),
  ]
  return parts.filter((part) => part !== '').join(', ')
}
