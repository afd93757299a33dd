import { requireNoVerifier } from '../config/exec.js'
import { findConfig } from '../config/find.js'
import { type LoadedConfig, loadConfig, loadConfigText } from '../config/load.js'
import type { ConfigFile } from '../config/partial.js'
import { resolvePolicy as resolve } from '../config/resolve.js'
import { detectors as ours } from '../detectors/index.js'
import type { AnyDetector } from '../domain/detector.js'
import type { Policy } from '../domain/policy.js'
import { AuditError } from '../domain/problem.js'
import type { PluginModule } from '../engine/read.js'
import type { Provenance } from '../engine/report.js'
import { sha256 } from '../input/digest.js'

/** What a config file may hold. */
export type Config = ConfigFile

export interface PolicyRequest {
  /** What paths are relative to: those given here, in the config and in the report. Default: the working directory. */
  readonly cwd?: string
  /** A config file, or what one would hold. Default: the file that the command finds in `cwd`; `{}` for none. */
  readonly config?: string | Config
  /** Detectors that no module of the config brings, as objects. With any, `threads` does nothing. */
  readonly detectors?: readonly AnyDetector[]
  /** YYYY-MM-DD in UTC: what waivers are held against. Needed where the config has waivers. */
  readonly today?: string
  /** False: a config that names a verifier or a plugin is refused, as with `--no-exec`. Default true. */
  readonly exec?: boolean
}

/** A policy with the detectors that it speaks of. */
export interface Resolved {
  /** Plain data: what stands in the report as `config`. */
  readonly policy: Policy
  /** The tool's own, the plugins', then those given. */
  readonly detectors: readonly AnyDetector[]
  readonly plugins: readonly PluginModule[]
  readonly provenance: Provenance
}

/**
 * The policy of a run: the recommended one under the config. Runs the plugins that the config names. Throws AuditError
 * for what is wrong with the config (`config-invalid` with file, line and column, `plugin-refused`, `path-missing`, …).
 */
export async function resolvePolicy(request: PolicyRequest = {}): Promise<Resolved> {
  const { config, files, plugins, detectors } = await load(request)
  if ((config.waivers ?? []).length > 0 && request.today === undefined) {
    throw new AuditError({ code: 'usage', message: 'the config has waivers: give today, such as "2031-01-31".' })
  }
  const policy = resolve(config, detectors)
  if (request.exec === false) requireNoVerifier(policy, detectors)
  const digests = files.map(({ path, bytes }) => ({ path, sha256: sha256(bytes) }))
  return { policy, detectors, plugins, provenance: { files: digests, flagged: new Set() } }
}

/** Before every day that a waiver may name. */
const NO_DAY = ''

async function load({ cwd = '.', config, detectors = [], today = NO_DAY, exec }: PolicyRequest): Promise<LoadedConfig> {
  const all = [...ours, ...detectors]
  const context = { cwd, detectors: all, today, exec }
  if (typeof config === 'object') return loadConfigText('config', JSON.stringify(config, null, 2), context)
  const file = findConfig(cwd, config ?? null)
  return file === null ? { config: {}, files: [], plugins: [], detectors: all } : loadConfig(file, context)
}
