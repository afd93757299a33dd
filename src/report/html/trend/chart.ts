import { scaleLinear, scaleSymlog } from 'd3-scale'
import type { Point, Series, TrendReport } from '../../../domain/trend.js'
import { failures, nameOf } from '../../trend/words.js'
import { html, type Markup } from '../markup.js'
import { pointWords } from './cells.js'

const TOP = 8
const BOTTOM = 104
const MOST_LABELS = 12

/** In percent; what is left are the labels of the lines. */
const WIDTH = 88
/** In margins: beyond, an end stands at the edge. */
const LEAST = -8
const MOST = 16

/**
 * A series with its intervals, checkpoints from left to right, harm upwards: in margins, linear near no change and
 * logarithmic far from it; a measure without margins in its own unit. Null where nothing is known of any checkpoint.
 */
export function chart(series: Series, reports: readonly TrendReport[]): Markup | null {
  const { points, firstFail, measure } = series
  const scale = scaleOf(series)
  if (scale === null) return null
  const across = (i: number) => `${((WIDTH * (i + 0.5)) / points.length).toFixed(2)}%`
  const said = failures(series, reports)
  return html`<svg class="trend" role="img" aria-label="${measure} by report${said === null ? '' : `: ${said}`}">${firstFailMark(firstFail, points.length)}${guides(scale)}${paths(points, scale, across)}${points.map((point, i) => mark(point, scale, { x: across(i), name: nameOf(reports[i]!) }))}${labels(points.length, across)}</svg>`
}

interface Scale {
  /** Where a change is drawn; null where its margin is not known. */
  readonly at: (change: number, point: Point) => string | null
  readonly zero: string
  readonly margin: string | null
}

function scaleOf({ points, worse }: Series): Scale | null {
  const known = points.flatMap((point) => (point === null || point.change === null ? [] : [point]))
  if (known.length === 0) return null
  const up = (share: number) => (BOTTOM - share * (BOTTOM - TOP)).toFixed(1)
  if (worse !== null && known.every(({ margin }) => margin)) {
    const sign = worse === 'lower' ? -1 : 1
    const ends = known.flatMap((point) => endsOf(point).map((end) => (sign * end) / point.margin!))
    const harm = scaleSymlog()
      .domain([Math.max(LEAST, Math.min(-1, ...ends)), Math.min(MOST, Math.max(2, ...ends))])
      .range([0.03, 0.97])
      .clamp(true)
    const inMargins = (margins: number) => up(harm(margins))
    return {
      at: (change, { margin }) => (margin ? inMargins((sign * change) / margin) : null),
      zero: inMargins(0),
      margin: inMargins(1),
    }
  }
  const all = [0, ...known.flatMap(endsOf)]
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const linear = scaleLinear()
    .domain(worse === 'lower' ? [high, low] : [low, high])
    .range([0.05, 0.95])
  return { at: (change) => up(linear(change)), zero: up(linear(0)), margin: null }
}

function endsOf({ change }: Point): number[] {
  return change === null ? [] : [change.value, change.low, change.high].filter((end) => end !== null)
}

function guides({ zero, margin }: Scale): Markup {
  const line = (of: string, y: string, label: string) =>
    html`<line class="${of}" x1="0" x2="100%" y1="${y}" y2="${y}"/><text class="end" x="100%" y="${(Number(y) - 3).toFixed(1)}">${label}</text>`
  return html`${line('zero', zero, '0')}${margin === null ? null : line('tolerated', margin, 'margin')}`
}

function firstFailMark(firstFail: number | null, count: number): Markup | null {
  if (firstFail === null) return null
  const at = (i: number) => `${((WIDTH * i) / count).toFixed(2)}%`
  return html`<rect class="first" x="${at(firstFail)}" y="0" width="${at(1)}" height="112"/>`
}

/** From each known checkpoint to the next one, where that is known too. */
function paths(points: Series['points'], scale: Scale, across: (i: number) => string): Markup[] {
  return points.slice(1).flatMap((point, i) => {
    const [from, to] = [heightOf(points[i] ?? null, scale), heightOf(point, scale)]
    if (from === null || to === null) return []
    return [html`<line class="path" x1="${across(i)}" y1="${from}" x2="${across(i + 1)}" y2="${to}"/>`]
  })
}

function heightOf(point: Point | null, scale: Scale): string | null {
  return point === null || point.change === null ? null : scale.at(point.change.value, point)
}

function mark(point: Point | null, scale: Scale, { x, name }: { readonly x: string; readonly name: string }): Markup {
  const y = heightOf(point, scale)
  if (point === null || y === null) return html`<text class="mid" x="${x}" y="${BOTTOM}">–</text>`
  const [low, high] = [point.change?.low ?? null, point.change?.high ?? null].map((end) =>
    end === null ? null : scale.at(end, point),
  )
  const interval = low == null || high == null ? null : html`<line x1="${x}" x2="${x}" y1="${low}" y2="${high}"/>`
  return html`<g class="${point.status}"><title>${name}: ${pointWords(point)}</title>${interval}<circle cx="${x}" cy="${y}" r="4"/></g>`
}

function labels(count: number, across: (i: number) => string): Markup[] {
  const step = Math.ceil(count / MOST_LABELS)
  return Array.from({ length: count }, (_, i) => i)
    .filter((i) => i % step === 0)
    .map((i) => html`<text class="mid" x="${across(i)}" y="126">${i + 1}</text>`)
}
