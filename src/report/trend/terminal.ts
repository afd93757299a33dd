import { printable } from '../../domain/printable.js'
import type { Series, Trend, TrendReport } from '../../domain/trend.js'
import { fixed } from '../numbers.js'
import { type Paint, paintOf } from '../terminal/paint.js'
import { listed } from '../words.js'
import { wrap } from '../wrap.js'
import { sparkline } from './sparkline.js'

const MOST_NAMED = 6
/** Later points say more than earlier ones. */
const MOST_DRAWN = 30
const INDENT = ' '.repeat(17)

/** For a terminal of 80 columns: what decided or failed anywhere, each as a line. */
export function renderTrend(trend: Trend, { color }: { readonly color: boolean }): string {
  const paint = paintOf(color)
  const shown = trend.series.filter((series) => isShown(series, trend.series))
  const detectors = [...new Set(shown.map(({ detector }) => detector))]
  const sections = [
    head(trend, paint),
    ...detectors.map((detector) => [
      paint.bold(detector),
      ...shown.filter((series) => series.detector === detector).flatMap((series) => lines(series, trend, paint)),
    ]),
    notes(trend),
  ]
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n')}\n`
}

/** Pooled measures that may decide, and of tasks what failed once and is not all that the pooled measure has. */
function isShown(series: Series, all: readonly Series[]): boolean {
  const { task, points, firstFail, detector, measure } = series
  if (task === null)
    return firstFail !== null || points.some((point) => point?.decides && point.status !== 'unmeasured')
  if (firstFail === null) return false
  const pooled = all.find((own) => own.task === null && own.detector === detector && own.measure === measure)
  return points.some((point, i) => point?.tuned !== pooled?.points[i]?.tuned)
}

function head({ reports, firstFail, series }: Trend, paint: Paint): string[] {
  const last = reports.at(-1)!
  const names = wrap(
    `${reports.length} reports: ${listed(
      reports.map((report) => `${nameOf(report)} ${report.verdict}`),
      MOST_NAMED,
    )}.`,
  )
  if (firstFail === null) return [paint.bold(paint.of[last.verdict]('No report fails.')), ...names]
  const begun = series.filter((own) => own.firstFail === firstFail && own.points[firstFail]?.decides)
  const measures = [...new Set(begun.map(({ measure }) => measure))]
  const [first = '', ...rest] = wrap(
    `First failure: ${nameOf(reports[firstFail]!)}, by ${listed(measures, MOST_NAMED)}.`,
  )
  return [paint.bold(first), ...rest, ...names]
}

function lines(series: Series, { reports }: Trend, paint: Paint): string[] {
  const { measure, task, baseline, points } = series
  const status = points.at(-1)?.status ?? 'unmeasured'
  const values = points.map((point) => point?.tuned ?? point?.change?.value ?? null)
  const drawn = sparkline([baseline, ...values].slice(-MOST_DRAWN))
  const where = task === null ? '' : ` on ${printable(task)}`
  const said = failures(series, reports)
  const text = [`${measure}${where}`, span(baseline, values), drawn, ...(said === null ? [] : [said])].join('  ')
  const [head = '', ...rest] = wrap(`${status.padEnd(14)} ${text}`, { first: '  ', rest: INDENT })
  return [`  ${paint.of[status](status)}${head.slice(2 + status.length)}`, ...rest]
}

function span(baseline: number | null, values: readonly (number | null)[]): string {
  const [first, last] = [baseline ?? values[0] ?? null, values.at(-1) ?? null]
  return `${first === null ? '–' : fixed(first)} → ${last === null ? '–' : fixed(last)}`
}

function failures({ firstFail, failsSince, points }: Series, reports: readonly TrendReport[]): string | null {
  if (firstFail === null) return null
  const name = nameOf(reports[firstFail]!)
  const own = points.filter((point) => point?.status === 'fail').length
  if (firstFail === failsSince) return `first fails at ${name}, and since`
  return `first fails at ${name}; in ${own} of ${points.length} reports`
}

function notes({ reports }: Trend): string[] {
  const others = reports.filter(({ sameBaseline }) => sameBaseline === false)
  if (others.length === 0) return []
  const names = listed(others.map(nameOf), MOST_NAMED)
  return wrap(
    `Note: not held against the baseline of ${nameOf(reports[0]!)}: ${names}. Their values are of other outputs.`,
    { rest: '  ' },
  )
}

function nameOf({ path }: TrendReport): string {
  return printable(path)
}
