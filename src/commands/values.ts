import { nearest } from '../domain/nearest.js'
import { shown } from '../domain/printable.js'
import { AuditError } from '../domain/problem.js'

/** Throws AuditError `usage`. */
export function numberOf(flag: string, text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value)) return value
  throw new AuditError({ code: 'usage', message: `${flag}: ${shown(text)} is not a number.` })
}

/** `name=value`; the value may hold anything. Throws AuditError `usage`. */
export function assignment(flag: string, text: string): { name: string; value: string } {
  const at = text.indexOf('=')
  if (at < 1 || at === text.length - 1) {
    throw new AuditError({ code: 'usage', message: `${flag}: ${shown(text)} is not <name>=<value>.` })
  }
  return { name: text.slice(0, at).trim(), value: text.slice(at + 1).trim() }
}

/** `a=1,b=2` as pairs. Throws AuditError `usage`. */
export function assignments(flag: string, text: string): [string, string][] {
  return text.split(',').map((part) => {
    const { name, value } = assignment(flag, part)
    return [name, value]
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

/** An unset variable of a script is no path. Throws AuditError `usage`. */
export function requireNamed(flag: string, paths: readonly string[]): void {
  if (paths.every((path) => path.trim() !== '')) return
  throw new AuditError({ code: 'usage', message: `${flag} is empty: is the variable set?` })
}
