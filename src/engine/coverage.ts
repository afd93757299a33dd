import type { Observation } from '../audit/observation.js'
import type { Finding } from '../domain/finding.js'
import type { MeasuredCases, TaskCoverage } from '../domain/report.js'

/** How far findings reach into each task. In a run of one task the pooled findings are the task's. */
export function taskCoverage(observation: Observation, findings: readonly Finding[]): TaskCoverage[] {
  const tasks = observation.observed()
  const guarded = new Set(findings.filter(({ task, role }) => task === null && role === 'guarded').map(keyOf))
  return tasks.map(([task, { cases }]) => {
    const own = findings.filter((finding) => finding.task === (tasks.length > 1 ? task : null) && isMeasured(finding))
    return {
      task,
      cases,
      scored: observation.census.carries('score', [task]),
      guarded: own.filter((finding) => guarded.has(keyOf(finding))).map(measuredCases),
      watched: own.filter((finding) => !guarded.has(keyOf(finding)) && finding.role !== 'noted').map(measuredCases),
    }
  })
}

function isMeasured({ status }: Finding): boolean {
  return status !== 'unmeasured'
}

function keyOf({ detector, measure }: Finding): string {
  return `${detector}.${measure}`
}

function measuredCases({ detector, measure, n }: Finding): MeasuredCases {
  return { detector, measure, cases: n }
}
