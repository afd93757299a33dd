import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { AnyDetector, FileOption } from '../domain/detector.js'
import type { Json } from '../domain/json.js'
import { printable, shown } from '../domain/printable.js'
import { type ConfigDocument, type Path, parseConfig } from './document.js'
import type { ConfigFile } from './partial.js'

type Options = Readonly<Record<string, Json>>

interface Given {
  readonly detector: AnyDetector
  readonly options: Options
  readonly path: Path
}

/** The config file, its name and the working directory that names are relative to. */
export interface ConfigSource {
  readonly document: ConfigDocument
  readonly name: string
  readonly cwd: string
}

/**
 * Detectors' options with the files that they name read or made relative to the working directory, and checked beyond
 * their schema. Throws `config-invalid` at the value.
 */
export function settleOptions(file: ConfigFile, detectors: readonly AnyDetector[], source: ConfigSource): ConfigFile {
  const general = settleEntries(file.detectors, { path: ['detectors'], general: {}, detectors, source })
  const overrides = file.overrides?.map((override, i) => {
    if (override.detectors === undefined) return override
    const path = ['overrides', String(i), 'detectors']
    return { ...override, detectors: settleEntries(override.detectors, { path, general, detectors, source }) }
  })
  return { ...file, ...(file.detectors && { detectors: general }), ...(overrides && { overrides }) }
}

type Entries = NonNullable<ConfigFile['detectors']>

interface Settling {
  readonly path: Path
  /** The file's own general entries, on which an override lies. */
  readonly general: Entries
  readonly detectors: readonly AnyDetector[]
  readonly source: ConfigSource
}

function settleEntries(entries: ConfigFile['detectors'], { path, general, detectors, source }: Settling): Entries {
  const settled = Object.entries(entries ?? {}).map(([id, entry]) => {
    const detector = detectors.find((known) => known.id === id)
    if (typeof entry === 'string' || entry.options === undefined || detector === undefined) return [id, entry] as const
    const own = withFiles(entry.options as Options, detector, [...path, id, 'options'], source)
    requireSound({ detector, options: { ...optionsOf(general[id]), ...own }, path: [...path, id, 'options'] }, source)
    return [id, { ...entry, options: own }] as const
  })
  return Object.fromEntries(settled)
}

function optionsOf(entry: Entries[string] | undefined): Options {
  return entry === undefined || typeof entry === 'string' ? {} : ((entry.options ?? {}) as Options)
}

function requireSound({ detector, options, path }: Given, { document }: ConfigSource): void {
  const fault = detector.check?.(options) ?? null
  if (fault !== null) throw document.fault(document.offset([...path, ...fault.path], 'value'), fault.message)
}

function withFiles(options: Options, { files = [] }: AnyDetector, path: Path, source: ConfigSource): Options {
  return files.reduce((known, file) => withFile(known, file, path, source), options)
}

function withFile(options: Options, { path, kind }: FileOption, above: Path, source: ConfigSource): Options {
  const [key = '', ...rest] = path
  const value = options[key]
  if (rest.length > 0) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return options
    return { ...options, [key]: withFile(value as Options, { path: rest, kind }, [...above, key], source) }
  }
  const folder = dirname(source.name)
  if (kind === 'directory') return { ...options, [key]: typeof value === 'string' ? relativeTo(folder, value) : folder }
  if (typeof value !== 'string') return options
  const file = relativeTo(folder, value)
  return { ...options, [key]: kind === 'path' ? file : read(file, [...above, key], source) }
}

function relativeTo(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path)
}

function read(file: string, path: Path, { document, cwd }: ConfigSource): Json {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(resolve(cwd, file)))
  } catch (cause) {
    const why = cause instanceof TypeError ? 'it is not UTF-8 text' : cause instanceof Error ? cause.message : ''
    const message = `${shown(file)} cannot be read: ${printable(why)}. Paths are relative to the file that names them.`
    throw document.fault(document.offset(path, 'value'), message)
  }
  return parseConfig(file, text).data
}
