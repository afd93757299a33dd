import type { Example, Finding } from '../../domain/finding.js'
import { ARMS, type Arm } from '../../domain/record.js'
import { clip } from '../clip.js'
import { explainExample, explainValues } from '../example-words.js'
import type { Context } from './context.js'
import { difference } from './difference.js'
import { badge } from './forest.js'
import { html, type Markup, name } from './markup.js'

/** Measures whose examples stand open; the others unfold. */
const OPEN = 3

/** The worst cases of each measure, side by side, what fails first. */
export function examples(context: Context): Markup {
  const { findings } = context.report
  const withExamples = findings.filter(({ examples: own }) => own.length > 0)
  if (withExamples.length === 0) {
    const why = context.report.config.examples
      ? 'No detector kept an example.'
      : 'Outputs were left out on request (--no-examples).'
    return html`<section id="examples" aria-labelledby="h-examples"><h2 id="h-examples">Examples</h2><p class="note">${why}</p></section>`
  }
  const pooledFirst = withExamples.toSorted((a, b) => Number(a.task !== null) - Number(b.task !== null))
  const failing = pooledFirst.filter(({ status }) => status === 'fail')
  const others = pooledFirst.filter(({ status }) => status !== 'fail')
  const rest = others.map((finding) => group(finding, false, context))
  return html`<section id="examples" aria-labelledby="h-examples"><h2 id="h-examples">Examples</h2><p class="lead">The worst cases of each measure, chosen by severity, not at random: they show what goes wrong, not how often. Marked words stand in one of the two outputs alone.</p>
${failing.map((finding, i) => group(finding, i < OPEN, context))}
${others.length === 0 ? null : html`<details class="others" data-group><summary>Of measures that do not fail <span class="sub inline">${others.length}</span></summary>${rest}</details>`}</section>`
}

function group(finding: Finding, open: boolean, context: Context): Markup {
  const { measure, task, status, examples: own } = finding
  const where = task === null ? null : html` on ${name(task)}`
  const count = own.length === 1 ? '1 example' : `${own.length} examples`
  return html`<details class="examples" ${context.marks(finding)}${open ? html` open` : null}><summary>${badge(status)} <b>${name(measure)}</b>${where} <span class="sub inline">${count}</span></summary>${own.map((example) => card(example, context))}</details>`
}

function card(example: Example, { placeOf }: Context): Markup {
  const texts = difference(example.excerpt)
  const detail =
    example.detail === null || example.detail === '' ? null : html`<p class="detail">${clip(example.detail, 300)}</p>`
  return html`<article class="card"><p class="case"><code>${name(example.id)}</code> ${explainExample(clip(example.code, 80))}</p>${detail}<div class="pair">${ARMS.map((arm) => side(arm, example, texts[arm], placeOf(example, arm)))}</div></article>`
}

function side(
  arm: Arm,
  { values, excerpt }: Example,
  text: Markup,
  place: { readonly file: string; readonly line: number } | null,
): Markup {
  const known = explainValues(values[arm])
  const where = place === null ? '' : `${clip(place.file, 160)}:${place.line}`
  const shown = /\S/.test(excerpt[arm]) ? html`<pre>${text}</pre>` : html`<pre class="empty">(empty)</pre>`
  return html`<div class="side ${arm}"><p class="head"><b>${arm}</b> ${known}</p>${shown}<p class="place">${where}</p></div>`
}
