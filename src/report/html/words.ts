import { explainNotice } from '../../domain/notice.js'
import { ARMS } from '../../domain/record.js'
import type { InputFile } from '../../domain/report.js'
import { probability, signed } from '../numbers.js'
import { compared } from '../sentences/compared.js'
import { faults, notMeasured, notReached, notSeen } from '../sentences/gaps.js'
import { sliceTitle } from '../sentences/slice.js'
import { counted } from '../words.js'
import type { Context } from './context.js'
import { html, type Markup, name } from './markup.js'

/** Slices of the data that harm is concentrated in. */
export function where({ report: { slices } }: Context): Markup {
  const { harmed, searched } = slices
  if (harmed.length === 0) return html``
  const rows = harmed.map(({ measure, change, rest, n, adjustedP, ...slice }) => {
    const interval =
      change.low === null || change.high === null ? '' : ` [${signed(change.low)}, ${signed(change.high)}]`
    return html`<tr><th scope="row">${sliceTitle(slice)}</th><td>${name(measure)}</td><td class="num">${signed(change.value)}${interval}</td><td class="num">${n}</td><td class="num">${signed(rest.change.value)}</td><td class="num">${probability(adjustedP)}</td></tr>`
  })
  return html`<section id="where" aria-labelledby="h-where"><h2 id="h-where">Where</h2><p class="lead">Exploratory, decides nothing: ${counted(searched, 'slice')} searched for harm that is concentrated.</p><div class="scroll" tabindex="0" role="region" aria-label="Slices"><table class="small"><thead><tr><th scope="col">Slice</th><th scope="col">Measure</th><th scope="col" class="num">Change, interval</th><th scope="col" class="num">n</th><th scope="col" class="num">the rest</th><th scope="col" class="num">adjusted p</th></tr></thead><tbody>${rows}</tbody></table></div></section>`
}

/** What this run did not measure and could not have seen. */
export function gaps({ report }: Context): Markup {
  const sentences = [...faults(report), ...notMeasured(report), ...notReached(report), ...notSeen(report)]
  const said =
    sentences.length === 0
      ? html`<p class="note">Nothing to say: nothing was judged.</p>`
      : html`<ul>${sentences.map((one) => html`<li>${one}</li>`)}</ul>`
  return html`<section id="gaps" aria-labelledby="h-gaps"><h2 id="h-gaps">What was not measured</h2>${said}</section>`
}

/** What made the report, out of which bytes. */
export function provenance({ report }: Context): Markup {
  const { inputs, notices, tool, exitCode, detectors, settings } = report
  const files = [
    ...ARMS.flatMap((arm) => inputs[arm].map((file) => fileRow(arm, file))),
    ...inputs.labels.map(({ path, sha256, rows }) => row('labels', path, `${rows} rows`, sha256)),
    ...inputs.config.map(({ path, sha256 }) => row('config', path, '', sha256)),
  ]
  const notes = [...compared(report), ...notices.map((notice) => `Note: ${explainNotice(notice)}.`)]
  const differing = settings.filter(({ differing: { count } }) => count > 0).map(({ key }) => name(key))
  const versions = detectors.map(({ id, version }) => `${id} ${version}`).join(', ')
  return html`<section id="provenance" aria-labelledby="h-provenance"><h2 id="h-provenance">Provenance</h2>
<ul>${notes.map((note) => html`<li>${note}</li>`)}${differing.length === 0 ? null : html`<li>Settings that differ between the arms: ${differing.join(', ')}.</li>`}</ul>
<div class="scroll" tabindex="0" role="region" aria-label="Files"><table class="small files"><thead><tr><th scope="col">Role</th><th scope="col">File</th><th scope="col" class="num">Holds</th><th scope="col">SHA-256</th></tr></thead><tbody>${files}</tbody></table></div>
<p class="note">${tool.name} ${tool.version}, exit ${exitCode}.${versions === '' ? '' : ` Detectors and their versions: ${versions}.`}${inputs.config.length === 0 ? ' No config file: the recommended policy.' : ''}</p></section>`
}

function fileRow(arm: string, { path, records, sha256, format }: InputFile): Markup {
  return row(arm, path, `${records} records, ${format}`, sha256)
}

function row(role: string, path: string, holds: string, sha256: string | null): Markup {
  return html`<tr><th scope="row">${role}</th><td>${path === '-' ? 'standard input' : path}</td><td class="num">${holds}</td><td><code>${sha256 ?? 'not known'}</code></td></tr>`
}

/** How to read the report. */
export function guide({ report: { config } }: Context): Markup {
  const level = (100 * (1 - 2 * config.alpha)).toFixed(0)
  return html`<section id="guide" aria-labelledby="h-guide"><h2 id="h-guide">How to read this</h2><dl>
<dt>${['pass', 'fail', 'inconclusive', 'noted', 'unmeasured'].map((status) => html`<span class="badge ${status}">${status}</span> `)}</dt>
<dd><b>pass</b>: the interval’s harmful end stays within the margin, so that more harm than is tolerated is ruled out. <b>fail</b>: harm above zero is shown, by a p that is corrected for everything that was tested. <b>inconclusive</b>: neither; it is never a pass. <b>noted</b>: shown, never decides. <b>unmeasured</b>: without a value, and the report says why.</dd>
<dt>Role</dt><dd><b>guarded</b> measures must pass. <b>watched</b> ones can fail the run and never hold it up.</dd>
<dt>Change and interval</dt><dd>Tuned minus baseline, in the measure’s own unit, on the same cases. Intervals are two-sided ${level} %: each end is a one-sided test at α = ${config.alpha}. Samples of a case, and cases of a cluster, count as one.</dd>
<dt>Margin</dt><dd>The harm that is tolerated. It is policy, written in the config: whether it is right is for you to say.</dd>
<dt>Adjusted p</dt><dd>For harm greater than zero, over the family of every measure and task that may decide (weighted Holm).</dd>
<dt>Examples</dt><dd>The worst cases, not typical ones.</dd>
</dl></section>`
}
