import { AuditError } from '../../domain/problem.js'

/** Throws AuditError: a log that must not be read as it is. */
export function refuse({ path }: { readonly path: string }, what: string, remedy: string): never {
  throw new AuditError({ code: 'log-refused', path, what, remedy })
}
