import type { Report } from '../../domain/report.js'
import { waysOut as sentences } from '../sentences/ways-out.js'
import { wrap } from '../wrap.js'

/** What to do with an inconclusive verdict, with numbers. */
export function waysOut(report: Report): string[] {
  const ways = sentences(report)
  if (ways.length === 0) return []
  return ['Ways out:', ...ways.flatMap((way, i) => wrap(`${i + 1}  ${way}`, { first: '  ', rest: '     ' }))]
}
