import { resolve } from 'node:path'
import { EXIT } from '../audit/verdict.js'
import { AuditError, isUsageProblem } from '../domain/problem.js'
import { detectorsIn, merge } from '../engine/merge.js'
import { reportFormat } from '../report/index.js'
import type { CommandContext } from './context.js'
import { detectorsFor } from './policy.js'
import { parseReportTargets, removeStale, requireWritable } from './report-files.js'
import { reported } from './reported.js'
import { requireNamed } from './values.js'

export interface MergeFlags {
  readonly report?: readonly string[]
  readonly format: string
  readonly quiet?: boolean
  readonly config?: string
  readonly exec?: boolean
}

/** `tuneaudit merge <tallies…>`: judges what shards counted, as one run would have. Returns the exit code. */
export async function mergeCommand(
  paths: readonly string[],
  flags: MergeFlags,
  context: CommandContext,
): Promise<number> {
  requireNamed('merge', paths)
  const { cwd, version, today } = context
  const targets = parseReportTargets(flags.report ?? [], cwd)
  const read = paths.map((path) => resolve(cwd, path))
  removeStale(targets, read)
  const format = reportFormat(flags.format, '--format')
  requireWritable(targets, read)
  try {
    const detectors = await detectorsFor(detectorsIn(paths, cwd), flags, context)
    const outcome = merge({ paths, cwd, detectors, version, today })
    return await reported(outcome, { targets, format, quiet: flags.quiet === true }, context)
  } catch (error) {
    if (!(error instanceof AuditError) || isUsageProblem(error.problem)) throw error
    context.err(`error: ${error.message}\nexit ${EXIT.data} (error)\n`)
    return EXIT.data
  }
}
