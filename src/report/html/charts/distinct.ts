import { scaleBand, scaleLinear } from 'd3-scale'
import type { Json } from '../../../domain/json.js'
import { LEGEND } from '../bars.js'
import { entry, items, numberAt, numbers } from '../data.js'
import { html, type Markup } from '../markup.js'

const WIDTH = 420
const HEIGHT = 200
const EDGE = { left: 40, right: 8, top: 8, bottom: 36 }

/** For each number of samples: over how many prompts which number of distinct answers stands, both arms. */
export function distinct(data: Json): Markup | null {
  const groups = items(data).flatMap((one) => {
    const [samples, baseline, tuned] = [
      numberAt(one, 'samples'),
      numbers(entry(one, 'baseline')),
      numbers(entry(one, 'tuned')),
    ]
    return samples === null || baseline === null || tuned === null ? [] : [{ samples, baseline, tuned }]
  })
  if (groups.length === 0) return null
  return html`${LEGEND}${groups.map(histogram)}`
}

interface Group {
  readonly samples: number
  readonly baseline: readonly number[]
  readonly tuned: readonly number[]
}

function histogram({ samples, baseline, tuned }: Group): Markup {
  const counts = baseline.map((prompts, k) => ({ k, baseline: prompts, tuned: tuned[k] ?? 0 })).slice(1)
  const x = scaleBand<number>(
    counts.map(({ k }) => k),
    [EDGE.left, WIDTH - EDGE.right],
  ).padding(0.2)
  const y = scaleLinear()
    .domain([0, Math.max(1, ...counts.map((one) => Math.max(one.baseline, one.tuned)))])
    .nice(4)
    .range([HEIGHT - EDGE.bottom, EDGE.top])
  const half = x.bandwidth() / 2
  const bar = (kind: string, from: number, prompts: number) =>
    html`<rect class="${kind}" x="${from.toFixed(1)}" y="${y(prompts).toFixed(1)}" width="${half.toFixed(1)}" height="${(y(0) - y(prompts)).toFixed(1)}"/>`
  const bars = counts.map((one) => html`${bar('a', x(one.k)!, one.baseline)}${bar('b', x(one.k)! + half, one.tuned)}`)
  const ticks = y
    .ticks(4)
    .map(
      (tick) =>
        html`<line class="grid" x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${y(tick).toFixed(1)}" y2="${y(tick).toFixed(1)}"/><text class="tick end" x="${EDGE.left - 5}" y="${(y(tick) + 3).toFixed(1)}">${tick}</text>`,
    )
  const labels = counts.map(
    ({ k }) =>
      html`<text class="tick mid" x="${(x(k)! + half).toFixed(1)}" y="${HEIGHT - EDGE.bottom + 14}">${k}</text>`,
  )
  const rows = counts.map(
    (one) =>
      html`<tr><th scope="row" class="num">${one.k}</th><td class="num">${one.baseline}</td><td class="num">${one.tuned}</td></tr>`,
  )
  return html`<svg class="histogram" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Prompts by their number of distinct answers out of ${samples}">${ticks}${bars}${labels}<text class="tick mid" x="${(EDGE.left + WIDTH) / 2}" y="${HEIGHT - 5}">distinct answers of ${samples}</text><text class="tick mid" transform="translate(10 ${(HEIGHT - EDGE.bottom) / 2}) rotate(-90)">prompts</text></svg>
<details><summary>Numbers</summary><table class="small"><thead><tr><th scope="col" class="num">distinct of ${samples}</th><th scope="col" class="num">prompts, baseline</th><th scope="col" class="num">prompts, tuned</th></tr></thead><tbody>${rows}</tbody></table></details>`
}
