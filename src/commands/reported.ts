import { explainNotice } from '../domain/notice.js'
import { printable } from '../domain/printable.js'
import { explainProblem } from '../domain/problem.js'
import type { Report } from '../domain/report.js'
import type { AuditOutcome } from '../engine/audit.js'
import { type ReportFormat, render } from '../report/index.js'
import type { CommandContext } from './context.js'
import { type ReportTarget, writeReports } from './report-files.js'

export interface Wanted {
  readonly targets: readonly ReportTarget[]
  /** Of standard output. */
  readonly format: ReportFormat
  readonly quiet: boolean
}

/** Writes the reports of a run and says how it ended; returns the exit code. */
export async function reported(
  { report, crashes, ignored }: AuditOutcome,
  { targets, format, quiet }: Wanted,
  context: CommandContext,
): Promise<number> {
  await writeReports(targets, report)
  if (!quiet || format !== 'terminal') context.out(await render(report, format, { color: context.color }))
  if (!quiet) remarks(report, ignored, format, context)
  for (const crash of crashes) context.err(`${crash instanceof Error ? crash.stack : String(crash)}\n`)
  if (!('findings' in report.reason) && (quiet || format !== 'terminal')) {
    context.err(`error: ${explainProblem(report.reason)}\n`)
  }
  context.err(`exit ${report.exitCode} (${report.verdict}${report.config.gate === 'report' ? ', report only' : ''})\n`)
  return report.exitCode
}

function remarks(report: Report, ignored: readonly string[], format: string, context: CommandContext): void {
  if (format !== 'terminal') for (const notice of report.notices) context.err(`note: ${explainNotice(notice)}\n`)
  noteIgnored(ignored, context)
}

export function noteIgnored(ignored: readonly string[], { err }: Pick<CommandContext, 'err'>): void {
  if (ignored.length === 0) return
  const first = ignored.slice(0, 5).map(printable).join(', ')
  err(`note: ${ignored.length} files in the given directories are no logs by their name: ${first}\n`)
}
