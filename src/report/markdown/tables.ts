import type { Finding } from '../../domain/finding.js'
import { byCodeUnit } from '../../domain/order.js'
import type { Report } from '../../domain/report.js'
import { failingTasks, harmOf, isShown } from '../chosen.js'
import { clip } from '../clip.js'
import { mdCode, mdText } from '../markdown-text.js'
import { fixed, probability, signed } from '../numbers.js'
import { waivedClause } from '../sentences/waived.js'
import { type Section, table } from './budget.js'

/** Of a waiver's words. */
const LONGEST = 200

const HEADER = [
  '| Check | Baseline | Tuned | Change, interval | Margin | n | Verdict |',
  '| :-- | --: | --: | :-- | --: | --: | :-- |',
]

/** Failing tasks of one measure that get rows beside those that must pass. */
const MOST_TASKS = 4

/** What must pass and what fails; under a measure the tasks on which it fails, the worst first. */
export function decided(report: Report): Section {
  const pooled = report.findings.filter(({ task }) => task === null)
  const rows = pooled.flatMap((finding) => {
    const tasks = failingTasks(finding, report.findings).toSorted((a, b) => harmOf(b) - harmOf(a))
    const more = tasks.length - MOST_TASKS
    return [
      ...(isShown(finding, report) ? [row(finding)] : []),
      ...tasks.slice(0, MOST_TASKS).map(row),
      ...(more > 0 ? [`| ${mdCode(finding.measure)} fails on ${more} more tasks | | | | | | |`] : []),
    ]
  })
  const legend = [
    '',
    '<sub>Change is tuned − baseline; ~ where its interval holds 0. n: cases that carry the measure, of those paired.</sub>',
  ]
  return table(HEADER, rows, legend)
}

/** Every other measure, pooled. */
export function others(report: Report): Section {
  const rows = report.findings.filter((finding) => finding.task === null && !isShown(finding, report)).map(row)
  return folded(`Other measures (${rows.length})`, rows)
}

/** Every measure of every task. */
export function perTask({ findings }: Report): Section {
  const own = findings.filter(({ task, status }) => task !== null && status !== 'unmeasured')
  const rows = own.toSorted((a, b) => ORDER[a.status] - ORDER[b.status] || byCodeUnit(a.task!, b.task!)).map(row)
  return folded(`By task (${rows.length})`, rows)
}

const ORDER: Readonly<Record<Finding['status'], number>> = {
  fail: 0,
  inconclusive: 1,
  pass: 2,
  noted: 3,
  unmeasured: 4,
}

function folded(title: string, rows: readonly string[]): Section {
  return table(['<details>', `<summary>${title}</summary>`, '', ...HEADER], rows, ['', '</details>'])
}

const MARKS: Readonly<Record<Finding['status'], string>> = {
  pass: '✅ pass',
  fail: '❌ fail',
  inconclusive: '⚠️ inconclusive',
  noted: 'noted',
  unmeasured: 'unmeasured',
}

function row(finding: Finding): string {
  const { measure, task, baseline, tuned, margin, worse, n, eligible, status, role, adjustedP } = finding
  const test =
    status === 'fail' && adjustedP !== null ? `, adjusted p ${probability(adjustedP).replace('<', '&lt;')}` : ''
  const waiver = waivedClause(finding)
  const cells = [
    `${mdCode(measure)}${task === null ? '' : ` on ${mdCode(task)}`}`,
    value(baseline),
    value(tuned),
    changeOf(finding),
    margin === null ? '' : `${worse === 'lower' ? '−' : '+'}${margin}`,
    n === eligible ? `${n}` : `${n}/${eligible}`,
    `${MARKS[status]}${status === 'noted' ? '' : ` (${role}${test})`}${waiver === '' ? '' : `, ${mdText(clip(waiver, LONGEST))}`}`,
  ]
  return `| ${cells.join(' | ')} |`
}

function value(of: number | null): string {
  return of === null ? '' : fixed(of).replace('-', '−')
}

function changeOf({ change }: Finding): string {
  if (change === null) return ''
  const { value, low, high } = change
  if (low === null || high === null) return signed(value)
  return `${low <= 0 && high >= 0 ? '&#126; ' : ''}${signed(value)} &#91;${signed(low)}, ${signed(high)}&#93;`
}
