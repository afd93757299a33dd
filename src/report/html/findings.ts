import type { Finding } from '../../domain/finding.js'
import { probability } from '../numbers.js'
import { explainReason } from '../reason.js'
import { counted } from '../words.js'
import type { Context } from './context.js'
import { changeText, value } from './forest.js'
import { harmAxis, intervalPlot } from './interval.js'
import { html, type Markup, name } from './markup.js'

/** Every finding there is, by detector. */
export function allFindings(context: Context): Markup {
  const { report, detectors } = context
  if (report.findings.length === 0) return html``
  const groups = detectors.map((detector) => {
    const own = report.findings.filter((finding) => finding.detector === detector)
    return html`<details class="all" data-group><summary><b>${detector}</b> <span class="sub inline">${counted(own.length, 'finding')}</span></summary><div class="scroll" tabindex="0" role="region" aria-label="All findings of ${detector}"><table class="findings"><thead><tr><th scope="col">Measure</th><th scope="col">Task</th><th scope="col">Verdict</th><th scope="col" class="plot">${harmAxis()}</th><th scope="col" class="num">Baseline</th><th scope="col" class="num">Tuned</th><th scope="col" class="num">Change, interval</th><th scope="col" class="num">Margin</th><th scope="col" class="num">n</th><th scope="col" class="num">adjusted p</th></tr></thead><tbody>${own.map((finding) => row(finding, context))}</tbody></table></div></details>`
  })
  return html`<section id="all" aria-labelledby="h-all"><h2 id="h-all">All findings</h2><p class="lead">${counted(report.findings.length, 'finding')}: every measure of every task, whether it decides or not.</p>${groups}</section>`
}

/** Thousands of them: as few elements as a row can do with. */
function row(finding: Finding, { marks }: Context): Markup {
  const { measure, task, status, role, baseline, tuned, n, eligible, adjustedP, reason, change, margin } = finding
  const arm = (of: number | null) => (of === null ? '' : value(of))
  const why = change === null && reason !== null ? explainReason(reason) : changeText(finding)
  return html`<tr ${marks(finding)}><th scope="row">${name(measure)}</th><td>${task === null ? 'all' : name(task)}</td><td class="${status}">${status}, ${role}</td><td>${intervalPlot(finding)}</td><td>${arm(baseline)}</td><td>${arm(tuned)}</td><td>${why}</td><td>${margin}</td><td>${n === eligible ? n : `${n}/${eligible}`}</td><td>${adjustedP === null ? '' : probability(adjustedP)}</td></tr>
`
}
