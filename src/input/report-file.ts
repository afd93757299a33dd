import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv } from 'ajv'
import { printable } from '../domain/printable.js'
import { AuditError } from '../domain/problem.js'
import type { Report } from '../domain/report.js'

/** A report that an audit wrote as JSON. Throws AuditError `path-missing`, or `usage` for what is no report. */
export function readReportFile(path: string, cwd: string, schema: object): Report {
  if (!existsSync(resolve(cwd, path))) throw new AuditError({ code: 'path-missing', path })
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile<Report>(schema)
  const value = parsed(path, cwd)
  if (validate(value)) return value
  const [first] = validate.errors ?? []
  const where = first === undefined ? '' : `: ${first.instancePath || 'the whole'} ${first.message}`
  throw noReport(path, `it does not fit the report's schema${where}`)
}

function parsed(path: string, cwd: string): unknown {
  try {
    return JSON.parse(readFileSync(resolve(cwd, path), 'utf8'))
  } catch (cause) {
    throw noReport(path, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

function noReport(path: string, why: string, cause?: unknown): AuditError {
  const message = `${printable(path)}: no report of an audit (${printable(why)}). Give what tuneaudit audit --report json=… wrote.`
  return new AuditError({ code: 'usage', message }, { cause })
}
