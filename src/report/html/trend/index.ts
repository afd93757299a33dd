import type { Trend } from '../../../domain/trend.js'
import { headline, lastStatus, nameOf, otherBaselines } from '../../trend/words.js'
import { counted } from '../../words.js'
import { marksOf } from '../context.js'
import { filters } from '../filters.js'
import { badge } from '../forest.js'
import { html, type Markup, name } from '../markup.js'
import { page } from '../page.js'
import { chips } from '../verdict.js'
import { allSeries, measures } from './measures.js'

/** Several audits on one page: where each measure first failed, and what it was before. Without scripts all of it is shown. */
export function renderTrendHtml(trend: Trend): string {
  const marks = marksOf(trend.series)
  const marked = trend.series.map((series) => ({ status: lastStatus(series) }))
  return page({
    title: `tuneaudit: trend over ${counted(trend.reports.length, 'report')}`,
    header: header(trend, marked),
    sections: [
      { id: 'reports', label: 'Reports' },
      ...(trend.series.length === 0
        ? []
        : [
            { id: 'measures', label: 'Measures' },
            { id: 'all', label: 'All measures' },
          ]),
      { id: 'guide', label: 'How to read' },
    ],
    skip: 'To the reports',
    main: [
      reports(trend),
      filters({ ...marks, marked, noun: 'measures' }),
      measures(trend, marks),
      allSeries(trend, marks),
      guide(),
    ],
  })
}

function header(trend: Trend, marked: readonly { readonly status: ReturnType<typeof lastStatus> }[]): Markup {
  const note = otherBaselines(trend)
  return html`<header class="verdict ${trend.reports.at(-1)!.verdict}"><div class="wrap">
<p class="tool">tuneaudit</p>
<h1><span class="word">Trend</span><span class="exit">${counted(trend.reports.length, 'report')}, the last: ${trend.reports.at(-1)!.verdict}</span></h1>
<p class="why">${headline(trend)}</p>
${note === null ? null : html`<p class="relaxed">${note}</p>`}
${chips(marked)}
</div></header>`
}

function reports({ reports: all, firstFail }: Trend): Markup {
  const held = { true: 'as the first', false: 'another', null: 'not known' } as const
  const rows = all.map(
    (report, i) =>
      html`<tr><th scope="row">${i + 1} ${name(nameOf(report))}${i === firstFail ? html`<span class="sub">first failure</span>` : null}</th><td>${verdictBadge(report.verdict)}</td><td>${i === 0 ? '' : held[`${report.sameBaseline}`]}</td></tr>`,
  )
  return html`<section id="reports" aria-labelledby="h-reports"><h2 id="h-reports">Reports</h2><div class="scroll" tabindex="0" role="region" aria-label="Reports and their verdicts"><table class="small"><thead><tr><th scope="col">Report</th><th scope="col">Verdict</th><th scope="col">Baseline</th></tr></thead><tbody>${rows}</tbody></table></div></section>`
}

/** An error has no finding's colour. */
function verdictBadge(verdict: Trend['reports'][number]['verdict']): Markup {
  return verdict === 'error' ? html`<span class="badge">error</span>` : badge(verdict)
}

function guide(): Markup {
  return html`<section id="guide" aria-labelledby="h-guide"><h2 id="h-guide">How to read this</h2><dl>
<dt>Point and interval</dt><dd>Tuned minus baseline in each report, as that report has it. Nothing is estimated anew, and a change from one report to the next is not tested.</dd>
<dt>Status</dt><dd><b>pass</b>: the interval’s harmful end stays within the margin. <b>fail</b>: harm above zero is shown, corrected for everything that was tested in that report. <b>inconclusive</b>: neither. Badges and filters speak of the last report.</dd>
<dt>First fails</dt><dd>The first report in which the measure fails. The more reports there are, the likelier it is that a harmless one fails by chance: each has its own error rate α.</dd>
</dl></section>`
}
