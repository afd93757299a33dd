import { STATUSES } from '../../domain/finding.js'
import { countsOf } from '../counts.js'
import type { Context } from './context.js'
import { html, type Markup, name } from './markup.js'

/** Filters by detector, status and task; shown where scripts run, since without them everything is shown. */
export function filters({ report, detectors, tasks }: Context): Markup {
  if (report.findings.length === 0) return html``
  const option = (value: string | number, label: string) => html`<option value="${value}">${label}</option>`
  const counts = countsOf(report.findings)
  const statuses = STATUSES.filter((status) => counts[status] > 0)
  return html`<form id="filters" class="filters" aria-label="Filters" hidden>
<label>Detector <select name="d">${option('', 'all')}${detectors.map((detector, i) => option(i, detector))}</select></label>
<label>Verdict <select name="s">${option('', 'all')}${statuses.map((status) => option(status, `${status} (${counts[status]})`))}</select></label>
<label>Task <select name="t">${option('', 'all')}${option('all', 'pooled over tasks')}${tasks.map((task, i) => option(i, name(task)))}</select></label>
<button type="reset">Show all</button><output id="shown" aria-live="polite"></output></form>`
}
