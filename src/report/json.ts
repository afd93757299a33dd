import type { Report } from '../domain/report.js'
import { type Summary, summaryOf } from './summary.js'

/** The report as it is written: with its summary in words. */
export interface WrittenReport extends Report {
  readonly summary: Summary
}

/** The report, and its summary beside the verdict. Throws on NaN and Infinity, which JSON would turn into null. */
export function renderJson(report: Report): string {
  return jsonText(written(report))
}

/** A report that was read back brings a summary along; it is made anew. */
function written(report: Report): WrittenReport {
  const { schemaVersion, tool, verdict, exitCode } = report
  const first = { schemaVersion, tool, verdict, exitCode, summary: summaryOf(report) }
  return { ...first, ...report, ...first }
}

/** Throws on NaN and Infinity. */
export function jsonText(value: object): string {
  return `${JSON.stringify(value, finite, 2)}\n`
}

function finite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`report: "${key}" is ${value}`)
  return value
}
