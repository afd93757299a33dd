import type { AnyDetector } from '../domain/detector.js'
import { mergeConfigs } from './merge.js'
import { settleOptions } from './options.js'
import { type ConfigFile, type PartialConfig, toPartial } from './partial.js'
import { loadPlugins, type Plugin, type PluginConsent, pluginName } from './plugins.js'
import { PRESETS } from './presets.js'
import { type ReadConfig, type ReadFile, readConfig, readConfigText } from './read.js'
import { configValidator } from './validate.js'
import type { WaiverRules } from './waivers.js'

export interface LoadContext extends WaiverRules {
  /** What the paths of configs are relative to. */
  readonly cwd: string
}

/** A config with everything that it extends and the detectors of its plugins. */
export interface LoadedConfig {
  readonly config: PartialConfig
  /** What was read, in that order: configs, then plugins. */
  readonly files: readonly ReadFile[]
  readonly plugins: readonly Plugin[]
  /** Those of `context`, then those of the plugins. */
  readonly detectors: readonly AnyDetector[]
}

/**
 * Reads a config with everything that it extends, and runs the plugins that it names; `path` is what errors name. Throws
 * `path-missing`, `plugin-refused`, or `config-invalid` with line and column.
 */
export function loadConfig(path: string, context: LoadContext & PluginConsent): Promise<LoadedConfig> {
  return load(readConfig(path, context.cwd), context)
}

/** As `loadConfig`, of a config that is in no file; `name` is what errors name. */
export function loadConfigText(
  name: string,
  text: string,
  context: LoadContext & PluginConsent,
): Promise<LoadedConfig> {
  return load(readConfigText(name, text, context.cwd), context)
}

/** The plugins alone of a config and of what it extends; the rest is not checked. Throws AuditError. */
export function pluginsNamed(
  path: string,
  context: Pick<LoadContext, 'cwd' | 'detectors'> & PluginConsent,
): Promise<Plugin[]> {
  return loadPlugins(readConfig(path, context.cwd).root, context)
}

/** A config without plugins that is in no file. Throws `config-invalid`. */
export function configFromText(name: string, text: string, context: LoadContext): PartialConfig {
  return checkConfig(readConfigText(name, text, context.cwd).root, context)
}

type Read = ReturnType<typeof readConfig>

async function load({ root, files }: Read, context: LoadContext & PluginConsent): Promise<LoadedConfig> {
  const plugins = await loadPlugins(root, context)
  const detectors = [...context.detectors, ...plugins.flatMap((plugin) => plugin.detectors)]
  const config = checkConfig(root, { ...context, detectors })
  return { config, files: [...files, ...plugins], plugins, detectors }
}

function checkConfig(root: ReadConfig, context: LoadContext): PartialConfig {
  const validate = configValidator(context.detectors, context.today)
  const check = ({ name, document, parents }: ReadConfig): PartialConfig => {
    const file = settleOptions(validate(document), context.detectors, { document, name, cwd: context.cwd })
    const own = toPartial(withPluginPaths(file, name))
    return [...parents.map((one) => (typeof one === 'string' ? PRESETS[one] : check(one))), own].reduce(
      mergeConfigs,
      {},
    )
  }
  return check(root)
}

function withPluginPaths(file: ConfigFile, name: string): ConfigFile {
  return file.plugins === undefined ? file : { ...file, plugins: file.plugins.map((entry) => pluginName(entry, name)) }
}
