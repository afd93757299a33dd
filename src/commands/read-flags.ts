import { requireNoVerifier } from '../config/exec.js'
import type { Flags } from '../config/flags.js'
import { findConfig, loadConfig } from '../config/load.js'
import { resolvePolicy } from '../config/resolve.js'
import { detectors } from '../detectors/index.js'
import { ON_INCONCLUSIVE, type OnInconclusive, type Policy } from '../domain/policy.js'
import type { CommandContext } from './context.js'
import { assignments, choice, names, numberOf } from './values.js'

/** What every command that reads records can be told, as commander gives it: every value is text. */
export interface ReadFlags {
  readonly baseline?: readonly string[]
  readonly tuned?: readonly string[]
  readonly config?: string
  readonly detectors?: string
  readonly tasks?: string
  readonly margin?: readonly string[]
  readonly alpha?: string
  readonly onInconclusive?: string
  readonly fields?: string
  readonly labels?: string
  readonly score?: string
  readonly maxBadLines?: string
  readonly maxLineBytes?: string
  readonly examples?: boolean
  readonly exec: boolean
}

/** Throws AuditError for usage problems. */
export function policyOf(flags: ReadFlags, { cwd }: Pick<CommandContext, 'cwd'>): Policy {
  const file = findConfig(cwd, flags.config ?? null)
  const partial = file === null ? {} : loadConfig(file, detectors, cwd)
  const policy = resolvePolicy(partial, detectors, configFlags(flags))
  if (!flags.exec) requireNoVerifier(policy, detectors)
  return policy
}

function configFlags(flags: ReadFlags): Flags {
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
    maxBadLines: flags.maxBadLines === undefined ? undefined : numberOf('--max-bad-lines', flags.maxBadLines),
    maxLineBytes: flags.maxLineBytes === undefined ? undefined : numberOf('--max-line-bytes', flags.maxLineBytes),
    examples: flags.examples === false ? false : undefined,
  }
}

function onInconclusive(value: string | undefined): OnInconclusive | undefined {
  return value === undefined ? undefined : choice('--on-inconclusive', value, ON_INCONCLUSIVE)
}
