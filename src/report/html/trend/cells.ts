import type { Point } from '../../../domain/trend.js'
import { changeText, value } from '../forest.js'

/** A checkpoint in words: status, value, change with its interval, margin. */
export function pointWords(point: Point): string {
  const { status, tuned, margin } = point
  const parts = [
    status,
    ...(tuned === null ? [] : [value(tuned)]),
    changeText(point),
    ...(margin === null ? [] : [`margin ${margin}`]),
  ]
  return parts.filter((part) => part !== '').join(', ')
}
