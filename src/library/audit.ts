import type { Report } from '../domain/report.js'
import { audit as run } from '../engine/audit.js'
import { engineRequest, type ReadRequest } from './request.js'
import { toolVersion } from './version.js'

export interface AuditRequest extends ReadRequest {
  /** As `--threads`. Default 1. */
  readonly threads?: number
}

export interface Audited {
  /** As `--report json=…` writes it: `verdict`, `exitCode`, `findings` and what they rest on. */
  readonly report: Report
  /** What detectors threw that ended early; the report lists them under `faults`. */
  readonly crashes: readonly unknown[]
  /** Files in given directories that are no logs by their name. */
  readonly ignored: readonly string[]
}

/**
 * Reads both arms once, and judges: the report of `tuneaudit audit` on the same files and config. Data that cannot be
 * audited give a report whose `verdict` is `error`. Throws AuditError for a wrong config or a path that is not there.
 */
export async function audit(request: AuditRequest): Promise<Audited> {
  const { asked, resolved } = await engineRequest(request)
  const { threads = 1 } = request
  return run({ ...asked, threads, version: toolVersion(), provenance: resolved.provenance })
}
