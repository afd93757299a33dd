import { nearest } from '../domain/nearest.js'
import { shown } from '../domain/printable.js'
import { AuditError } from '../domain/problem.js'

/** Throws AuditError `usage`. */
export function numberOf(flag: string, text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value)) return value
  throw new AuditError({ code: 'usage', message: `${flag}: ${shown(text)} is not a number.` })
}

/** `a=1,b=2` as pairs. Throws AuditError `usage`. */
export function assignments(flag: string, text: string): [string, string][] {
  return text.split(',').map((part) => {
    const at = part.indexOf('=')
    if (at < 1 || at === part.length - 1)
      throw new AuditError({ code: 'usage', message: `${flag}: ${shown(part)} is not <name>=<value>.` })
    return [part.slice(0, at).trim(), part.slice(at + 1).trim()]
  })
}

/** Comma-separated names. */
export function names(text: string | undefined): string[] | undefined {
  return text
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** Throws AuditError `unknown-name`. */
export function choice<Known extends string>(flag: string, value: string, known: readonly Known[]): Known {
  const found = known.find((each) => each === value)
  if (found !== undefined) return found
  throw new AuditError({
    code: 'unknown-name',
    what: `value of ${flag}`,
    name: value,
    nearest: nearest(value, known),
    known,
  })
}
