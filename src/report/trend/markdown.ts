import type { Series, Trend, TrendReport } from '../../domain/trend.js'
import { mdCode, mdText } from '../markdown-text.js'
import { sparkline } from './sparkline.js'
import { failures, headline, isShown, lastStatus, otherBaselines, reportsSentence, span, valuesOf } from './words.js'

/** GitHub refuses comments of more than 65,536 characters; a row has some 200. */
const MOST_ROWS = 200
const MOST_DRAWN = 30

/** For pull requests and job summaries: what decided or failed anywhere, a row each. */
export function renderTrendMarkdown(trend: Trend): string {
  const shown = trend.series.filter((series) => isShown(series, trend.series))
  const rows = shown.slice(0, MOST_ROWS).map((series) => row(series, trend.reports))
  const note = otherBaselines(trend)
  const left = shown.length - rows.length
  const parts = [
    `**${mdText(headline(trend))}**`,
    mdText(reportsSentence(trend)),
    ...(rows.length === 0 ? [] : [[HEAD, RULE, ...rows].join('\n')]),
    ...(left > 0 ? [`${left} more measures: see the JSON.`] : []),
    ...(note === null ? [] : [mdText(note)]),
  ]
  return `${parts.join('\n\n')}\n`
}

const HEAD = '| measure | last | values | course | fails |'
const RULE = '| --- | --- | --- | --- | --- |'

function row(series: Series, reports: readonly TrendReport[]): string {
  const { measure, task, baseline } = series
  const course = sparkline([baseline, ...valuesOf(series)].slice(-MOST_DRAWN))
  const cells = [
    `${mdCode(measure)}${task === null ? '' : ` on ${mdCode(task)}`}`,
    lastStatus(series),
    span(series),
    course,
    mdText(failures(series, reports) ?? ''),
  ]
  return `| ${cells.join(' | ')} |`
}
