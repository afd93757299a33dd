import { EXIT } from '../audit/verdict.js'
import { AuditError } from '../domain/problem.js'
import type { NamedReport } from '../domain/trend.js'
import { readReportFile } from '../input/report-file.js'
import { compare } from '../report/comparison/compare.js'
import { renderComparison } from '../report/comparison/terminal.js'
import { jsonText } from '../report/json.js'
import { reportSchema } from '../report/schema.js'
import { trendOf } from '../report/trend/series.js'
import { renderTrend } from '../report/trend/terminal.js'
import type { CommandContext } from './context.js'
import { choice } from './values.js'

/** As commander gives them. */
export interface SideBySideFlags {
  readonly format: string
}

/** `tuneaudit trend <report…>`: what each measure was from report to report. Throws AuditError for usage problems. */
export function trendCommand(paths: readonly string[], { format }: SideBySideFlags, context: CommandContext): number {
  const face = faceOf(format)
  if (paths.length < 2) throw usage('trend: give the JSON reports of two or more audits, in their order.')
  const trend = trendOf(paths.map((path) => read(path, context)))
  context.out(face === 'json' ? jsonText(trend) : renderTrend(trend, { color: context.color }))
  return EXIT.pass
}

/** `tuneaudit compare <before> <after>`: what changed between two audits. Throws AuditError for usage problems. */
export function compareCommand(paths: readonly string[], { format }: SideBySideFlags, context: CommandContext): number {
  const face = faceOf(format)
  const [before, after, ...more] = paths
  if (before === undefined || after === undefined || more.length > 0) {
    throw usage(
      'compare: give the JSON reports of two audits, the earlier one first. For more of them: tuneaudit trend.',
    )
  }
  const comparison = compare(read(before, context), read(after, context))
  context.out(face === 'json' ? jsonText(comparison) : renderComparison(comparison, { color: context.color }))
  return EXIT.pass
}

function faceOf(format: string): 'terminal' | 'json' {
  return choice('--format', format, ['terminal', 'json'] as const)
}

function read(path: string, { cwd }: CommandContext): NamedReport {
  return { path, report: readReportFile(path, cwd, reportSchema) }
}

function usage(message: string): AuditError {
  return new AuditError({ code: 'usage', message })
}
