import type { Report } from '../domain/report.js'
import type { Selftest } from '../domain/selftest.js'

/** The report itself. Throws on NaN and Infinity, which JSON would turn into null. */
export function renderJson(report: Report | Selftest): string {
  return `${JSON.stringify(report, finite, 2)}\n`
}

function finite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`report: "${key}" is ${value}`)
  return value
}
