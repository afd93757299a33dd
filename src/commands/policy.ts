import { requireNoVerifier } from '../config/exec.js'
import { flaggedMargins } from '../config/flag-margins.js'
import type { Flags } from '../config/flags.js'
import { findConfig, loadConfig } from '../config/load.js'
import { resolvePolicy } from '../config/resolve.js'
import { detectors } from '../detectors/index.js'
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

/** A policy, and where it comes from. */
export interface GivenPolicy {
  readonly policy: Policy
  readonly provenance: Provenance
}

/** The config under the flags. Throws AuditError for usage problems. */
export function policyOf(flags: PolicyFlags & Pick<ReadFlags, 'labels'>, { cwd, today }: CommandContext): GivenPolicy {
  for (const name of ['config', 'labels'] as const) requireNamed(`--${name}`, [flags[name] ?? name])
  const file = findConfig(cwd, flags.config ?? null)
  const { config, files } = file === null ? { config: {}, files: [] } : loadConfig(file, { detectors, cwd, today })
  const given = configFlags(flags)
  const policy = resolvePolicy(config, detectors, given)
  if (flags.exec === false) requireNoVerifier(policy, detectors)
  return {
    policy,
    provenance: {
      files: files.map(({ path, bytes }) => ({ path, sha256: sha256(bytes) })),
      flagged: flaggedMargins(given.margins ?? [], policy, detectors),
    },
  }
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
