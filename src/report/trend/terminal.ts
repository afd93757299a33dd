import { printable } from '../../domain/printable.js'
import type { Series, Trend } from '../../domain/trend.js'
import { type Paint, paintOf } from '../terminal/paint.js'
import { wrap } from '../wrap.js'
import { sparkline } from './sparkline.js'
import { failures, headline, isShown, lastStatus, otherBaselines, reportsSentence, span, valuesOf } from './words.js'

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

function head(trend: Trend, paint: Paint): string[] {
  const names = wrap(reportsSentence(trend))
  if (trend.firstFail === null) {
    return [paint.bold(paint.of[trend.reports.at(-1)!.verdict](headline(trend))), ...names]
  }
  const [first = '', ...rest] = wrap(headline(trend))
  return [paint.bold(first), ...rest, ...names]
}

function lines(series: Series, { reports }: Trend, paint: Paint): string[] {
  const { measure, task, baseline } = series
  const status = lastStatus(series)
  const drawn = sparkline([baseline, ...valuesOf(series)].slice(-MOST_DRAWN))
  const where = task === null ? '' : ` on ${printable(task)}`
  const said = failures(series, reports)
  const text = [`${measure}${where}`, span(series), drawn, ...(said === null ? [] : [said])].join('  ')
  const [head = '', ...rest] = wrap(`${status.padEnd(14)} ${text}`, { first: '  ', rest: INDENT })
  return [`  ${paint.of[status](status)}${head.slice(2 + status.length)}`, ...rest]
}

function notes(trend: Trend): string[] {
  const note = otherBaselines(trend)
  return note === null ? [] : wrap(note, { rest: '  ' })
}
