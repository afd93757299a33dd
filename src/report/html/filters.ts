import { type Finding, STATUSES } from '../../domain/finding.js'
import { countsOf } from '../counts.js'
import type { Marks } from './context.js'
import { html, type Markup, name } from './markup.js'

export interface Filtered extends Pick<Marks, 'detectors' | 'tasks'> {
  readonly marked: readonly Pick<Finding, 'status'>[]
  /** What they are, several of them. */
  readonly noun: string
}

/** Filters by detector, status and task; shown where scripts run, since without them everything is shown. */
export function filters({ marked, noun, detectors, tasks }: Filtered): Markup {
  if (marked.length === 0) return html``
  const option = (value: string | number, label: string) => html`<option value="${value}">${label}</option>`
  const counts = countsOf(marked)
  const statuses = STATUSES.filter((status) => counts[status] > 0)
  return html`<form id="filters" class="filters" aria-label="Filters" hidden>
<label>Detector <select name="d">${option('', 'all')}${detectors.map((detector, i) => option(i, detector))}</select></label>
<label>Verdict <select name="s">${option('', 'all')}${statuses.map((status) => option(status, `${status} (${counts[status]})`))}</select></label>
<label>Task <select name="t">${option('', 'all')}${option('all', 'pooled over tasks')}${tasks.map((task, i) => option(i, name(task)))}</select></label>
<button type="reset">Show all</button><output id="shown" aria-live="polite" data-noun="${noun}"></output></form>`
}
