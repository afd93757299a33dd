import type { Result } from '../cell.js'
import { INTERVAL_KINDS, type IntervalKind, isMeasure, type MeasureResult, settingOf } from './kinds.js'
import { errorRate, isTooLarge, percent, READINGS, type ReadingName, type Share } from './shares.js'
import { distinct, short, table } from './table.js'

/** What is read off the cells with a given harm. */
interface View {
  readonly title: string
  readonly harm: number
  readonly reading: ReadingName
  readonly isError: boolean
}

const VIEWS: readonly View[] = [
  { title: 'Harmful end errs, no harm', harm: 0, reading: 'harmfulEnd', isError: true },
  { title: 'Harmful end errs, harm at the margin', harm: 1, reading: 'harmfulEnd', isError: true },
  { title: 'Harm is shown (p < .05), no harm', harm: 0, reading: 'shown', isError: true },
  { title: 'Other end errs, harm at the margin', harm: 1, reading: 'otherEnd', isError: true },
  { title: 'Other end errs, twice the margin', harm: 2, reading: 'otherEnd', isError: true },
  { title: 'Passes, no harm', harm: 0, reading: 'pass', isError: false },
  { title: 'Fails, twice the margin', harm: 2, reading: 'fail', isError: false },
]

const ERRORS = VIEWS.filter(({ isError }) => isError)

/** One line per kind of interval: the range of each error over its cells. */
export function overview(results: readonly Result[]): string {
  const rows = INTERVAL_KINDS.flatMap((kind) => {
    const own = resultsOf(kind, results)
    if (own.length === 0) return []
    const ranges = ERRORS.map(({ harm, reading }) =>
      rangeOf(
        own.filter(({ cell }) => cell.harm === harm),
        reading,
      ),
    )
    return [[kind.title, short(own.length), ...ranges, short(tooLarge(own).length)]]
  })
  return table(['kind of interval', 'cells', ...ERRORS.map(({ title }) => title.toLowerCase()), 'above 6.5 %'], rows)
}

function rangeOf(results: readonly MeasureResult[], reading: ReadingName): string {
  const rates = results.map((result) => READINGS[reading](result)).filter(({ n }) => n > 0)
  if (rates.length === 0) return '–'
  const sorted = [...rates].sort((a, b) => a.events / a.n - b.events / b.n)
  return `${percent(sorted[0]!)}–${errorRate(sorted.at(-1)!)}`
}

/** Every kind with its tables: settings down, n across. */
export function byKind(results: readonly Result[]): string {
  return INTERVAL_KINDS.flatMap((kind) => {
    const own = resultsOf(kind, results)
    return own.length === 0 ? [] : [`### ${kind.title}\n\n${kind.about} Rows: ${kind.rate}.\n\n${matrices(own)}`]
  }).join('\n\n')
}

function matrices(results: readonly MeasureResult[]): string {
  return VIEWS.flatMap((view) => {
    const own = results.filter(({ cell }) => cell.harm === view.harm)
    if (own.length === 0) return []
    const sizes = distinct(own.map(({ cell }) => cell.n))
    const settings = [...new Set(own.sort(bySetting).map(({ cell }) => settingOf(cell)))]
    const rows = settings.map((setting) => [
      setting,
      ...sizes.map((n) => {
        const found = own.find(({ cell }) => cell.n === n && settingOf(cell) === setting)
        if (found === undefined) return ''
        const share = READINGS[view.reading](found)
        return view.isError ? errorRate(share) : percent(share)
      }),
    ])
    return [table([`${view.title}; % at n =`, ...sizes.map(short)], rows)]
  }).join('\n\n')
}

function bySetting({ cell: a }: MeasureResult, { cell: b }: MeasureResult): number {
  return a.samples - b.samples || order(a.clusters, b.clusters) || a.agreement - b.agreement || a.rate - b.rate
}

function order(a: string, b: string): number {
  const clusterings = ['none', 'even', 'uneven']
  return clusterings.indexOf(a) - clusterings.indexOf(b)
}

export function resultsOf(kind: IntervalKind, results: readonly Result[]): MeasureResult[] {
  return results.filter(isMeasure).filter(({ cell }) => kind.has(cell))
}

interface Finding {
  readonly result: MeasureResult
  readonly view: View
  readonly share: Share
}

/** Error rates above what is tolerated by more than simulation noise explains. */
function tooLarge(results: readonly MeasureResult[]): Finding[] {
  return results.flatMap((result) =>
    ERRORS.filter(({ harm }) => harm === result.cell.harm)
      .map((view) => ({ result, view, share: READINGS[view.reading](result) }))
      .filter(({ share }) => isTooLarge(share)),
  )
}

export function tooLargeTable(results: readonly Result[]): string {
  const rows = INTERVAL_KINDS.flatMap((kind) =>
    tooLarge(resultsOf(kind, results)).map(({ result: { cell, counts }, view, share }) => [
      `${kind.title}: ${settingOf(cell)}`,
      short(cell.n),
      view.title.toLowerCase(),
      percent(share),
      short(counts.trueHarm!),
      short(counts.meanHarm!),
    ]),
  )
  if (rows.length === 0) return 'None.'
  return table(['cell', 'n', 'error', '%', 'true harm', 'mean estimate'], rows)
}
