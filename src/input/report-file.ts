import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Blessing } from '../domain/blessing.js'
import { printable } from '../domain/printable.js'
import { AuditError } from '../domain/problem.js'
import type { Report } from '../domain/report.js'
import { compileOwn } from './own-schema.js'

/** A kind of file that the tool itself writes as JSON. */
interface Kind {
  readonly what: string
  readonly writtenBy: string
}

const REPORT: Kind = { what: 'report of an audit', writtenBy: 'tuneaudit audit --report json=…' }
const BLESSING: Kind = { what: 'accepted state', writtenBy: 'tuneaudit bless' }

/** A report that an audit wrote as JSON. Throws AuditError `path-missing`, or `usage` for what is no report. */
export function readReportFile(path: string, cwd: string, schema: object): Report {
  return readOwn<Report>(path, { cwd, schema, kind: REPORT })
}

/** What `bless` wrote. Throws as `readReportFile` does. */
export function readBlessingFile(path: string, cwd: string, schema: object): Blessing {
  return readOwn<Blessing>(path, { cwd, schema, kind: BLESSING })
}

interface Expected {
  readonly cwd: string
  readonly schema: object
  readonly kind: Kind
}

function readOwn<T>(path: string, { cwd, schema, kind }: Expected): T {
  if (!existsSync(resolve(cwd, path))) throw new AuditError({ code: 'path-missing', path })
  const validate = compileOwn<T>(schema)
  const value = parsed(resolve(cwd, path), (why, cause) => notOurs(path, kind, why, cause))
  if (validate(value)) return value
  const [first] = validate.errors ?? []
  const where = first === undefined ? '' : `: ${first.instancePath || 'the whole'} ${first.message}`
  throw notOurs(path, kind, `it does not fit the schema${where}`)
}

function parsed(absolute: string, fault: (why: string, cause: unknown) => AuditError): unknown {
  try {
    return JSON.parse(readFileSync(absolute, 'utf8'))
  } catch (cause) {
    throw fault(cause instanceof Error ? cause.message : String(cause), cause)
  }
}

function notOurs(path: string, { what, writtenBy }: Kind, why: string, cause?: unknown): AuditError {
  const message = `${printable(path)}: no ${what} (${printable(why)}). Give what ${writtenBy} wrote.`
  return new AuditError({ code: 'usage', message }, { cause })
}
