import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { AuditError } from '../domain/problem.js'

/** What a text of JavaScript may be long. */
const MOST_BYTES = 2 ** 29 - 24

/** A file of tallies as the JSON that it holds, gzipped or not. Throws AuditError `path-missing` or `tallies-invalid`. */
export function readTalliesFile(path: string, cwd: string): unknown {
  const invalid = (what: string, cause?: unknown) => new AuditError({ code: 'tallies-invalid', path, what }, { cause })
  const absolute = resolve(cwd, path)
  const status = statSync(absolute, { throwIfNoEntry: false })
  if (status === undefined) throw new AuditError({ code: 'path-missing', path })
  if (!status.isFile()) throw invalid('it is no file')
  if (status.size > MOST_BYTES) throw invalid('it is too large')
  try {
    const bytes = readFileSync(absolute)
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
    const plain = isGzip ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain))
  } catch (cause) {
    throw invalid(cause instanceof Error ? cause.message : String(cause), cause)
  }
}
