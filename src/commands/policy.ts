import { requireNoVerifier } from '../config/exec.js'
import { findConfig } from '../config/find.js'
import { flaggedMargins } from '../config/flag-margins.js'
import type { Flags } from '../config/flags.js'
import type { LoadedConfig } from '../config/load.js'
import type { Plugin } from '../config/plugins.js'
import { resolvePolicy } from '../config/resolve.js'
import { detectors as ours } from '../detectors/index.js'
import type { AnyDetector } from '../domain/detector.js'
import { ON_INCONCLUSIVE, type OnInconclusive, type Policy } from '../domain/policy.js'
import type { Provenance } from '../engine/report.js'
import { sha256 } from '../input/digest.js'
import type { CommandContext } from './context.js'
import { assignments, choice, names, numberOf, requireNamed } from './values.js'

/** What lies upon the config, as commander gives it: every value is text. */
export interface PolicyFlags {
  readonly config?: string
  readonly detectors?: string
  readonly tasks?: string
  readonly margin?: readonly string[]
  readonly alpha?: string
  readonly onInconclusive?: string
  readonly fields?: string
  readonly score?: string
  readonly inputFormat?: string
  readonly baselineProvider?: string
  readonly tunedProvider?: string
  readonly maxBadLines?: string
  readonly maxLineBytes?: string
  readonly examples?: boolean
  readonly exec?: boolean
  readonly allowIdentical?: boolean
}

/** What a command that reads both arms can be told. */
export interface ReadFlags extends PolicyFlags {
  readonly baseline?: readonly string[]
  readonly tuned?: readonly string[]
  readonly labels?: string
}

/** A policy, where it comes from, and what takes part. */
export interface GivenPolicy {
  readonly policy: Policy
  readonly provenance: Provenance
  /** Our own and those of the config's plugins. */
  readonly detectors: readonly AnyDetector[]
  readonly plugins: readonly Plugin[]
}

/** The config under the flags. Throws AuditError for usage problems. */
export async function policyOf(
  flags: PolicyFlags & Pick<ReadFlags, 'labels'>,
  context: CommandContext,
): Promise<GivenPolicy> {
  for (const name of ['config', 'labels'] as const) requireNamed(`--${name}`, [flags[name] ?? name])
  const { config, files, plugins, detectors } = await configOf(flags, context)
  const given = configFlags(flags)
  const policy = resolvePolicy(config, detectors, given)
  if (flags.exec === false) requireNoVerifier(policy, detectors)
  return {
    policy,
    provenance: {
      files: files.map(({ path, bytes }) => ({ path, sha256: sha256(bytes) })),
      flagged: flaggedMargins(given.margins ?? [], policy, detectors),
    },
    detectors,
    plugins,
  }
}

async function configOf(flags: PolicyFlags, { cwd, today }: CommandContext): Promise<LoadedConfig> {
  const file = findConfig(cwd, flags.config ?? null)
  if (file === null) return { config: {}, files: [], plugins: [], detectors: ours }
  const { loadConfig } = await import('../config/load.js')
  return loadConfig(file, { detectors: ours, cwd, today, exec: flags.exec })
}

/**
 * Our own detectors and those of the ids that the config's plugins have. Only a config has code run: a report or tallies
 * that were made with a plugin need the config beside them.
 */
export async function detectorsFor(
  ids: readonly string[],
  flags: Pick<PolicyFlags, 'config' | 'exec'>,
  context: CommandContext,
): Promise<readonly AnyDetector[]> {
  const isOurs = (id: string) => ours.some((one) => one.id === id)
  if (ids.every(isOurs)) return ours
  const all = await detectorsOf(flags, context)
  return all.filter(({ id }) => isOurs(id) || ids.includes(id))
}

/** Our own detectors and those of the config's plugins, for commands that look at nothing else of a config. */
export async function detectorsOf(
  { config, exec }: Pick<PolicyFlags, 'config' | 'exec'>,
  { cwd }: CommandContext,
): Promise<readonly AnyDetector[]> {
  requireNamed('--config', [config ?? 'config'])
  const file = findConfig(cwd, config ?? null)
  if (file === null) return ours
  const { pluginsNamed } = await import('../config/load.js')
  const plugins = await pluginsNamed(file, { detectors: ours, cwd, exec })
  return [...ours, ...plugins.flatMap((plugin) => plugin.detectors)]
}

export function configFlags(flags: PolicyFlags): Flags {
  return {
    detectors: names(flags.detectors),
    tasks: names(flags.tasks),
    margins: flags.margin
      ?.flatMap((text) => assignments('--margin', text))
      .map(([measure, value]) => [measure, numberOf('--margin', value)]),
    alpha: flags.alpha === undefined ? undefined : numberOf('--alpha', flags.alpha),
    onInconclusive: onInconclusive(flags.onInconclusive),
    fields: flags.fields === undefined ? undefined : Object.fromEntries(assignments('--fields', flags.fields)),
    scoreName: flags.score,
    format: flags.inputFormat,
    baselineProvider: flags.baselineProvider,
    tunedProvider: flags.tunedProvider,
    maxBadLines: flags.maxBadLines === undefined ? undefined : numberOf('--max-bad-lines', flags.maxBadLines),
    maxLineBytes: flags.maxLineBytes === undefined ? undefined : numberOf('--max-line-bytes', flags.maxLineBytes),
    examples: flags.examples === false ? false : undefined,
    allowIdentical: flags.allowIdentical,
  }
}

function onInconclusive(value: string | undefined): OnInconclusive | undefined {
  return value === undefined ? undefined : choice('--on-inconclusive', value, ON_INCONCLUSIVE)
}
