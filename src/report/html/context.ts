import type { Finding } from '../../domain/finding.js'
import { sortedBy } from '../../domain/order.js'
import type { Report } from '../../domain/report.js'
import { type PlaceOf, placesOf } from '../places.js'
import { html, type Markup } from './markup.js'

export interface Context extends Marks {
  readonly report: Report
  readonly titleOf: (finding: Pick<Finding, 'detector' | 'measure'>) => string
  readonly placeOf: PlaceOf
}

export interface Marks {
  readonly detectors: readonly string[]
  readonly tasks: readonly string[]
  /** The attributes by which filters find an element. */
  readonly marks: (of: Marked) => Markup
}

export interface Marked {
  readonly detector: string
  readonly task: string | null
  readonly status?: Finding['status']
}

export function contextOf(report: Report): Context {
  const titles = new Map(
    report.detectors.flatMap(({ id, measures }) => measures.map((one) => [JSON.stringify([id, one.id]), one.title])),
  )
  return {
    ...marksOf(report.findings),
    report,
    titleOf: ({ detector, measure }) => titles.get(JSON.stringify([detector, measure])) ?? '',
    placeOf: placesOf(report),
  }
}

export function marksOf(all: readonly Pick<Finding, 'detector' | 'task'>[]): Marks {
  const detectors = [...new Set(all.map(({ detector }) => detector))]
  const tasks = sortedBy(new Set(all.flatMap(({ task }) => (task === null ? [] : [task]))), (task) => task)
  const detectorAt = new Map(detectors.map((detector, i) => [detector, i]))
  const taskAt = new Map(tasks.map((task, i) => [task, i]))
  return {
    detectors,
    tasks,
    marks: ({ detector, task, status }) => {
      const own = status === undefined ? null : html` data-s="${status}"`
      return html`data-d="${detectorAt.get(detector) ?? ''}" data-t="${task === null ? 'all' : (taskAt.get(task) ?? '')}"${own}`
    },
  }
}
