import type { Finding } from '../../domain/finding.js'
import { sortedBy } from '../../domain/order.js'
import type { Report } from '../../domain/report.js'
import { type PlaceOf, placesOf } from '../places.js'
import { html, type Markup } from './markup.js'

export interface Context {
  readonly report: Report
  readonly detectors: readonly string[]
  readonly tasks: readonly string[]
  readonly titleOf: (finding: Pick<Finding, 'detector' | 'measure'>) => string
  readonly placeOf: PlaceOf
  /** The attributes by which filters find an element. */
  readonly marks: (of: Marked) => Markup
}

export interface Marked {
  readonly detector: string
  readonly task: string | null
  readonly status?: Finding['status']
}

export function contextOf(report: Report): Context {
  const detectors = [...new Set(report.findings.map(({ detector }) => detector))]
  const tasks = sortedBy(new Set(report.findings.flatMap(({ task }) => (task === null ? [] : [task]))), (task) => task)
  const detectorAt = new Map(detectors.map((detector, i) => [detector, i]))
  const taskAt = new Map(tasks.map((task, i) => [task, i]))
  const titles = new Map(
    report.detectors.flatMap(({ id, measures }) => measures.map((one) => [JSON.stringify([id, one.id]), one.title])),
  )
  return {
    report,
    detectors,
    tasks,
    titleOf: ({ detector, measure }) => titles.get(JSON.stringify([detector, measure])) ?? '',
    placeOf: placesOf(report),
    marks: ({ detector, task, status }) => {
      const own = status === undefined ? null : html` data-s="${status}"`
      return html`data-d="${detectorAt.get(detector) ?? ''}" data-t="${task === null ? 'all' : (taskAt.get(task) ?? '')}"${own}`
    },
  }
}
