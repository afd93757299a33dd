import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { shown } from '../domain/printable.js'
import { AuditError } from '../domain/problem.js'
import type { Report } from '../domain/report.js'
import { REPORT_FORMATS, type ReportFormat, render, reportFormat } from '../report/index.js'
import { assignment } from './values.js'

/** A file to be written. */
export interface Target {
  /** As the user gave it. */
  readonly path: string
  readonly absolute: string
}

export interface ReportTarget<Format = ReportFormat> extends Target {
  readonly format: Format
}

const TWO_IN_ONE = new RegExp(`,(md|${REPORT_FORMATS.join('|')})=`)

/** `json=out.json`, as `flag` gives it. Throws AuditError for a format that is not known and for a path given twice. */
export function parseReportTargets(specs: readonly string[], cwd: string, flag = '--report'): ReportTarget[] {
  return parseTargets(specs, cwd, { flag, formatOf: (name) => reportFormat(name, flag) })
}

interface TargetRules<Format> {
  readonly flag: string
  /** Throws AuditError for a name that it does not know. */
  readonly formatOf: (name: string) => Format
}

/** The same for whatever has faces of its own. */
export function parseTargets<Format>(
  specs: readonly string[],
  cwd: string,
  { flag, formatOf }: TargetRules<Format>,
): ReportTarget<Format>[] {
  const targets = specs.map((spec) => {
    const { name: format, value: path } = assignment(flag, spec)
    if (TWO_IN_ONE.test(path)) {
      throw new AuditError({ code: 'usage', message: `${flag}: give it once for each report; got ${shown(spec)}.` })
    }
    return { format: formatOf(format), path, absolute: resolve(cwd, path) }
  })
  const twice = targets.find((target, i) => targets.findIndex(({ absolute }) => absolute === target.absolute) < i)
  if (twice !== undefined) {
    throw new AuditError({ code: 'usage', message: `${flag}: two reports cannot both be ${shown(twice.path)}.` })
  }
  return targets
}

/**
 * Removes what an earlier run left where reports are to be written: whatever ends this run, that one's verdict must not
 * stand for it. `inputs` are never removed, nor what is no plain file.
 */
export function removeStale(targets: readonly Target[], inputs: readonly string[]): void {
  const read = realPaths(inputs)
  for (const { absolute } of targets) {
    const isFile = statSync(absolute, { throwIfNoEntry: false })?.isFile() === true
    if (isFile && !read.has(realpathSync(absolute))) rmSync(absolute)
  }
}

function realPaths(paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.filter((path) => existsSync(path)).map((path) => realpathSync(path)))
}

/** Throws AuditError `path-unwritable`: better before the audit than after it. `inputs` are what must not be overwritten. */
export function requireWritable(targets: readonly Target[], inputs: readonly string[]): void {
  const read = realPaths(inputs)
  for (const { path, absolute } of targets) {
    if (existsSync(absolute) && read.has(realpathSync(absolute))) {
      throw new AuditError({ code: 'path-unwritable', path, cause: 'it is one of the files that are read' })
    }
    try {
      accessSync(dirname(absolute), constants.W_OK)
    } catch (error) {
      throw unwritable(path, error)
    }
    if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) {
      throw new AuditError({ code: 'path-unwritable', path, cause: 'it is a directory' })
    }
  }
}

export async function writeReports(targets: readonly ReportTarget[], report: Report): Promise<void> {
  for (const target of targets) writeWhole(target, await render(report, target.format))
}

/**
 * Whole or not at all: a temporary file beside the target, then a rename. A link stays a link, and what is no plain file,
 * such as /dev/null, is written to.
 */
export function writeWhole({ path, absolute }: Target, content: string | Uint8Array): void {
  const partial = join(dirname(absolute), `.${basename(absolute)}.${process.pid}.partial`)
  const before = lstatSync(absolute, { throwIfNoEntry: false })
  try {
    if (before !== undefined && !before.isFile()) {
      writeFileSync(absolute, content)
      return
    }
    writeFileSync(partial, content)
    renameSync(partial, absolute)
  } catch (error) {
    rmSync(partial, { force: true })
    throw unwritable(path, error)
  }
}

export function unwritable(path: string, error: unknown): AuditError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const cause = code === 'ENOENT' ? 'its folder does not exist' : code
  return new AuditError({ code: 'path-unwritable', path, cause }, { cause: error })
}
