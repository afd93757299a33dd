import type { Series, Trend, TrendReport } from '../../../domain/trend.js'
import { failures, isShown, lastStatus, nameOf, span } from '../../trend/words.js'
import { counted } from '../../words.js'
import type { Marks } from '../context.js'
import { badge, changeText, value } from '../forest.js'
import { html, type Markup, name } from '../markup.js'
import { chart } from './chart.js'

/** What decided or failed anywhere, by detector: a picture each, and its numbers. */
export function measures({ series, reports }: Trend, { detectors, marks }: Marks): Markup {
  const shown = series.filter((one) => isShown(one, series))
  if (shown.length === 0) return html``
  const groups = detectors.flatMap((detector) => {
    const own = shown.filter((one) => one.detector === detector)
    if (own.length === 0) return []
    return [
      html`<section class="detector" data-group aria-label="${detector}"><h3>${detector}</h3><div class="figures">${own.map((one) => figure(one, reports, marks))}</div></section>`,
    ]
  })
  return html`<section id="measures" aria-labelledby="h-measures"><h2 id="h-measures">Measures over the reports</h2>
<p class="lead">Each point is the change from the baseline with its interval, reports from left to right by their number. Up is worse: 0 is no change, and harm below the dashed margin is tolerated. Far from 0 it is compressed. The shaded report is the first that fails.</p>${groups}</section>`
}

function figure(series: Series, reports: readonly TrendReport[], marks: Marks['marks']): Markup {
  const { measure, task } = series
  const status = lastStatus(series)
  const said = failures(series, reports)
  const where = task === null ? null : html` on ${name(task)}`
  return html`<figure ${marks({ ...series, status })}><figcaption><b>${name(measure)}</b>${where} ${badge(status)} <span class="sub inline">${span(series)}</span>${said === null ? null : html`<span class="sub">${said}</span>`}</figcaption>${chart(series, reports)}${numbers(series, reports)}</figure>`
}

function numbers({ points, measure, task, firstFail }: Series, reports: readonly TrendReport[]): Markup {
  const rows = points.map((point, i) => {
    const head = html`<th scope="row">${i + 1} ${name(nameOf(reports[i]!))}${i === firstFail ? html`<span class="sub">first fails here</span>` : null}</th>`
    if (point === null) return html`<tr>${head}<td colspan="4">not in this report</td></tr>`
    return html`<tr>${head}<td>${badge(point.status)}</td><td class="num">${point.tuned === null ? '' : value(point.tuned)}</td><td class="num">${changeText(point)}</td><td class="num">${point.margin}</td></tr>`
  })
  const label = `${measure}${task === null ? '' : ` on ${task}`} in numbers`
  return html`<details><summary>Numbers</summary><div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="small"><thead><tr><th scope="col">Report</th><th scope="col">Status</th><th scope="col" class="num">Tuned</th><th scope="col" class="num">Change, interval</th><th scope="col" class="num">Margin</th></tr></thead><tbody>${rows}</tbody></table></div></details>`
}

/** Every series there is, by detector. */
export function allSeries({ series, reports }: Trend, { detectors, marks }: Marks): Markup {
  if (series.length === 0) return html``
  const heads = reports.map((report, i) => html`<th scope="col" class="num" title="${nameOf(report)}">${i + 1}</th>`)
  const groups = detectors.map((detector) => {
    const own = series.filter((one) => one.detector === detector)
    return html`<details class="all" data-group><summary><b>${detector}</b> <span class="sub inline">${counted(own.length, 'measure')}, pooled and by task</span></summary><div class="scroll" tabindex="0" role="region" aria-label="All measures of ${detector}"><table class="series"><thead><tr><th scope="col">Measure</th><th scope="col">Task</th><th scope="col" class="num">Baseline</th>${heads}<th scope="col">First fails</th></tr></thead><tbody>${own.map((one) => row(one, reports, marks))}</tbody></table></div></details>`
  })
  return html`<section id="all" aria-labelledby="h-all"><h2 id="h-all">All measures</h2><p class="lead">Values of the tuned model under the number of each report; of a measure without values of the arms, the change.</p>${groups}</section>`
}

/** Thousands of them: as few elements as a row can do with. */
function row(series: Series, reports: readonly TrendReport[], marks: Marks['marks']): Markup {
  const { measure, task, baseline, points, firstFail } = series
  const cells = points.map((point) => {
    const of = point?.tuned ?? point?.change?.value ?? null
    if (point === null || of === null) return html`<td class="num">–</td>`
    const told = point.status === 'fail' ? html`<span class="sub">fail</span>` : null
    return html`<td class="num ${point.status}">${value(of)}${told}</td>`
  })
  return html`<tr ${marks({ ...series, status: lastStatus(series) })}><th scope="row">${name(measure)}</th><td>${task === null ? 'all' : name(task)}</td><td class="num">${baseline === null ? '–' : value(baseline)}</td>${cells}<td>${firstFail === null ? '' : html`${firstFail + 1} ${name(nameOf(reports[firstFail]!))}`}</td></tr>
`
}
