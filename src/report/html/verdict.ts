import { type Finding, STATUSES } from '../../domain/finding.js'
import { countsOf } from '../counts.js'
import { filesOf } from '../sentences/compared.js'
import { relaxed } from '../sentences/relaxed.js'
import { verdictSentence } from '../sentences/verdict.js'
import { waysOut } from '../sentences/ways-out.js'
import type { Context } from './context.js'
import { html, type Markup } from './markup.js'

/** The verdict and why: what a reader takes along who reads nothing else. */
export function verdict({ report }: Context): Markup {
  const { verdict: word, exitCode, config, tool } = report
  const mode = config.gate === 'report' && word !== 'error' ? ', report only' : ''
  const ways = waysOut(report)
  return html`<header class="verdict ${word}"><div class="wrap">
<p class="tool">${tool.name} ${tool.version}</p>
<h1><span class="word">${word}</span><span class="exit">exit ${exitCode}${mode}</span></h1>
<p class="why">${verdictSentence(report)}</p>
${relaxed(report).map((sentence) => html`<p class="relaxed">${sentence}</p>`)}
${ways.length === 0 ? null : html`<h2 class="ways">Ways out</h2><ol>${ways.map((way) => html`<li>${way}</li>`)}</ol>`}
${chips(report.findings)}
<p class="arms">baseline <b>${filesOf(report, 'baseline') ?? 'none'}</b><br>tuned <b>${filesOf(report, 'tuned') ?? 'none'}</b></p>
</div></header>`
}

/** How many findings have each status; a press shows them alone. */
export function chips(findings: readonly Pick<Finding, 'status'>[]): Markup {
  if (findings.length === 0) return html``
  const counts = countsOf(findings)
  return html`<p class="chips">${STATUSES.map((status) => html`<button type="button" class="chip ${status}" data-filter="${status}" aria-pressed="false"${counts[status] === 0 ? html` disabled` : null}><b>${counts[status]}</b> ${status}</button> `)}</p>`
}
