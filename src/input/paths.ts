import { readdirSync, statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { globSync } from 'tinyglobby'
import { byCodeUnit } from '../domain/order.js'
import { AuditError } from '../domain/problem.js'

export const STDIN = '-'

const LOG_NAME = /\.(jsonl|ndjson|csv|tsv)(\.(gz|zst))?$/i

/** What may be a log of some tool: looked into before it is read or left. */
const MAYBE_NAME = /\.(json|eval|parquet|out)(\.(gz|zst))?$/i

/** Whether a file is taken for records by its name alone. */
export function isLogName(path: string): boolean {
  return LOG_NAME.test(path)
}

export interface Expanded {
  /** Files as named by the user (below a directory: with its path before them), sorted within each argument. */
  readonly files: readonly string[]
  /** Files in given directories that are no logs by their name. */
  readonly ignored: readonly string[]
  /** Those of `files` that were found in a directory. */
  readonly searched: ReadonlySet<string>
}

/**
 * The files behind paths, globs and directories (searched through, but for what begins with a dot). Throws AuditError `path-missing` or `no-files`:
 * a mistyped path is never an empty arm.
 */
export function expandPaths(paths: readonly string[], cwd: string): Expanded {
  const parts = paths.map((path) => expand(path, cwd))
  const files = parts.flatMap((part) => part.files)
  const twice = files.find((file, i) => files.findIndex((other) => resolve(cwd, other) === resolve(cwd, file)) !== i)
  if (twice !== undefined) throw new AuditError({ code: 'path-twice', path: twice })
  return {
    files,
    ignored: parts.flatMap((part) => part.ignored),
    searched: new Set(parts.flatMap((part) => [...part.searched])),
  }
}

function expand(path: string, cwd: string): Expanded {
  if (path === STDIN) return named([path])
  const found = kindOf(path, cwd)
  if (found === 'nothing') return expandGlob(path, cwd)
  if (found === 'file') return named([path])
  const all = walk(path, cwd)
  const isCandidate = (file: string) => LOG_NAME.test(file) || MAYBE_NAME.test(file)
  const files = all.filter(isCandidate)
  if (files.length === 0) throw new AuditError({ code: 'no-files', path, kind: 'directory' })
  return { files, ignored: all.filter((file) => !isCandidate(file)), searched: new Set(files) }
}

function named(files: readonly string[]): Expanded {
  return { files, ignored: [], searched: new Set() }
}

/** A path that cannot be (a file as a folder, a name too long) is a path that is not there. */
function kindOf(path: string, cwd: string): 'file' | 'directory' | 'nothing' {
  try {
    return statSync(resolve(cwd, path)).isDirectory() ? 'directory' : 'file'
  } catch {
    return 'nothing'
  }
}

function walk(folder: string, cwd: string): string[] {
  const entries = readdirSync(resolve(cwd, folder), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory())
  const names = files.map((entry) => relativeTo(resolve(cwd, folder), entry.parentPath, entry.name))
  const visible = names.filter((name) => !name.split(sep).some((part) => part.startsWith('.')))
  return visible.map((name) => join(folder, name)).sort(byCodeUnit)
}

function relativeTo(root: string, parent: string, name: string): string {
  return join(parent.slice(root.length), name)
}

function expandGlob(path: string, cwd: string): Expanded {
  if (!/[*?[{]/.test(path)) throw new AuditError({ code: 'path-missing', path })
  const files = globSync(path, { cwd, onlyFiles: true, dot: false, expandDirectories: false }).sort(byCodeUnit)
  if (files.length === 0) throw new AuditError({ code: 'no-files', path, kind: 'glob' })
  return named(files)
}
