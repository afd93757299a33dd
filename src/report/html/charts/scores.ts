import { scaleLinear } from 'd3-scale'
import type { Finding } from '../../../domain/finding.js'
import { harmOf } from '../../chosen.js'
import type { Context } from '../context.js'
import { badge, changed, value } from '../forest.js'
import { html, type Markup, name } from '../markup.js'

const MOST = 60

/** One measure by task with intervals, where several tasks carry it, in its own unit, the worst first; the margin is the dashed line. */
export function byTask(findings: readonly Finding[], { marks }: Context): Markup | null {
  const pooled = findings.find(({ task }) => task === null)
  const known = findings.filter(
    ({ change, task, n }) =>
      change !== null && change.low !== null && change.high !== null && (task === null || n !== pooled?.n),
  )
  if (known.every(({ task }) => task === null)) return null
  const shown = known
    .toSorted((a, b) => Number(a.task !== null) - Number(b.task !== null) || harmOf(b) - harmOf(a))
    .slice(0, MOST)
  const { margin, worse } = shown[0]!
  const tolerated = margin === null ? 0 : worse === 'lower' ? -margin : margin
  const ends = shown.flatMap(({ change }) => [change!.low!, change!.high!])
  const x = scaleLinear()
    .domain([Math.min(0, tolerated, ...ends), Math.max(0, tolerated, ...ends)])
    .nice(5)
    .range([4, 96])
  const at = (of: number) => `${x(of).toFixed(1)}%`
  const guides = html`<line class="zero" x1="${at(0)}" x2="${at(0)}" y1="0" y2="18"/>${margin === null ? null : html`<line class="tolerated" x1="${at(tolerated)}" x2="${at(tolerated)}" y1="0" y2="18"/>`}`
  const rows = shown.map((finding) => {
    const { task, status, change, baseline, tuned } = finding
    const plot = html`<svg class="own ${status}" aria-hidden="true">${guides}<line x1="${at(change!.low!)}" x2="${at(change!.high!)}" y1="9" y2="9"/><circle cx="${at(change!.value)}" cy="9" r="4"/></svg>`
    const arms = baseline === null || tuned === null ? '' : `${value(baseline)} → ${value(tuned)}`
    return html`<tr ${task === null ? null : marks(finding)}><th scope="row">${task === null ? 'all' : name(task)}<span class="sub">n ${finding.n}</span></th><td>${badge(status)}</td><td class="plot">${plot}</td><td class="num">${arms}</td><td class="num">${changed(finding)}</td></tr>`
  })
  const ticks = x.ticks(5).map((tick) => html`<text x="${at(tick)}" y="12">${String(tick).replace('-', '−')}</text>`)
  const more = known.length - shown.length
  return html`<div class="scroll" tabindex="0" role="region" aria-label="By task"><table class="small tasks"><thead><tr><th scope="col">Task</th><th scope="col">Verdict</th><th scope="col" class="plot"><svg class="own axis" role="img" aria-label="Change, tuned minus baseline">${ticks}</svg></th><th scope="col" class="num">Baseline → tuned</th><th scope="col" class="num">Change, interval</th></tr></thead><tbody>${rows}</tbody></table></div>${more === 0 ? null : html`<p class="note">${more} more tasks, less harmed: see all findings.</p>`}`
}
