import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { printable, shown } from '../domain/printable.js'
import { AuditError } from '../domain/problem.js'
import { type ConfigDocument, parseConfig } from './document.js'
import { isPreset, type PresetName } from './presets.js'

/** Files that extend each other twofold at every step would be read without end. */
const MOST_FILES = 100

/** A config that was parsed and not yet checked, with what it extends, in order. */
export interface ReadConfig {
  /** As errors name it; what it names is relative to its folder. */
  readonly name: string
  readonly document: ConfigDocument
  readonly parents: readonly (PresetName | ReadConfig)[]
}

/** A file that a config was read from: its name as in errors, and its bytes. */
export interface ReadFile {
  readonly path: string
  readonly bytes: Uint8Array
}

interface Reading {
  readonly cwd: string
  readonly files: ReadFile[]
}

/** A file on the way from the first config to the one being read. */
interface Link {
  readonly name: string
  readonly real: string
}

/** Reads a config with everything that it extends; says which files were read, in that order. Throws AuditError. */
export function readConfig(path: string, cwd: string): { root: ReadConfig; files: readonly ReadFile[] } {
  if (!existsSync(resolve(cwd, path))) throw new AuditError({ code: 'path-missing', path })
  const reading: Reading = { cwd, files: [] }
  return { root: readFile(path, [], reading), files: reading.files }
}

/** As `readConfig`, of a config that is in no file: what it names is relative to `cwd`. */
export function readConfigText(
  name: string,
  text: string,
  cwd: string,
): { root: ReadConfig; files: readonly ReadFile[] } {
  const reading: Reading = { cwd, files: [] }
  return { root: withParents(name, parseConfig(name, text), [], reading), files: reading.files }
}

function readFile(name: string, above: readonly Link[], reading: Reading): ReadConfig {
  const document = parseConfig(name, read(name, reading))
  return withParents(name, document, [...above, { name, real: realpathSync(resolve(reading.cwd, name)) }], reading)
}

function withParents(name: string, document: ConfigDocument, chain: readonly Link[], reading: Reading): ReadConfig {
  const parents = extended(document).map(({ entry, path }) => {
    if (isPreset(entry)) return entry
    const parent = isAbsolute(entry) ? entry : join(dirname(name), entry)
    const problem = whyNot(parent, chain, reading)
    if (problem !== null) throw document.fault(document.offset(path, 'value'), `extends: ${problem}`)
    return readFile(parent, chain, reading)
  })
  return { name, document, parents }
}

/** A preset, or a path that says that it is one. What else stands there is for the schema to refuse. */
const EXTENDABLE = /^\.{0,2}\/./

function extended({ data }: ConfigDocument): { entry: string; path: string[] }[] {
  const entries = typeof data === 'object' && data !== null && 'extends' in data ? data.extends : []
  const listed = Array.isArray(entries)
    ? entries.map((entry, i) => ({ entry, path: ['extends', String(i)] }))
    : [{ entry: entries, path: ['extends'] }]
  return listed.flatMap(({ entry, path }) =>
    typeof entry === 'string' && (isPreset(entry) || EXTENDABLE.test(entry)) ? [{ entry, path }] : [],
  )
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
