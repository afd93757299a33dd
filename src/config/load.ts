import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { AnyDetector } from '../domain/detector.js'
import { byCodeUnit } from '../domain/order.js'
import { printable, shown } from '../domain/printable.js'
import { AuditError } from '../domain/problem.js'
import { parseConfig } from './document.js'
import { mergeConfigs } from './merge.js'
import { settleOptions } from './options.js'
import { type ConfigFile, type PartialConfig, toPartial } from './partial.js'
import { isPreset, PRESETS } from './presets.js'
import { configValidator, type Validator } from './validate.js'
import type { WaiverRules } from './waivers.js'

/** What is looked for in the working directory. */
export const CONFIG_NAMES = ['tuneaudit.config.yaml', 'tuneaudit.config.yml', 'tuneaudit.config.json']

/** Files that extend each other twofold at every step would be read without end. */
const MOST_FILES = 100

/**
 * The config file as the user knows it, relative to `cwd`: the one named, else the one in `cwd` itself, else null. A
 * config further up would change a verdict unseen. Throws `path-missing`, or `usage` where two files compete.
 */
export function findConfig(cwd: string, explicit: string | null): string | null {
  if (explicit !== null) {
    if (existsSync(resolve(cwd, explicit))) return explicit
    throw new AuditError({ code: 'path-missing', path: explicit })
  }
  const [first, second] = CONFIG_NAMES.filter((name) => existsSync(resolve(cwd, name)))
  if (first === undefined || second === undefined) return first ?? null
  const message = `both ${first} and ${second} are in this folder. Remove one, or name one with --config.`
  throw new AuditError({ code: 'usage', message })
}

const NEARLY = /^\.?tune[-_ ]?audit(?:[-_.]?(?:config|conf|cfg|rc|settings))?(?:\.(?:ya?ml|jsonc?|toml|[cm]?[jt]s))?$/i

/** Files in `cwd` that look as if they were meant to be the config and are not, by their names, in order. */
export function overlookedConfigs(cwd: string): string[] {
  const entries = readdirSync(resolve(cwd), { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  return names
    .filter((name) => NEARLY.test(name) && !CONFIG_NAMES.includes(name) && name !== 'tuneaudit')
    .sort(byCodeUnit)
}

/** A file that a config was read from: its name as in errors, and its bytes. */
export interface ReadFile {
  readonly path: string
  readonly bytes: Uint8Array
}

export interface LoadContext extends WaiverRules {
  /** What the paths of configs are relative to. */
  readonly cwd: string
}

/**
 * Reads a config with everything that it extends, and says which files were read, in that order. `path` is what errors
 * name. Throws `path-missing`, or `config-invalid` with line and column.
 */
export function loadConfig(path: string, context: LoadContext): { config: PartialConfig; files: readonly ReadFile[] } {
  const { cwd, detectors, today } = context
  if (!existsSync(resolve(cwd, path))) throw new AuditError({ code: 'path-missing', path })
  const reading: Reading = { cwd, detectors, validate: configValidator(detectors, today), files: [] }
  return { config: load(path, [], reading), files: reading.files }
}

/** A config that is in no file yet, without what it extends; `name` is what errors name. Throws `config-invalid`. */
export function configFromText(name: string, text: string, { cwd, detectors, today }: LoadContext): PartialConfig {
  const document = parseConfig(name, text)
  return toPartial(settleOptions(configValidator(detectors, today)(document), detectors, { document, name, cwd }))
}

interface Reading {
  readonly cwd: string
  readonly detectors: readonly AnyDetector[]
  readonly validate: Validator
  readonly files: ReadFile[]
}

/** A file on the way from the first config to the one being read. */
interface Link {
  readonly name: string
  readonly real: string
}

function load(name: string, above: readonly Link[], reading: Reading): PartialConfig {
  const document = parseConfig(name, read(name, reading))
  const source = { document, name, cwd: reading.cwd }
  const file = settleOptions(reading.validate(document), reading.detectors, source)
  const chain = [...above, { name, real: realpathSync(resolve(reading.cwd, name)) }]
  const parents = extended(file).map(({ entry, path }) => {
    if (isPreset(entry)) return PRESETS[entry]
    const parent = isAbsolute(entry) ? entry : join(dirname(name), entry)
    const problem = whyNot(parent, chain, reading)
    if (problem !== null) throw document.fault(document.offset(path, 'value'), `extends: ${problem}`)
    return load(parent, chain, reading)
  })
  return [...parents, toPartial(file)].reduce(mergeConfigs, {})
}

function extended({ extends: entries = [] }: ConfigFile): { entry: string; path: string[] }[] {
  if (typeof entries === 'string') return [{ entry: entries, path: ['extends'] }]
  return entries.map((entry, i) => ({ entry, path: ['extends', String(i)] }))
}

function whyNot(name: string, chain: readonly Link[], reading: Reading): string | null {
  const path = resolve(reading.cwd, name)
  if (!existsSync(path)) return `${shown(name)} does not exist. Paths are relative to the file that names them.`
  const real = realpathSync(path)
  const start = chain.findIndex((link) => link.real === real)
  if (start >= 0)
    return `the files extend each other: ${[...chain.slice(start).map((link) => link.name), name].map(printable).join(' → ')}.`
  return reading.files.length < MOST_FILES ? null : `more than ${MOST_FILES} files in all.`
}

function read(name: string, { cwd, files }: Reading): string {
  try {
    const bytes = readFileSync(resolve(cwd, name))
    files.push({ path: name, bytes })
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    const why =
      cause instanceof TypeError ? 'it is not UTF-8 text' : String(cause instanceof Error ? cause.message : cause)
    throw new AuditError(
      { code: 'config-invalid', file: name, line: 1, column: 1, message: `cannot be read: ${printable(why)}.` },
      { cause },
    )
  }
}
