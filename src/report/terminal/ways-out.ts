import type { Finding } from '../../domain/finding.js'
import type { Report } from '../../domain/report.js'
import { wrap } from '../wrap.js'

/** What to do with an inconclusive verdict, with numbers. */
export function waysOut({ verdict, findings, pairing, config }: Report): string[] {
  const open = findings.filter(({ role, status }) => role === 'guarded' && status === 'inconclusive')
  if (verdict !== 'inconclusive' || open.length === 0) return []
  const ways = [moreCases(open, pairing.cases), widerMargin(open), onTheRecord(config.onInconclusive)]
  return [
    'Ways out:',
    ...ways.filter((way) => way !== null).flatMap((way, i) => wrap(`${i + 1}  ${way}`, { first: '  ', rest: '     ' })),
  ]
}

function moreCases(open: readonly Finding[], cases: number): string | null {
  const needed = open.map(({ casesNeeded }) => casesNeeded?.toPass ?? null)
  if (needed.includes(null)) {
    const stuck = open.filter((_, i) => needed[i] === null).map(({ measure }) => measure)
    return `More cases alone do not settle ${stuck.join(', ')}: see the reason above.`
  }
  const most = Math.max(...needed.map(Number))
  return `More cases: about ${most} in all, ${Math.max(0, most - cases)} more than now, would pass a harmless tune.`
}

/** The smallest margins of two digits that hold. */
function widerMargin(open: readonly Finding[]): string | null {
  const margins = open.map(({ measure, change, worse, reason }) => {
    if (change === null || change.low === null || change.high === null) return null
    const own = worse === 'lower' ? -change.low : change.high
    const end = reason?.code === 'worst-case-not-proven' ? (reason.harmfulEnd ?? null) : own
    return end === null || end <= 0 ? null : `${measure}=${(Math.ceil(end * 100) / 100).toFixed(2)}`
  })
  if (margins.includes(null)) return null
  return `A wider margin, if you can defend it: --margin ${margins.join(',')}`
}

function onTheRecord(onInconclusive: Report['config']['onInconclusive']): string | null {
  if (onInconclusive !== 'default') return null
  return 'Let it pass, on the record: --on-inconclusive pass'
}
