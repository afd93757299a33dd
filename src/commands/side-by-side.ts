import { resolve } from 'node:path'
import { EXIT } from '../audit/verdict.js'
import { AuditError } from '../domain/problem.js'
import type { NamedReport } from '../domain/trend.js'
import { readReportFile } from '../input/report-file.js'
import { compare } from '../report/comparison/compare.js'
import { renderComparison } from '../report/comparison/terminal.js'
import { jsonText } from '../report/json.js'
import { reportSchema } from '../report/schema.js'
import { renderTrendAs, TREND_FORMATS, type TrendFormat } from '../report/trend/index.js'
import { trendOf } from '../report/trend/series.js'
import type { CommandContext } from './context.js'
import { parseTargets, requireWritable, writeWhole } from './report-files.js'
import { choice } from './values.js'

/** As commander gives them. */
export interface SideBySideFlags {
  readonly format: string
}

export interface TrendFlags extends SideBySideFlags {
  readonly report?: readonly string[]
}

/** `tuneaudit trend <report…>`: what each measure was from report to report. Throws AuditError for usage problems. */
export async function trendCommand(
  paths: readonly string[],
  { format, report = [] }: TrendFlags,
  context: CommandContext,
): Promise<number> {
  const { cwd, color } = context
  const face = trendFormat('--format')(format)
  const targets = parseTargets(report, cwd, { flag: '--report', formatOf: trendFormat('--report') })
  if (paths.length < 2) throw usage('trend: give the JSON reports of two or more audits, in their order.')
  requireWritable(
    targets,
    paths.map((path) => resolve(cwd, path)),
  )
  const trend = trendOf(paths.map((path) => read(path, context)))
  for (const target of targets) writeWhole(target, await renderTrendAs(trend, target.format))
  context.out(await renderTrendAs(trend, face, { color }))
  return EXIT.pass
}

function trendFormat(flag: string): (name: string) => TrendFormat {
  return (name) => choice(flag, name, TREND_FORMATS)
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
