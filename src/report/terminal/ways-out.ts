import type { Finding } from '../../domain/finding.js'
import type { Report } from '../../domain/report.js'
import { attainable } from '../advice.js'
import { wrap } from '../wrap.js'

/** What to do with an inconclusive verdict, with numbers. */
export function waysOut({ verdict, findings, config, pairing }: Report): string[] {
  const open = findings.filter(
    ({ role, status, waiver }) => role === 'guarded' && status === 'inconclusive' && waiver === null,
  )
  if (verdict !== 'inconclusive' || open.length === 0) return []
  const ways = [
    lostCases(open, pairing),
    ...fillGaps(open, pairing),
    ...moreCases(open),
    widerMargin(open),
    onTheRecord(config.onInconclusive),
  ]
  return [
    'Ways out:',
    ...ways.filter((way) => way !== null).flatMap((way, i) => wrap(`${i + 1}  ${way}`, { first: '  ', rest: '     ' })),
  ]
}

/** What the tuned arm lost may be all that a measure lacks. */
function lostCases(open: readonly Finding[], { onlyBaseline: { count } }: Report['pairing']): string | null {
  const held = open.filter(isGap).map(({ measure }) => measure)
  if (count === 0 || held.length === 0) return null
  const lost = count === 1 ? 'the case' : `the ${count} cases`
  return `Run ${lost} that only the baseline has; for ${held.join(', ')} the tuned arm counts as the worst there.`
}

/** What the tuned arm leaves without a value must get one: more cases with the same gaps, or a wider margin, hide it. */
function fillGaps(open: readonly Finding[], { onlyBaseline }: Report['pairing']): string[] {
  const names = onlyBaseline.count > 0 ? [] : open.filter(isGap).map(({ measure }) => measure)
  return names.length === 0
    ? []
    : [
        `Give every tuned output what the baseline's have: ${names.join(', ')} would pass but for outputs without a value.`,
      ]
}

function isGap({ reason }: Finding): boolean {
  return reason?.code === 'worst-case-not-proven'
}

/** Each measure counts its own cases: not every case carries it. */
function moreCases(open: readonly Finding[]): string[] {
  const needs = open
    .filter((finding) => !isGap(finding))
    .map((finding) => ({ measure: finding.measure, n: finding.n, needed: attainable(finding) }))
  const short = needs.flatMap(({ measure, n, needed }) =>
    needed === null || needed <= n ? [] : [`${measure} about ${needed} (has ${n})`],
  )
  const enough = needs.filter(({ n, needed }) => needed !== null && needed <= n).map(({ measure }) => measure)
  const stuck = needs.filter(({ needed }) => needed === null).map(({ measure }) => measure)
  return [
    ...(short.length === 0 ? [] : [`More cases, for a harmless tune to pass: ${short.join(', ')}.`]),
    ...(enough.length === 0
      ? []
      : [`With these cases a harmless tune usually passes ${enough.join(', ')}: more of them may well show harm.`]),
    ...(stuck.length === 0 ? [] : [`More cases alone do not settle ${stuck.join(', ')}.`]),
  ]
}

/** A margin wider than so many times the one that holds would let through what it is there to stop. */
const WIDEST = 2

/** The smallest margins of two digits that hold, if every one of them can still be called a margin. */
function widerMargin(open: readonly Finding[]): string | null {
  const margins = open.map(({ measure, change, worse, reason, margin }) => {
    if (change === null || change.low === null || change.high === null || margin === null) return null
    const own = worse === 'lower' ? -change.low : change.high
    const end = reason?.code === 'worst-case-not-proven' ? reason.harmfulEnd : own
    if (end === null || end <= 0) return null
    const wide = Math.ceil(end * 100) / 100
    return wide > WIDEST * margin ? null : `${measure}=${wide.toFixed(2)}`
  })
  if (margins.includes(null)) return null
  return `A wider margin, if you can defend it: --margin ${margins.join(',')}`
}

function onTheRecord(onInconclusive: Report['config']['onInconclusive']): string | null {
  if (onInconclusive !== 'default') return null
  return 'Let it pass, on the record: --on-inconclusive pass'
}
