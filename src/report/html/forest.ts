import type { Finding } from '../../domain/finding.js'
import { failingTasks, harmOf, isShown } from '../chosen.js'
import { acceptanceLine, contextOf as contextSentences } from '../context.js'
import { fixed, probability, signed } from '../numbers.js'
import { explainReason } from '../reason.js'
import { waivedClause } from '../sentences/waived.js'
import { counted } from '../words.js'
import type { Context } from './context.js'
import { harmAxis, intervalPlot } from './interval.js'
import { html, type Markup, name } from './markup.js'

const MOST_TASKS = 5

/** Every measure that may decide, pooled, with the tasks on which it fails: intervals against margins, and why. */
export function forest(context: Context): Markup {
  const { report, detectors } = context
  const groups = detectors.flatMap((detector) => {
    const own = report.findings.filter((finding) => finding.detector === detector)
    const rows = own.filter(
      ({ task, decides, status, waiver }) => task === null && (decides || waiver !== null) && status !== 'unmeasured',
    )
    if (rows.length === 0) return []
    const all = rows.flatMap((finding) => {
      const tasks = failingTasks(finding, own).toSorted((a, b) => harmOf(b) - harmOf(a))
      const more = tasks.length - MOST_TASKS
      return [
        row(finding, context),
        ...tasks.slice(0, MOST_TASKS).map((task) => row(task, context)),
        ...(more > 0
          ? [html`<tr class="more"><td colspan="5">fails on ${counted(more, 'more task')}: see all findings</td></tr>`]
          : []),
      ]
    })
    return [
      html`<tbody data-group><tr class="group"><th scope="rowgroup" colspan="5">${detector}</th></tr>${all}</tbody>`,
    ]
  })
  if (groups.length === 0) return html``
  return html`<section id="measures" aria-labelledby="h-measures"><h2 id="h-measures">What decided</h2>
<p class="lead">Each interval against the harm that is tolerated. Right is worse: a pass keeps its right end before the margin, a fail shows harm above zero. Harm is drawn in margins, compressed beyond the first.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Measures with intervals"><table class="forest">
<thead><tr><th scope="col">Measure</th><th scope="col">Verdict</th><th scope="col" class="plot">${harmAxis()}</th><th scope="col" class="num">Baseline → tuned</th><th scope="col" class="num">Change, interval, margin</th></tr></thead>
${groups}</table></div></section>`
}

function row(finding: Finding, context: Context): Markup {
  const { measure, task, status, role, n, eligible, baseline, tuned } = finding
  const { report, marks, titleOf } = context
  const arms = baseline === null || tuned === null ? '' : `${value(baseline)} → ${value(tuned)}`
  const cases = n === eligible ? counted(n, 'case') : `${n} of ${eligible} cases`
  const label =
    task === null
      ? html`<span class="m">${name(measure)}</span><span class="sub">${titleOf(finding)}</span>`
      : html`<span class="m t">on ${name(task)}</span>`
  const waiver = waivedClause(finding)
  const why = isShown(finding, report) || task !== null ? notes(finding) : null
  return html`<tr ${marks(finding)}><th scope="row">${label}</th><td>${badge(status)}<span class="sub">${role}</span>${waiver === '' ? null : html`<span class="sub">${waiver}</span>`}</td><td class="plot">${intervalPlot(finding)}${why}</td><td class="num">${arms}<span class="sub">${cases}</span></td><td class="num">${changed(finding)}</td></tr>
`
}

/** Why, beneath the interval; what the config would say if it were meant is folded. */
function notes(finding: Finding): Markup {
  const { reason, status, adjustedP, threshold } = finding
  const test = status !== 'fail' || adjustedP === null ? '' : ` (adjusted p ${probability(adjustedP)}, α ${threshold})`
  const said = [
    ...(reason === null ? [] : [`${explainReason(reason)}${test}`]),
    ...contextSentences({ ...finding, accept: null }),
  ]
  const line = acceptanceLine(finding)
  const meant =
    line === null
      ? null
      : html`<details class="meant"><summary>if this is meant</summary><code>${line}</code></details>`
  return html`${said.map((note) => html`<span class="sub">${note}</span>`)}${meant}`
}

export function badge(status: Finding['status']): Markup {
  return html`<span class="badge ${status}">${status}</span>`
}

export function value(of: number): string {
  return fixed(of).replace('-', '−')
}

/** Change with its interval, and the margin below. */
export function changed(finding: Finding): Markup {
  const { margin, worse } = finding
  const tolerated =
    margin === null ? null : html`<span class="sub">margin ${worse === 'lower' ? '−' : '+'}${margin}</span>`
  return html`${changeText(finding)}${tolerated}`
}

export function changeText({ change }: Pick<Finding, 'change'>): string {
  if (change === null) return ''
  const { value: of, low, high } = change
  return `${signed(of)}${low === null || high === null ? '' : ` [${signed(low)}, ${signed(high)}]`}`
}
