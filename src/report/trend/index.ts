import type { Trend } from '../../domain/trend.js'
import { jsonText } from '../json.js'

export type TrendFace = (trend: Trend, options: { readonly color: boolean }) => string

/** Loaded when asked for, as the faces of a report are. */
const faces = {
  terminal: async () => (await import('./terminal.js')).renderTrend,
  json: async () => jsonText,
  html: async () => (await import('../html/trend/index.js')).renderTrendHtml,
  md: async () => (await import('./markdown.js')).renderTrendMarkdown,
} as const satisfies Record<string, () => Promise<TrendFace>>

export type TrendFormat = keyof typeof faces

export const TREND_FORMATS = Object.keys(faces) as TrendFormat[]

/** Several audits side by side in one of their faces: the same bytes for the same reports. */
export async function renderTrendAs(
  trend: Trend,
  format: TrendFormat,
  options: { readonly color: boolean } = { color: false },
): Promise<string> {
  return (await faces[format]())(trend, options)
}
