import type { Report } from '../domain/report.js'

/** The report itself. Throws on NaN and Infinity, which JSON would turn into null. */
export function renderJson(report: Report): string {
  return jsonText(report)
}

/** Throws on NaN and Infinity. */
export function jsonText(value: object): string {
  return `${JSON.stringify(value, finite, 2)}\n`
}

function finite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`report: "${key}" is ${value}`)
  return value
}
