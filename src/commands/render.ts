import { resolve } from 'node:path'
import { EXIT } from '../audit/verdict.js'
import { readReportFile } from '../input/report-file.js'
import { render, reportFormat } from '../report/index.js'
import { reportSchema } from '../report/schema.js'
import type { CommandContext } from './context.js'
import { parseReportTargets, requireWritable, writeReports } from './report-files.js'

export interface RenderFlags {
  readonly to?: readonly string[]
  readonly format?: string
}

/** `tuneaudit render`: other faces of a report that was written as JSON. Throws AuditError for usage problems. */
export async function renderCommand(path: string, flags: RenderFlags, context: CommandContext): Promise<number> {
  const targets = parseReportTargets(flags.to ?? [], context.cwd, '--to')
  const format = flags.format === undefined ? null : reportFormat(flags.format, '--format')
  requireWritable(targets, [resolve(context.cwd, path)])
  const report = readReportFile(path, context.cwd, reportSchema)
  await writeReports(targets, report)
  if (format !== null || targets.length === 0) {
    context.out(await render(report, format ?? 'terminal', { color: context.color }))
  }
  return EXIT.pass
}
