import type { Finding } from '../../../src/domain/finding.js'
import type { Report } from '../../../src/domain/report.js'
import type { Trend } from '../../../src/domain/trend.js'
import { trendOf } from '../../../src/report/trend/series.js'
import { demo } from '../faces/reports.js'

/** Checkpoints of one tune made of one report: the first without failures, the second with half of each change. */
export function trendOfDemo(report: Report = demo()): Trend {
  return trendOf([
    { path: 'step-100.json', report: weakened(report, 0, 'pass') },
    { path: 'step-200.json', report: weakened(report, 0.5, 'inconclusive') },
    { path: 'step-300.json', report },
  ])
}

function weakened(report: Report, by: number, instead: 'pass' | 'inconclusive'): Report {
  const findings = report.findings.map((finding): Finding => {
    const { change, baseline, status } = finding
    if (change === null) return finding
    const moved = { ...change, value: by * change.value, low: scaled(change.low, by), high: scaled(change.high, by) }
    return {
      ...finding,
      status: status === 'fail' ? instead : status,
      change: moved,
      tuned: baseline === null ? null : baseline + moved.value,
    }
  })
  return { ...report, verdict: instead, findings }
}

function scaled(end: number | null, by: number): number | null {
  return end === null ? null : by * end
}
