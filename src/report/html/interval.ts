import { scaleSymlog } from 'd3-scale'
import type { Finding } from '../../domain/finding.js'
import { html, type Markup } from './markup.js'

/**
 * Harm in margins: 0 is no change, 1 the margin. The scale is linear near 0 and logarithmic far from it, so that a proof
 * within the margin and a collapse of ten margins can stand under one another. Zero and margin are drawn by the style.
 */
export const harmScale = scaleSymlog().domain([-8, 16]).range([1, 99]).clamp(true)

const TICKS: readonly (readonly [harm: number, label: string])[] = [
  [-5, '−5'],
  [-1, '−1'],
  [0, '0'],
  [1, 'margin'],
  [2, '2'],
  [5, '5'],
  [16, '≥ 16'],
]

/** The interval of a finding against its margin; null where it has none. */
export function intervalPlot({ change, margin, worse, status }: Finding): Markup | null {
  if (change === null || change.low === null || change.high === null || worse === null || !margin) return null
  const sign = (worse === 'lower' ? -1 : 1) / margin
  const [low, high] = [sign * change.low, sign * change.high].sort((a, b) => a - b) as [number, number]
  const at = (harm: number) => `${harmScale(harm).toFixed(1)}%`
  return html`<svg class="iv ${status}" aria-hidden="true"><line x1="${at(low)}" x2="${at(high)}" y1="9" y2="9"/><circle cx="${at(sign * change.value)}" cy="9" r="4"/></svg>`
}

/** The axis above intervals, as one cell. */
export function harmAxis(): Markup {
  const ticks = TICKS.map(([harm, label]) => html`<text x="${harmScale(harm).toFixed(1)}%" y="12">${label}</text>`)
  return html`<svg class="iv axis" role="img" aria-label="Harm in margins, from a gain on the left to harm on the right">${ticks}</svg>`
}
