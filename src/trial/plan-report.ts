import { BUCKETS } from '../audit/buckets.js'
import { sampleLimit } from '../audit/case-sample.js'
import { weigh } from '../audit/family.js'
import type { AnyDetector } from '../domain/detector.js'
import type { Change, Finding } from '../domain/finding.js'
import type { Measure } from '../domain/measure.js'
import { nearest } from '../domain/nearest.js'
import { sortedBy } from '../domain/order.js'
import type { PlannedMeasure, Unplanned } from '../domain/plan.js'
import { AuditError } from '../domain/problem.js'
import type { Report } from '../domain/report.js'
import type { Outlook } from '../stats/sample-size.js'
import { spreadOfJackknife, spreadOfTango } from '../stats/spread.js'
import { planned } from './planned.js'

export interface ReportTrial {
  readonly report: Report
  readonly detectors: readonly AnyDetector[]
  /** By measure, or `detector.measure`: in place of the report's own. */
  readonly margins: ReadonlyMap<string, number>
  /** Null for the report's own. */
  readonly alpha: number | null
  /** Cases to plan for; null for as many as the report compared. */
  readonly planFor: number | null
}

export interface ReportPlan {
  readonly alpha: number
  readonly cases: number
  readonly tasks: number
  readonly measures: readonly PlannedMeasure[]
  readonly unplanned: readonly Unplanned[]
}

interface Known extends Finding {
  readonly margin: number
  readonly threshold: number
  readonly change: Change & { readonly low: number; readonly high: number; readonly level: number }
}

/** From the intervals of a past run: the spread of its changes, whatever they were. Measures not known here are left out. */
export function planReport(trial: ReportTrial): ReportPlan {
  const { report, planFor } = trial
  const tasks = tasksOf(report)
  const family = report.findings.filter(isTested)
  const [first] = family
  if (first === undefined) throw usage('the report judged nothing: it has no measure with an interval and a margin.')
  requireKnown(trial)
  const alpha = trial.alpha ?? first.threshold
  const weights = weigh(family)
  const scale = planFor === null ? 1 : planFor / report.pairing.cases
  const measures = family.flatMap((finding, i) => {
    const measure = measureOf(finding, trial)
    if (finding.role !== 'guarded' || finding.task !== null || measure === null) return []
    const margin = marginIn(finding, trial)
    const mostCases = measure.corpus === undefined ? null : sampleLimit(tasks) * tasks
    const n = Math.min(Math.round(finding.n * scale), mostCases ?? Number.POSITIVE_INFINITY)
    const rest = { alpha, tail: alpha * weights[i]!, range: measure.range, buckets: BUCKETS }
    const own = outlookOf(finding, finding.change, { ...rest, margin })
    return [
      planned({
        detector: finding.detector,
        measure: finding.measure,
        unit: finding.unit,
        worse: finding.worse,
        basis: 'report',
        outlooks: [own, ...worstCaseOf(finding, { ...rest, margin })],
        n,
        casesPerCluster: finding.n / finding.clusters,
        mostCases,
        samples: null,
      }),
    ]
  })
  return {
    alpha,
    cases: planFor ?? report.pairing.cases,
    tasks,
    measures,
    unplanned: report.findings.flatMap(unplanned),
  }
}

function tasksOf({ findings }: Report): number {
  return Math.max(1, new Set(findings.flatMap(({ task }) => (task === null ? [] : [task]))).size)
}

function isTested(finding: Finding): finding is Known {
  const { decides, margin, threshold, change } = finding
  if (!decides || margin === null || threshold === null || change === null) return false
  return change.low !== null && change.high !== null && change.level !== null
}

/** What a measure is, whatever its options; null where this version does not know it. */
function measureOf(finding: Finding, { detectors }: ReportTrial): Measure | null {
  const detector = detectors.find(({ id }) => id === finding.detector)
  if (detector === undefined) return null
  const { measures } = detector.prepare(detector.described ?? detector.defaults)
  return measures.find(({ id }) => id === finding.measure) ?? null
}

function marginIn({ detector, measure, margin }: Known, { margins }: ReportTrial): number {
  return margins.get(`${detector}.${measure}`) ?? margins.get(measure) ?? margin
}

function requireKnown({ report, margins }: ReportTrial): void {
  const known = new Set(report.findings.flatMap(({ detector, measure }) => [measure, `${detector}.${measure}`]))
  for (const name of margins.keys()) {
    if (known.has(name)) continue
    const names = sortedBy(new Set(report.findings.map(({ measure }) => measure)), (each) => each)
    throw new AuditError({ code: 'unknown-name', what: 'measure', name, nearest: nearest(name, known), known: names })
  }
}

function usage(message: string): AuditError {
  return new AuditError({ code: 'usage', message })
}

type Rest = Pick<Outlook, 'alpha' | 'tail' | 'range' | 'buckets' | 'margin'>

function outlookOf({ n, clusters, worse }: Finding, change: Known['change'], rest: Rest): Outlook {
  const alpha = (1 - change.level) / 2
  const sign = worse === 'lower' ? -1 : 1
  const harm = sign * change.value
  const low = sign === 1 ? change.low : -change.high
  const yesNo = change.method === 'tango'
  const sigma = yesNo
    ? spreadOfTango({ n, harm, low, alpha })
    : spreadOfJackknife({ clusters, harm, low, alpha, buckets: BUCKETS })
  return { ...rest, sigma, yesNo }
}

/** The same at the worst that missing values could be, where some were missing. */
function worstCaseOf(finding: Known, rest: Rest): Outlook[] {
  const worst = finding.details.worstCase
  if (typeof worst !== 'object' || worst === null) return []
  const { change: value, low, high } = { change: null, low: null, high: null, ...worst }
  if (typeof value !== 'number' || typeof low !== 'number' || typeof high !== 'number') return []
  const offset = Math.abs(value - finding.change.value)
  return [
    outlookOf(
      finding,
      { ...finding.change, value, low, high, method: 'jackknife' },
      { ...rest, margin: rest.margin - offset },
    ),
  ]
}

function unplanned({ task, role, detector, measure, reason, status }: Finding): Unplanned[] {
  if (task !== null || role !== 'guarded' || status !== 'unmeasured' || reason === null) return []
  return [{ detector, measure, reason }]
}
