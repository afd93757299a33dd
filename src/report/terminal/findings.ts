import type { Finding } from '../../domain/finding.js'
import { printable } from '../../domain/printable.js'
import type { Report } from '../../domain/report.js'
import { attainable } from '../advice.js'
import { contextOf } from '../context.js'
import { fixed, probability, signed } from '../numbers.js'
import { explainReason } from '../reason.js'
import { listed } from '../words.js'
import { WIDTH, wrap } from '../wrap.js'
import type { Paint } from './paint.js'
import { LEGEND, PICTURE_WIDTH, picture } from './picture.js'
import { perTask } from './tasks.js'

/** Failing tasks of one measure that get lines of their own. */
const MOST_TASKS = 4

/** What decided, by detector: guarded measures, whatever fails, and one line for the rest. */
export function decided(report: Report, paint: Paint): string[][] {
  const detectors = [...new Set(report.findings.map(({ detector }) => detector))]
  const sections = detectors.flatMap((detector) => {
    const lines = section(
      report.findings.filter((finding) => finding.detector === detector),
      report,
      paint,
    )
    return lines.length === 0 ? [] : [[paint.bold(detector), ...lines]]
  })
  const drawn = sections.flat().some((line) => line.includes('●'))
  if (drawn) sections[0]![0] = `${sections[0]![0]}  ${paint.dim(LEGEND)}`
  return sections
}

function section(own: readonly Finding[], report: Report, paint: Paint): string[] {
  const pooled = own.filter(({ task }) => task === null)
  const lines = pooled.flatMap((finding) => {
    const tasks = own.filter(({ task, measure }) => task !== null && measure === finding.measure)
    // What one task alone carries is said once.
    const failing = tasks.filter(({ status, n }) => status === 'fail' && n !== finding.n)
    if (!isShown(finding, report)) return failing.length === 0 ? [] : taskLines(failing, paint)
    return [...findingLines(finding, paint), ...perTask(finding, tasks), ...taskLines(failing, paint)]
  })
  return [...lines, ...rest(pooled, report)]
}

/** What must pass, what fails, and what only a detector at warn keeps from it. */
function isShown({ detector, role, status, margin }: Finding, { config }: Report): boolean {
  const warns = config.detectors[detector]?.level === 'warn' && margin !== null && status !== 'unmeasured'
  return status === 'fail' || (role === 'guarded' && status !== 'unmeasured') || warns
}

/** Watched measures that did not fail cannot hold a run up: their names do. */
function rest(pooled: readonly Finding[], report: Report): string[] {
  const others = pooled.filter((finding) => finding.role === 'watched' && !isShown(finding, report))
  const named = (status: Finding['status']) =>
    others.filter((finding) => finding.status === status).map(({ measure }) => measure)
  const parts = [
    ...(named('pass').length === 0 ? [] : [`pass: ${named('pass').join(', ')}`]),
    ...(named('inconclusive').length === 0 ? [] : [`open, does not decide: ${named('inconclusive').join(', ')}`]),
  ]
  return parts.length === 0 ? [] : wrap(`watched        ${parts.join('; ')}`, { first: '  ', rest: INDENT })
}

const INDENT = ' '.repeat(17)

/** The worst first; where many fail, the others by name. */
function taskLines(failing: readonly Finding[], paint: Paint): string[] {
  const worstFirst = failing.toSorted((a, b) => harmOf(b) - harmOf(a))
  const others = worstFirst.slice(MOST_TASKS)
  const names = others.map(({ task }) => printable(task!))
  const more = names.length === 0 ? [] : wrap(`fails too on ${listed(names, 8)}`, { first: INDENT, rest: INDENT })
  return [...worstFirst.slice(0, MOST_TASKS).flatMap((finding) => findingLines(finding, paint)), ...more]
}

function harmOf({ change, worse }: Finding): number {
  return (change?.value ?? 0) * (worse === 'lower' ? -1 : 1)
}

function findingLines(finding: Finding, paint: Paint): string[] {
  const { measure, task, status, role, n, eligible, reason } = finding
  const cases = n === eligible ? `n ${n}` : `n ${n}/${eligible}`
  const where = task === null ? '' : ` on ${printable(task)}`
  const title = wrap(
    `${status.padEnd(14)} ${measure}${where}  ${arms(finding)}  ${role}, ${cases}${unrelaxed(finding)}`,
    {
      first: '  ',
      rest: INDENT,
    },
  )
  const [head = '', ...tail] = title
  const why = reason === null ? [] : [`${explainReason(reason)}${testOf(finding)}`]
  const notes = [...why, ...reach(finding), ...contextOf(finding)]
  return [
    `  ${paint.of[status](status)}${head.slice(2 + status.length)}`,
    ...tail,
    ...numbers(finding),
    ...notes.flatMap((note) => wrap(note, { first: INDENT, rest: INDENT })),
  ]
}

/** What the config's relaxations keep the measure from. */
function unrelaxed({ status, wouldBe, waiver }: Finding): string {
  if (waiver !== null) return `, waived until ${waiver.expires}`
  if (wouldBe === null || wouldBe === status) return ''
  return wouldBe === 'inconclusive' ? ', would be inconclusive' : `, would ${wouldBe}`
}

/** For what stayed open: how much harm it could have shown, and how many cases would settle it. */
function reach({ status, detectable, casesNeeded, n }: Finding): string[] {
  if (status !== 'inconclusive' || detectable === null) return []
  const needed = attainable({ casesNeeded, n })
  const enough = needed !== null && needed <= n
  const cases = enough
    ? 'a harmless tune usually passes with these cases'
    : `about ${needed} cases would pass a harmless tune`
  const more = needed === null ? '' : `; ${cases}`
  return [`this run could have shown harm of ${detectable.toFixed(4)}${more}`]
}

function arms({ baseline, tuned }: Finding): string {
  return baseline === null || tuned === null ? '' : `${fixed(baseline)} → ${fixed(tuned)}`
}

/** What a fail is checked on; a pass is checked on the interval. */
function testOf({ status, adjustedP, threshold }: Finding): string {
  return status !== 'fail' || adjustedP === null ? '' : ` (adjusted p ${probability(adjustedP)}, α ${threshold})`
}

/** Change, interval and margin in figures, and the same as a picture where the line has room. */
function numbers(finding: Finding): string[] {
  const { change, margin, worse } = finding
  const parts = []
  if (change !== null) parts.push(`${signed(change.value)}${interval(change)}`)
  if (margin !== null) parts.push(`margin ${worse === 'lower' ? '−' : '+'}${margin}`)
  if (parts.length === 0) return []
  const text = INDENT + parts.join(', ')
  const drawn = picture(finding)
  const room = WIDTH - PICTURE_WIDTH
  if (drawn === null) return [text]
  return text.length < room ? [text.padEnd(room) + drawn] : [text, ' '.repeat(room) + drawn]
}

function interval({ low, high }: NonNullable<Finding['change']>): string {
  return low === null || high === null ? '' : ` [${signed(low)}, ${signed(high)}]`
}
