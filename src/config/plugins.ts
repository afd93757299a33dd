import { existsSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { AnyDetector } from '../domain/detector.js'
import { shown } from '../domain/printable.js'
import { AuditError, type PluginFault } from '../domain/problem.js'
import type { Refuse } from './detector-shape.js'
import type { ReadConfig, ReadFile } from './read.js'

/** A module whose detectors take part; `path` as in the resolved config, `bytes` those of its first file. */
export interface Plugin extends ReadFile {
  /** What a thread imports. */
  readonly url: string
  readonly detectors: readonly AnyDetector[]
}

export interface PluginConsent {
  /** False where a config must not run code that is not this tool's own. */
  readonly exec?: boolean | undefined
}

interface LoadingContext extends PluginConsent {
  readonly cwd: string
  /** Whose ids are taken. */
  readonly detectors: readonly AnyDetector[]
}

/** A plugin as a config names it. */
interface Entry {
  readonly name: string
  /** As in the resolved config. */
  readonly path: string
  readonly config: ReadConfig
  readonly index: number
}

/** Imports what a config and those that it extends name under `plugins`, each once. Throws AuditError. */
export async function loadPlugins(root: ReadConfig, context: LoadingContext): Promise<Plugin[]> {
  const plugins: Plugin[] = []
  const entries = entriesOf(root)
  const [first] = entries
  if (first === undefined) return plugins
  if (context.exec === false) throw new AuditError({ code: 'usage', message: forbidden(first) })
  // Its schemas take time to compile, which runs without plugins need not wait for.
  const { requireDetector } = await import('./detector-shape.js')
  for (const entry of entries) {
    const url = await locate(entry, context.cwd)
    if (plugins.some((known) => known.url === url)) continue
    const detectors = detectorsOf(await imported(url, entry), requireDetector, entry)
    requireOwnIds(detectors, entry, [{ path: null, detectors: context.detectors }, ...plugins])
    plugins.push({ path: entry.path, url, detectors, bytes: readFileSync(fileURLToPath(url)) })
  }
  return plugins
}

/** As the resolved config names a plugin: a file relative to the working directory, or a package. */
export function pluginName(name: string, config: string): string {
  return isFile(name) && !isAbsolute(name) ? join(dirname(config), name) : name
}

/** The parents' first. What is no list of texts is for the schema to refuse. */
function entriesOf(config: ReadConfig): Entry[] {
  const { data } = config.document
  const names = typeof data === 'object' && data !== null && 'plugins' in data ? data.plugins : []
  const own = (Array.isArray(names) ? names : []).flatMap((name, index) =>
    typeof name === 'string' && name !== '' ? [{ name, path: pluginName(name, config.name), config, index }] : [],
  )
  return [...config.parents.flatMap((parent) => (typeof parent === 'string' ? [] : entriesOf(parent))), ...own]
}

function isFile(name: string): boolean {
  return isAbsolute(name) || /^\.{1,2}\//.test(name)
}

function forbidden({ name }: Entry): string {
  return `the config has the plugin ${shown(name)} run, and --no-exec forbids it. Take it out, or trust the config and leave --no-exec away.`
}

/** The URL of an entry's first file. */
async function locate(entry: Entry, cwd: string): Promise<string> {
  if (isFile(entry.name)) {
    const file = resolve(cwd, entry.path)
    if (!existsSync(file)) throw refused(entry, { kind: 'not-found', looked: file })
    return pathToFileURL(file).href
  }
  const from = resolve(cwd, entry.config.name)
  // As Node resolves an import in a module where the config stands; Node itself offers that behind a flag only.
  const { resolve: resolveImport } = await import('import-meta-resolve')
  try {
    const url = resolveImport(entry.name, pathToFileURL(from).href)
    if (url.startsWith('file:') && existsSync(fileURLToPath(url))) return url
  } catch {}
  throw refused(entry, { kind: 'not-found', looked: dirname(from) })
}

async function imported(url: string, entry: Entry): Promise<object> {
  try {
    return await import(/* @vite-ignore */ url)
  } catch (cause) {
    throw refused(entry, { kind: 'threw', message: messageOf(cause) }, cause)
  }
}

function detectorsOf(
  module: object,
  requireDetector: (value: unknown, refuse: Refuse) => AnyDetector,
  entry: Entry,
): AnyDetector[] {
  if (!('default' in module)) throw refused(entry, { kind: 'no-default-export', exports: Object.keys(module) })
  const several = Array.isArray(module.default)
  const values: unknown[] = Array.isArray(module.default) ? module.default : [module.default]
  if (values.length === 0) throw refused(entry, { kind: 'no-detector', field: 'it', what: 'is an empty list' })
  return values.map((value, i) =>
    requireDetector(value, (field, what) =>
      refused(entry, { kind: 'no-detector', field: several ? `[${i}].${field}` : field, what }),
    ),
  )
}

interface Owner {
  /** Null for this tool's own. */
  readonly path: string | null
  readonly detectors: readonly AnyDetector[]
}

function requireOwnIds(detectors: readonly AnyDetector[], entry: Entry, others: readonly Owner[]): void {
  detectors.forEach(({ id }, i) => {
    const earlier = { path: entry.path, detectors: detectors.slice(0, i) }
    const owner = [...others, earlier].find((other) => other.detectors.some((one) => one.id === id))
    if (owner !== undefined) throw refused(entry, { kind: 'id-taken', id, by: owner.path })
  })
}

function refused(
  { name, config: { name: file, document }, index }: Entry,
  fault: PluginFault,
  cause?: unknown,
): AuditError {
  const place = document.place(document.offset(['plugins', String(index)], 'value'))
  return new AuditError({ code: 'plugin-refused', file, ...place, plugin: name, fault }, { cause })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
