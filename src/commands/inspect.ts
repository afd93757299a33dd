import { EXIT } from '../audit/verdict.js'
import { resolvePolicy } from '../config/resolve.js'
import { detectors } from '../detectors/index.js'
import { AuditError } from '../domain/problem.js'
import { inspect } from '../engine/inspect.js'
import { Meter } from '../input/meter.js'
import { renderContents } from '../report/contents.js'
import type { CommandContext } from './context.js'
import { progressLine, withProgress } from './progress.js'
import { assignments } from './values.js'

/** As commander gives them. */
export interface InspectFlags {
  readonly inputFormat?: string
  readonly fields?: string
  readonly provider?: string
  readonly json?: boolean
}

/** `tuneaudit inspect <path…>`: what is in a log. Exit 4 where some of it cannot be read, 3 for usage problems. */
export async function inspectCommand(
  paths: readonly string[],
  { inputFormat, fields, provider, json }: InspectFlags,
  context: CommandContext,
): Promise<number> {
  if (paths.length === 0) throw new AuditError({ code: 'usage', message: 'inspect: give the files to look into.' })
  const policy = resolvePolicy({}, detectors, {
    format: inputFormat,
    fields: fields === undefined ? undefined : Object.fromEntries(assignments('--fields', fields)),
  })
  const meter = new Meter()
  const work = () =>
    inspect({ paths, cwd: context.cwd, stdin: context.stdin, policy, meter, provider: provider ?? null })
  const contents = await withProgress((seconds) => progressLine(meter, seconds), context, work)
  context.out(json ? `${JSON.stringify(contents, null, 2)}\n` : renderContents(contents))
  return contents.problems.length === 0 ? EXIT.pass : EXIT.data
}
