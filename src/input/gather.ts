import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { nearest } from '../domain/nearest.js'
import { AuditError } from '../domain/problem.js'
import type { CompanionFile } from '../domain/report.js'
import type { CompanionFormat, Format } from './formats/format.js'
import { companionOf, formatNamed, formatNames, formatOf, HEAD_BYTES, isNative } from './formats/index.js'
import type { Companion } from './formats/log-format.js'
import { probe } from './formats/probe.js'
import { parseDocument, parseRecord } from './json.js'
import { withoutMark } from './lines.js'
import { type Expanded, isLogName } from './paths.js'
import { peek } from './peek.js'
import { type Opening, openSource, type Source } from './source.js'

/** A file of records and what belongs to it. */
export interface LogSource {
  readonly source: Source
  readonly format: Format
  readonly companions: readonly (Companion & CompanionFile)[]
  /** Of a log that holds several models: the one whose outputs are read; null where there is one. */
  readonly provider: string | null
}

export interface Gathered {
  readonly logs: readonly LogSource[]
  /** Files in given directories that are no logs. */
  readonly ignored: readonly string[]
}

export interface Gathering extends Opening {
  /** The format's id, where the user names it. */
  readonly format: string | null
  /** Which of several models in one log. */
  readonly provider?: string | null
}

interface Sniffed {
  readonly source: Source
  readonly path: string
  readonly kind: { readonly records: Format } | { readonly companion: CompanionFormat } | 'unknown'
}

/**
 * Opens the files of one arm, tells their formats by what they hold, and brings companions to the files that they say
 * something about. Throws AuditError for a companion alone, and for logs of several tools in one arm.
 */
export async function gather({ files, ignored, searched }: Expanded, gathering: Gathering): Promise<Gathered> {
  const named = gathering.format === null ? null : requireFormat(gathering.format)
  const opened: Sniffed[] = []
  try {
    for (const path of files) opened.push(await sniff(path, searched.has(path), named, gathering))
    for (const { path, ofRecords } of missingSiblings(opened, gathering.cwd)) {
      const sibling = await sniff(path, true, null, gathering)
      opened.push(ofRecords ? asCompanion(sibling) : sibling)
    }
    const companions = await loadAll(opened)
    const logs = opened.flatMap(({ source, kind }) =>
      kind !== 'unknown' && 'records' in kind
        ? [{ source, format: kind.records, companions, provider: gathering.provider ?? null }]
        : [],
    )
    const unknown = opened.flatMap(({ path, kind }) => (kind === 'unknown' ? [path] : []))
    requireRecords(logs, opened, files)
    requireOneTool(logs)
    closeUnused(opened)
    return { logs, ignored: [...ignored, ...unknown] }
  } catch (error) {
    for (const { source } of opened) source.close()
    throw error
  }
}

function requireFormat(name: string): Format {
  const found = formatNamed(name)
  if (found !== null) return found
  const known = formatNames()
  throw new AuditError({ code: 'unknown-name', what: 'input format', name, nearest: nearest(name, known), known })
}

/** A file that was searched for, and is only read because nothing else knows it, is no log. */
async function sniff(path: string, searched: boolean, named: Format | null, gathering: Gathering): Promise<Sniffed> {
  const source = await openSource(path, gathering)
  try {
    const seen = probe(await headOf(source), path)
    const companion = companionOf(seen)
    if (companion !== null) return { source, path, kind: { companion } }
    const records = named ?? formatOf(seen)
    const isFallback = named === null && isNative(records) && !isLogName(path)
    return { source, path, kind: searched && isFallback ? 'unknown' : { records } }
  } catch (error) {
    source.close()
    throw error
  }
}

async function headOf(source: Source): Promise<Buffer> {
  const stored = source.chunks()[Symbol.asyncIterator]()
  try {
    return (await peek(stored, HEAD_BYTES)).head
  } finally {
    await stored.return?.()
  }
}

/** Of the files given, what belongs to them and was not given. */
function missingSiblings(opened: readonly Sniffed[], cwd: string): Sibling[] {
  const given = new Set(opened.map(({ path }) => resolve(cwd, path)))
  const wanted = opened.flatMap(({ path, kind }): Sibling[] => {
    if (kind === 'unknown') return []
    const ofRecords = 'records' in kind
    const paths = (ofRecords ? kind.records : kind.companion).siblings?.(path) ?? []
    return paths.map((sibling) => ({ path: sibling, ofRecords }))
  })
  const absent = wanted.filter(({ path }) => !given.has(resolve(cwd, path)) && existsSync(resolve(cwd, path)))
  return [...new Map(absent.map((sibling) => [sibling.path, sibling])).values()]
}

interface Sibling {
  readonly path: string
  /** Whether it belongs to a file of records, and so holds none of its own to audit. */
  readonly ofRecords: boolean
}

function asCompanion(sniffed: Sniffed): Sniffed {
  const { kind } = sniffed
  if (kind === 'unknown' || 'companion' in kind) return sniffed
  const { id, tool, detects } = kind.records
  return { ...sniffed, kind: { companion: { id, tool, wants: '', layout: 'lines', detects } } }
}

async function loadAll(opened: readonly Sniffed[]): Promise<LogSource['companions']> {
  const loaded: (Companion & CompanionFile)[] = []
  for (const { source, path, kind } of opened) {
    if (kind !== 'unknown' && 'companion' in kind) loaded.push(await load(source, path, kind.companion))
  }
  return loaded
}

async function load(source: Source, path: string, { id, layout }: CompanionFormat): Promise<Companion & CompanionFile> {
  const hash = createHash('sha256')
  const parts: Buffer[] = []
  for await (const chunk of source.chunks((stored) => hash.update(stored))) parts.push(chunk)
  const text = withoutMark(Buffer.concat(parts).toString('utf8'), 0)
  const documents = layout === 'lines' ? rowsOf(text) : [parseDocument(text).value]
  return { path, name: basename(path), format: id, sha256: hash.digest('hex'), documents }
}

function rowsOf(text: string): unknown[] {
  const lines = text.split('\n').filter((line) => /\S/.test(line))
  return lines.map((line) => parseRecord(line).raw)
}

function closeUnused(opened: readonly Sniffed[]): void {
  for (const { source, kind } of opened) if (kind === 'unknown' || 'companion' in kind) source.close()
}

function requireRecords(logs: readonly LogSource[], opened: readonly Sniffed[], files: readonly string[]): void {
  if (logs.length > 0) return
  const alone = opened.find(({ kind }) => kind !== 'unknown' && 'companion' in kind)
  if (alone === undefined || alone.kind === 'unknown' || 'records' in alone.kind)
    throw new AuditError({ code: 'no-files', path: files.join(', '), kind: 'directory' })
  const { tool, wants } = alone.kind.companion
  throw new AuditError({ code: 'companion-alone', path: alone.path, tool, wants })
}

/** Lines and tables of the user's own may stand side by side; logs of two tools in one arm are a mistake. */
function requireOneTool(logs: readonly LogSource[]): void {
  const first = logs.find(({ format }) => !isNative(format)) ?? logs[0]!
  const other = logs.find(
    ({ format }) => format.id !== first.format.id && !(isNative(format) && isNative(first.format)),
  )
  if (other === undefined) return
  throw new AuditError({
    code: 'mixed-formats',
    files: [first, other].map(({ source, format }) => ({ path: source.path, format: format.id })),
  })
}
