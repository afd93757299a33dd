import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { AuditError } from '../domain/problem.js'
import type { LabelFile } from '../domain/report.js'
import type { Labels } from './labels.js'
import { readLabels } from './labels-read.js'

/** A sheet of labels that was read, and what the report says of it. */
export interface LabelSheet {
  readonly labels: Labels
  readonly file: LabelFile
}

/** `path` is relative to `cwd` and is what errors name. Throws AuditError `path-missing`, `unreadable` or `bad-line`. */
export function openLabels(path: string, cwd: string): LabelSheet {
  const bytes = read(path, cwd)
  const labels = readLabels(path, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { labels, file: { path, sha256, rows: labels.size } }
}

function read(path: string, cwd: string): Uint8Array {
  try {
    return readFileSync(resolve(cwd, path))
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new AuditError({ code: 'path-missing', path }, { cause })
    throw new AuditError({ code: 'unreadable', path, cause: message }, { cause })
  }
}

/**
 * After a run: throws AuditError for a row that labels several tasks' outputs by one id, or, where every task was read, for
 * a row that labels none.
 */
export function requireUsed({ labels }: LabelSheet, everyTask: boolean): void {
  const ambiguous = labels.ambiguous().first[0]
  if (ambiguous !== undefined) {
    const { line, id, tasks } = ambiguous
    throw new AuditError({ code: 'label-ambiguous', place: { file: labels.file, line }, id, tasks })
  }
  const { count, first } = labels.unmatched()
  if (first[0] === undefined || !everyTask) return
  throw new AuditError({
    code: 'label-unmatched',
    place: { file: labels.file, line: first[0].line },
    id: first[0].id,
    rows: count,
  })
}
