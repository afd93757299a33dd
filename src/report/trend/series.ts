import type { Finding } from '../../domain/finding.js'
import { byCodeUnit } from '../../domain/order.js'
import type { Report } from '../../domain/report.js'
import type { NamedReport, Point, Series, Trend } from '../../domain/trend.js'

/** Audits side by side: nothing is estimated anew, and a change from one report to the next is not tested. */
export function trendOf(reports: readonly NamedReport[]): Trend {
  return {
    schemaVersion: 1,
    reports: reports.map(({ path, report }) => ({
      path,
      verdict: report.verdict,
      sameBaseline: sameBaseline(reports[0]!.report, report),
    })),
    firstFail: indexOf(reports, ({ report }) => report.verdict === 'fail'),
    series: seriesOf(reports.map(({ report }) => report)),
  }
}

/** Null where a baseline came from standard input. */
function sameBaseline(first: Report, other: Report): boolean | null {
  const [one, two] = [first, other].map(({ inputs }) => inputs.baseline.map(({ sha256 }) => sha256).sort())
  if (one!.includes(null) || two!.includes(null)) return null
  return String(one) === String(two)
}

function seriesOf(reports: readonly Report[]): Series[] {
  const byName = reports.map(({ findings }) => new Map(findings.map((finding) => [nameOf(finding), finding])))
  const all = new Map(reports.flatMap(({ findings }) => findings.map((finding) => [nameOf(finding), finding])))
  return [...all.values()].sort(byPlace).map((any) => {
    const own = byName.map((findings) => findings.get(nameOf(any)))
    const fails = (finding: Finding | undefined) => finding?.status === 'fail'
    const since = own.findLastIndex((finding) => !fails(finding)) + 1
    return {
      detector: any.detector,
      measure: any.measure,
      task: any.task,
      unit: any.unit,
      worse: any.worse,
      baseline: own.find((finding) => finding !== undefined)?.baseline ?? null,
      points: own.map((finding) => (finding === undefined ? null : pointOf(finding))),
      firstFail: indexOf(own, fails),
      failsSince: since < own.length ? since : null,
    }
  })
}

function pointOf({ tuned, change, margin, status, decides }: Finding): Point {
  return { tuned, change, margin, status, decides }
}

function indexOf<T>(list: readonly T[], is: (item: T) => boolean): number | null {
  const index = list.findIndex(is)
  return index < 0 ? null : index
}

function nameOf({ detector, measure, task }: Finding): string {
  return JSON.stringify([detector, measure, task])
}

/** As findings are: by detector and measure, the pooled one first. */
function byPlace(a: Finding, b: Finding): number {
  const task = a.task === b.task ? 0 : a.task === null ? -1 : b.task === null ? 1 : byCodeUnit(a.task, b.task)
  return byCodeUnit(a.detector, b.detector) || byCodeUnit(a.measure, b.measure) || task
}
