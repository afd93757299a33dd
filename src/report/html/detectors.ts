import type { Finding } from '../../domain/finding.js'
import type { DescribedDetector, Exhibit } from '../../domain/report.js'
import { harmOf } from '../chosen.js'
import { distinct } from './charts/distinct.js'
import { flips } from './charts/flips.js'
import { reliability } from './charts/reliability.js'
import { rules } from './charts/rules.js'
import { byTask } from './charts/scores.js'
import { shares } from './charts/shares.js'
import type { Context } from './context.js'
import { html, lines, type Markup, name } from './markup.js'

/** Tasks of a detector that get pictures of their own. */
const MOST_TASKS = 12

/** Measures whose tasks are drawn under one another: what a reviewer asks of them is where. */
const BY_TASK = ['score', 'feasible-rate', 'distinct-answers']

/** Per detector what a person would rather see than read. */
export function detectorSections(context: Context): Markup {
  const sections = context.report.detectors.map((detector, i) => section(detector, i, context))
  if (sections.length === 0) return html``
  return html`<section id="detectors" aria-labelledby="h-detectors"><h2 id="h-detectors">Detector by detector</h2>${sections}</section>`
}

function section(detector: DescribedDetector, i: number, context: Context): Markup {
  const { id, title, docs } = detector
  const findings = context.report.findings.filter((finding) => finding.detector === id)
  const pictures = [...tables(findings, detector, context), ...exhibits(detector, findings, context)]
  const body =
    pictures.length === 0
      ? html`<p class="note">Nothing to draw of it here: what it measured stands in the tables.</p>`
      : html`<div class="figures">${pictures}</div>`
  return html`<section class="detector" data-d="${context.detectors.indexOf(id)}" aria-labelledby="h-d${i}"><h3 id="h-d${i}">${title}<span class="sub">${id}</span></h3><p class="lead">${docs.why}</p>${body}
<details><summary>How it is measured, and its limits</summary><p>${docs.how}</p><p>${docs.limits}</p><ul>${docs.sources.map((source) => html`<li>${source.title} (${source.where})</li>`)}</ul></details></section>`
}

function figure(caption: Markup, content: Markup | null, marks: Markup, wide = false): Markup[] {
  if (content === null) return []
  return [html`<figure class="${wide ? 'wide' : ''}" ${marks}><figcaption>${caption}</figcaption>${content}</figure>`]
}

/** Pictures made of findings and of the flips of all tasks. */
function tables(findings: readonly Finding[], { id, measures }: DescribedDetector, context: Context): Markup[] {
  const own = html`data-d="${context.detectors.indexOf(id)}"`
  const all = context.report.exhibits.filter((exhibit) => exhibit.detector === id && exhibit.kind === 'flips')
  return [
    ...BY_TASK.flatMap((measure) => {
      const title = measures.find((one) => one.id === measure)?.title ?? ''
      const tasks = byTask(
        findings.filter((finding) => finding.measure === measure),
        context,
      )
      return figure(html`<b>${measure}</b> by task<span class="sub">${title}</span>`, tasks, own, true)
    }),
    ...figure(html`<b>Right and wrong</b>, before and after`, flips(worstFirst(all, findings), context, id), own, true),
    ...figure(html`<b>Violations</b> of each rule`, rules(findings, context), own, true),
  ]
}

const DRAWN: Readonly<Record<string, { readonly caption: string; draw(data: Exhibit['data']): Markup | null }>> = {
  reliability: { caption: 'Reliability', draw: reliability },
  'format-shares': { caption: 'Formats', draw: shares },
  'distinct-per-prompt': { caption: 'Distinct answers per prompt', draw: distinct },
}

/** Tables of all moves are data for programs: the shares say what a reader asks. */
const NOT_DRAWN = ['flips', 'format-moves']

function exhibits({ id }: DescribedDetector, findings: readonly Finding[], context: Context): Markup[] {
  const own = context.report.exhibits.filter(({ detector, kind }) => detector === id && !NOT_DRAWN.includes(kind))
  const kinds = [...new Set(own.map(({ kind }) => kind))]
  return kinds.flatMap((kind) => {
    const all = worstFirst(withoutRepeats(own.filter((exhibit) => exhibit.kind === kind)), findings)
    const shown = all.slice(0, MOST_TASKS + 1)
    const more = all.length - shown.length
    return [
      ...shown.flatMap((exhibit) => picture(exhibit, context)),
      ...(more === 0
        ? []
        : [
            html`<p class="note" data-d="${context.detectors.indexOf(id)}">${more} more tasks, less harmed: their numbers are in the JSON report.</p>`,
          ]),
    ]
  })
}

function picture({ detector, task, kind, data }: Exhibit, { marks }: Context): Markup[] {
  const known = Object.hasOwn(DRAWN, kind) ? DRAWN[kind]! : null
  const content =
    known === null
      ? html`<details><summary>Data</summary><pre>${lines(JSON.stringify(data, null, 1))}</pre></details>`
      : known.draw(data)
  const where = task === null ? 'all tasks' : html`task ${name(task)}`
  return figure(html`<b>${known?.caption ?? kind}</b>, ${where}`, content, marks({ detector, task }))
}

/** What one task alone carries is drawn once. */
function withoutRepeats(exhibits: readonly Exhibit[]): Exhibit[] {
  const pooled = exhibits.find(({ task }) => task === null)
  const text = pooled === undefined ? null : JSON.stringify(pooled.data)
  return exhibits.filter((exhibit) => exhibit.task === null || JSON.stringify(exhibit.data) !== text)
}

/** The pooled one, then tasks by the worst harm, in margins, of any measure of the detector. */
function worstFirst(exhibits: readonly Exhibit[], findings: readonly Finding[]): Exhibit[] {
  const worst = new Map<string, number>()
  for (const finding of findings) {
    if (finding.task === null || !finding.margin) continue
    worst.set(
      finding.task,
      Math.max(worst.get(finding.task) ?? Number.NEGATIVE_INFINITY, harmOf(finding) / finding.margin),
    )
  }
  const harm = (task: string | null) =>
    task === null ? Number.POSITIVE_INFINITY : (worst.get(task) ?? Number.NEGATIVE_INFINITY)
  return exhibits.toSorted((a, b) => (harm(a.task) === harm(b.task) ? 0 : harm(b.task) - harm(a.task)))
}
