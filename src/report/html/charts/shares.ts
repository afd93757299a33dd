import type { Json } from '../../../domain/json.js'
import { LEGEND, pairedBars, percent } from '../bars.js'
import { entry, items, numberAt, textAt } from '../data.js'
import { html, type Markup, name } from '../markup.js'

/** Share of outputs in each format, both arms, the most frequent first; how right they were where that is known. */
export function shares(data: Json): Markup | null {
  const formats = items(entry(data, 'formats')).flatMap((one) => {
    const [format, baseline, tuned] = [textAt(one, 'format'), numberAt(one, 'baseline'), numberAt(one, 'tuned')]
    if (format === null || baseline === null || tuned === null) return []
    const accuracy = entry(one, 'accuracy')
    return [{ format, baseline, tuned, right: [numberAt(accuracy, 'baseline'), numberAt(accuracy, 'tuned')] as const }]
  })
  if (formats.length === 0) return null
  const largest = (one: (typeof formats)[number]) => Math.max(one.baseline, one.tuned)
  const graded = formats.some(({ right }) => right.some((share) => share !== null))
  const rows = formats
    .toSorted((a, b) => largest(b) - largest(a))
    .map(
      ({ format, baseline, tuned, right }) =>
        html`<tr><th scope="row">${name(format)}</th><td class="bar">${pairedBars(baseline, tuned)}</td><td class="num">${percent(baseline)} → ${percent(tuned)}</td>${graded ? html`<td class="num">${right.map((share) => (share === null ? '–' : percent(share))).join(' → ')}</td>` : null}</tr>`,
    )
  return html`${LEGEND}<table class="small"><thead><tr><th scope="col">Format</th><th scope="col" class="bar">Share</th><th scope="col" class="num">Outputs</th>${graded ? html`<th scope="col" class="num">Right</th>` : null}</tr></thead><tbody>${rows}</tbody></table>`
}
