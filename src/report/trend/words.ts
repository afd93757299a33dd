import type { Status } from '../../domain/finding.js'
import { printable } from '../../domain/printable.js'
import type { Series, Trend, TrendReport } from '../../domain/trend.js'
import { fixed } from '../numbers.js'
import { listed } from '../words.js'

/** Sentences about a trend: the same at a terminal and on a page. */

const MOST_NAMED = 6

export function headline({ reports, firstFail, series }: Trend): string {
  if (firstFail === null) return 'No report fails.'
  const begun = series.filter((own) => own.firstFail === firstFail && own.points[firstFail]?.decides)
  const measures = [...new Set(begun.map(({ measure }) => measure))]
  return `First failure: ${nameOf(reports[firstFail]!)}, by ${listed(measures, MOST_NAMED)}.`
}

export function reportsSentence({ reports }: Trend): string {
  const verdicts = reports.map((report) => `${nameOf(report)} ${report.verdict}`)
  return `${reports.length} reports: ${listed(verdicts, MOST_NAMED)}.`
}

/** Where a series fails; null where it does nowhere. */
export function failures({ firstFail, failsSince, points }: Series, reports: readonly TrendReport[]): string | null {
  if (firstFail === null) return null
  const name = nameOf(reports[firstFail]!)
  const own = points.filter((point) => point?.status === 'fail').length
  if (firstFail === failsSince) return `first fails at ${name}, and since`
  return `first fails at ${name}; in ${own} of ${points.length} reports`
}

/** Reports whose values are of other outputs than the first one's; null where there are none. */
export function otherBaselines({ reports }: Trend): string | null {
  const others = reports.filter(({ sameBaseline }) => sameBaseline === false)
  if (others.length === 0) return null
  const names = listed(others.map(nameOf), MOST_NAMED)
  return `Note: not held against the baseline of ${nameOf(reports[0]!)}: ${names}. Their values are of other outputs.`
}

export function nameOf({ path }: TrendReport): string {
  return printable(path)
}

/** The status in the last report. */
export function lastStatus({ points }: Series): Status {
  return points.at(-1)?.status ?? 'unmeasured'
}

/** What to draw: the tuned value, or the one number of the pair. */
export function valuesOf({ points }: Series): (number | null)[] {
  return points.map((point) => point?.tuned ?? point?.change?.value ?? null)
}

/** From the baseline, or the first value, to the last one. */
export function span(series: Series): string {
  const values = valuesOf(series)
  const [first, last] = [series.baseline ?? values[0] ?? null, values.at(-1) ?? null]
  return `${first === null ? '–' : fixed(first)} → ${last === null ? '–' : fixed(last)}`
}

/** Pooled measures that may decide, and of tasks what failed once and is not all that the pooled measure has. */
export function isShown(series: Series, all: readonly Series[]): boolean {
  const { task, points, firstFail, detector, measure } = series
  if (task === null)
    return firstFail !== null || points.some((point) => point?.decides && point.status !== 'unmeasured')
  if (firstFail === null) return false
  const pooled = all.find((own) => own.task === null && own.detector === detector && own.measure === measure)
  return points.some((point, i) => point?.tuned !== pooled?.points[i]?.tuned)
}
