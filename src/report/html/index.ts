import type { Report } from '../../domain/report.js'

export function renderHtml(report: Report): string {
  return `${report.verdict}`
}
