import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { CONFIG_NAMES, overlookedConfigs } from '../config/find.js'
import { effectiveMeasures } from '../config/margins.js'
import type { AnyDetector } from '../domain/detector.js'
import type { Policy } from '../domain/policy.js'
import { printable, shown } from '../domain/printable.js'
import { AuditError } from '../domain/problem.js'
import type { PerArm } from '../domain/record.js'
import { audit } from '../engine/audit.js'
import type { Blessed } from '../engine/read.js'
import { observeShard } from '../engine/shard.js'
import { Meter } from '../input/meter.js'
import { expandPaths, STDIN } from '../input/paths.js'
import { readBlessingFile } from '../input/report-file.js'
import { blessingSchema } from '../report/blessing-schema.js'
import { reportFormat } from '../report/index.js'
import type { CommandContext } from './context.js'
import { policyOf, type ReadFlags } from './policy.js'
import { progressLine, withProgress } from './progress.js'
import { parseReportTargets, type ReportTarget, removeStale, requireWritable } from './report-files.js'
import { reported } from './reported.js'
import { type ShardFlags, shardOf, talliesOf, tally } from './tallies.js'
import { numberOf, requireNamed } from './values.js'

const MOST_THREADS = 256

export interface AuditFlags extends ReadFlags, ShardFlags {
  readonly report?: readonly string[]
  readonly format: string
  readonly threads?: string
  readonly tempDir?: string
  readonly quiet?: boolean
  readonly printConfig?: boolean
  readonly blessed?: string
}

/** `tuneaudit audit`: returns the exit code. Throws AuditError for usage problems, before anything is written. */
export async function auditCommand(
  positional: readonly string[],
  flags: AuditFlags,
  context: CommandContext,
): Promise<number> {
  if (flags.printConfig) return printConfig(await policyOf(flags, context), context)
  const shard = shardOf(flags)
  const targets = parseReportTargets(flags.report ?? [], context.cwd)
  const tallies = talliesOf(flags, context)
  const written = tallies === null ? targets : [...targets, tallies]
  removeStale(written, flagged(flags, context))
  const { policy, provenance, detectors, plugins } = await policyOf(flags, context)
  const format = reportFormat(flags.format, '--format')
  const paths = armsOf(positional, flags)
  requireWritable(written, inputsOf(paths, flags, context))
  const blessed = blessedOf(flags, context)
  const meter = new Meter()
  const { cwd, stdin, version, signal } = context
  const labels = flags.labels ?? null
  const threads = threadsOf(flags)
  const request = {
    ...tempDirOf(flags, context),
    ...(blessed === null ? {} : { blessed }),
    threads,
    meter,
    paths,
    labels,
    cwd,
    stdin,
    policy,
    provenance,
    detectors,
    plugins,
    version,
    signal,
  }
  const follow = <T>(work: () => Promise<T>) => withProgress((seconds) => progressLine(meter, seconds), context, work)
  if (shard !== null && tallies !== null)
    return tally(() => follow(() => observeShard({ ...request, shard })), { tallies, shard, flags }, context)
  const outcome = await follow(() => audit(request))
  if (!flags.quiet && flags.config === undefined) overlooked(targets, context)
  return reported(outcome, { targets, format, quiet: flags.quiet === true }, context)
}

function tempDirOf({ tempDir }: AuditFlags, { cwd }: CommandContext): { tempDir?: string } {
  if (tempDir === undefined) return {}
  const absolute = resolve(cwd, tempDir)
  if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory() === true) return { tempDir: absolute }
  throw new AuditError({ code: 'path-missing', path: tempDir })
}

function threadsOf({ threads }: AuditFlags): number {
  if (threads === undefined) return 1
  const count = numberOf('--threads', threads)
  if (Number.isInteger(count) && count >= 1 && count <= MOST_THREADS) return count
  throw usage(`--threads: ${shown(threads)} is not a whole number from 1 to ${MOST_THREADS}.`)
}

function blessedOf({ blessed: file }: AuditFlags, { cwd }: CommandContext): Blessed | null {
  if (file === undefined) return null
  requireNamed('--blessed', [file])
  return { file, outputs: readBlessingFile(file, cwd, blessingSchema).outputs }
}

function printConfig(
  { policy, detectors }: { readonly policy: Policy; readonly detectors: readonly AnyDetector[] },
  { out }: CommandContext,
): number {
  out(`${JSON.stringify({ ...policy, measures: effectiveMeasures(policy, detectors) }, null, 2)}\n`)
  return 0
}

/** Absolute paths of all that the flags may read, as far as they are there: what is wrong with them is said later. */
function flagged({ baseline = [], tuned = [], config, labels }: AuditFlags, { cwd }: CommandContext): string[] {
  const logs = [...baseline, ...tuned].flatMap((path) => {
    try {
      return path === STDIN ? [] : expandPaths([path], cwd).files
    } catch {
      return []
    }
  })
  const others = [config, labels, ...CONFIG_NAMES].filter((path) => path !== undefined)
  return [...logs, ...others].map((path) => resolve(cwd, path))
}

/** Absolute paths of what a run reads. */
function inputsOf(
  { baseline, tuned }: PerArm<readonly string[]>,
  { config, labels }: AuditFlags,
  { cwd }: CommandContext,
): string[] {
  const files = [baseline, tuned].flatMap((paths) => expandPaths(paths, cwd).files).filter((path) => path !== STDIN)
  const others = [config, labels].filter((path) => path !== undefined)
  return [...files, ...others].map((path) => resolve(cwd, path))
}

/** The arms are named, never positional: swapping them is the worst mistake there is. */
function armsOf(positional: readonly string[], { baseline, tuned }: AuditFlags) {
  if (baseline === undefined || tuned === undefined || positional.length > 0)
    throw usage(missingArms(positional, baseline, tuned))
  requireNamed('--baseline', baseline)
  requireNamed('--tuned', tuned)
  if ([...baseline, ...tuned].filter((path) => path === STDIN).length > 1) {
    throw usage('only one path can be - (standard input).')
  }
  return { baseline, tuned }
}

/** A variable that is not set leaves an empty path, which would otherwise stand for the working directory. */
function missingArms(positional: readonly string[], baseline?: readonly string[], tuned?: readonly string[]): string {
  const [first, second] = positional
  const example = `tuneaudit audit --baseline ${printable(baseline?.[0] ?? first ?? 'before.jsonl')} --tuned ${printable(tuned?.[0] ?? (baseline === undefined ? second : first) ?? 'after.jsonl')}`
  const what =
    positional.length > 0
      ? 'paths are given by name, so that the arms cannot be swapped by accident'
      : 'both arms are needed'
  return `${what}. Try: ${example}`
}

function usage(message: string): AuditError {
  return new AuditError({ code: 'usage', message })
}

/** A config under a name that is not looked for is as good as none. */
function overlooked(targets: readonly ReportTarget[], { cwd, err }: CommandContext): void {
  const names = overlookedConfigs(cwd).filter(
    (name) => !targets.some(({ absolute }) => absolute === resolve(cwd, name)),
  )
  if (names.length === 0) return
  err(`note: ${names.map(printable).join(', ')} is not read; name it ${CONFIG_NAMES[0]}, or give --config\n`)
}
