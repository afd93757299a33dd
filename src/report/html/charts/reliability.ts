import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import type { Json } from '../../../domain/json.js'
import { ARMS, type Arm } from '../../../domain/record.js'
import { entry, items, numberAt } from '../data.js'
import { html, type Markup } from '../markup.js'

interface Bin {
  readonly n: number
  readonly confidence: number
  readonly accuracy: number
}

const SIZE = 220
const EDGE = { left: 34, right: 8, top: 14, bottom: 32 }
const x = scaleLinear()
  .domain([0, 1])
  .range([EDGE.left, SIZE - EDGE.right])
const y = scaleLinear()
  .domain([0, 1])
  .range([SIZE - EDGE.bottom, EDGE.top])
const LARGEST = 9
const SMALLEST = 2

/** Share right against mean confidence in bins of equal mass, each arm by itself; the area of a point is its outputs. */
export function reliability(data: Json): Markup | null {
  const bins = ARMS.map((arm) => [arm, binsOf(entry(entry(data, 'bins'), arm))] as const)
  if (bins.every(([, own]) => own.length === 0)) return null
  return html`<div class="pair">${bins.map(([arm, own]) => diagram(arm, own))}</div>${temperature(data)}<details><summary>Numbers</summary>${bins.map(([arm, own]) => numbersOf(arm, own))}</details>`
}

function binsOf(data: Json | undefined): Bin[] {
  return items(data).flatMap((one) => {
    const [n, confidence, accuracy] = [numberAt(one, 'n'), numberAt(one, 'confidence'), numberAt(one, 'accuracy')]
    return n === null || confidence === null || accuracy === null ? [] : [{ n, confidence, accuracy }]
  })
}

function diagram(arm: Arm, bins: readonly Bin[]): Markup {
  const largest = Math.max(...bins.map(({ n }) => n))
  const path =
    line<Bin>(
      (bin) => x(bin.confidence),
      (bin) => y(bin.accuracy),
    ).digits(1)(bins) ?? ''
  const points = bins.map(({ n, confidence, accuracy }) => {
    const radius = Math.max(SMALLEST, LARGEST * Math.sqrt(n / largest))
    return html`<circle cx="${x(confidence).toFixed(1)}" cy="${y(accuracy).toFixed(1)}" r="${radius.toFixed(1)}"/>`
  })
  const label = `Reliability of the ${arm === 'baseline' ? 'baseline' : 'tuned arm'}: ${bins.length} bins`
  return html`<svg class="diagram ${arm}" viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label="${label}">${axes()}<path class="curve" d="${path}"/>${points}<text class="name" x="${EDGE.left + 6}" y="${EDGE.top + 13}">${arm}</text></svg>`
}

function axes(): Markup {
  const [left, right, top, bottom] = [x(0), x(1), y(1), y(0)]
  const ticks = [0, 0.5, 1].map(
    (tick) =>
      html`<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="${top}" y2="${bottom}"/><line class="grid" x1="${left}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}"/><text class="tick mid" x="${x(tick)}" y="${bottom + 13}">${tick}</text><text class="tick end" x="${left - 5}" y="${y(tick) + 3}">${tick}</text>`,
  )
  return html`${ticks}<line class="ideal" x1="${left}" y1="${bottom}" x2="${right}" y2="${top}"/><text class="tick mid" x="${(left + right) / 2}" y="${SIZE - 5}">confidence</text><text class="tick mid" transform="translate(9 ${(top + bottom) / 2}) rotate(-90)">share right</text>`
}

function temperature(data: Json): Markup {
  const sentences = ARMS.flatMap((arm) => {
    const own = entry(entry(data, 'temperature'), arm)
    const [t, before, after] = [numberAt(own, 'temperature'), numberAt(own, 'brier'), numberAt(own, 'brierScaled')]
    if (t === null || before === null || after === null) return []
    return [
      `${arm}: a temperature of ${t.toFixed(2)}, fitted on half of the cases, takes the Brier score of the other half from ${before.toFixed(4)} to ${after.toFixed(4)}.`,
    ]
  })
  return html`${sentences.map((sentence) => html`<p class="note">${sentence}</p>`)}`
}

function numbersOf(arm: Arm, bins: readonly Bin[]): Markup {
  const rows = bins.map(
    ({ n, confidence, accuracy }) =>
      html`<tr><td class="num">${n}</td><td class="num">${confidence.toFixed(4)}</td><td class="num">${accuracy.toFixed(4)}</td></tr>`,
  )
  return html`<table class="small"><caption>${arm}</caption><thead><tr><th scope="col" class="num">outputs</th><th scope="col" class="num">mean confidence</th><th scope="col" class="num">share right</th></tr></thead><tbody>${rows}</tbody></table>`
}
