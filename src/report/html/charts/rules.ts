import type { Finding } from '../../../domain/finding.js'
import { LEGEND, pairedBars, percent } from '../bars.js'
import type { Context } from '../context.js'
import { changed } from '../forest.js'
import { html, type Markup, name } from '../markup.js'

const PREFIX = 'rule:'

/** Share of outputs that break each rule, pooled and per task. */
export function rules(findings: readonly Finding[], { marks }: Context): Markup | null {
  const own = findings.filter(({ measure }) => measure.startsWith(PREFIX))
  const pooled = new Map(own.flatMap(({ measure, task, n }) => (task === null ? [[measure, n] as const] : [])))
  const rows = own.flatMap((finding) => {
    const { measure, task, baseline, tuned, n } = finding
    if (baseline === null || tuned === null || (task !== null && pooled.get(measure) === n)) return []
    const label = html`${name(measure.slice(PREFIX.length))}${task === null ? null : html`<span class="sub">on ${name(task)}</span>`}`
    return [
      html`<tr ${marks(finding)}><th scope="row">${label}</th><td class="bar">${pairedBars(baseline, tuned)}</td><td class="num">${percent(baseline)} → ${percent(tuned)}</td><td class="num">${changed(finding)}</td></tr>`,
    ]
  })
  if (rows.length === 0) return null
  return html`${LEGEND}<div class="scroll" tabindex="0" role="region" aria-label="Violations per rule"><table class="small"><thead><tr><th scope="col">Rule</th><th scope="col" class="bar">Violated</th><th scope="col" class="num">Outputs</th><th scope="col" class="num">Change</th></tr></thead><tbody>${rows}</tbody></table></div>`
}
