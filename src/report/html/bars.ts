import { html, type Markup } from './markup.js'

/** Two bars under one another, baseline above tuned, of shares from 0 to 1. */
export function pairedBars(baseline: number, tuned: number): Markup {
  return html`<svg class="bars" aria-hidden="true"><rect class="a" x="0" y="1" width="${width(baseline)}" height="7"/><rect class="b" x="0" y="10" width="${width(tuned)}" height="7"/></svg>`
}

/** Parts of a whole, one after another. */
export function stackedBar(parts: readonly { readonly share: number; readonly kind: string }[]): Markup {
  let from = 0
  const rects = parts.map(({ share, kind }) => {
    const rect = html`<rect class="${kind}" x="${width(from)}" y="2" width="${width(share)}" height="14"/>`
    from += share
    return rect
  })
  return html`<svg class="bars" aria-hidden="true">${rects}</svg>`
}

function width(share: number): string {
  return `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}\u00a0%`
}

export const LEGEND = html`<p class="legend"><span class="key a"></span> baseline <span class="key b"></span> tuned</p>`
