import type { ErrorObject } from 'ajv'
import type { Path } from './document.js'

/** A schema error without the noise of alternatives, and the keys that lead to the value. */
export interface Violation {
  readonly error: ErrorObject
  readonly path: Path
}

/**
 * Where a value fits none of several alternatives (`anyOf`, `oneOf`), ajv reports what is wrong with each. Kept is what
 * is wrong with the one alternative of the value's own kind; where it has none or several, only that it fits none.
 */
export function violations(errors: readonly ErrorObject[]): Violation[] {
  // The innermost first, so that what is left of them stands for a branch of the outer ones.
  const choices = errors.filter(isChoice).sort((a, b) => b.schemaPath.length - a.schemaPath.length)
  const kept = choices.reduce(
    (left, choice) => settle(left, choice),
    errors.filter((error) => error.keyword !== 'if'),
  )
  return kept.map((error) => ({ error, path: segments(error.instancePath) }))
}

function isChoice(error: ErrorObject): boolean {
  return error.keyword === 'anyOf' || error.keyword === 'oneOf'
}

function settle(errors: readonly ErrorObject[], choice: ErrorObject): ErrorObject[] {
  const branches = new Map<string, ErrorObject[]>()
  const outside: ErrorObject[] = []
  for (const error of errors) {
    const branch = branchOf(error, choice)
    if (branch !== null) branches.set(branch, [...(branches.get(branch) ?? []), error])
    else if (error !== choice) outside.push(error)
  }
  const fitting = [...branches.values()].filter((branch) => !branch.some((error) => isOtherKind(error, choice)))
  return [...outside, ...(fitting.length === 1 ? fitting[0]! : [choice])]
}

/** Number of the alternative that the error comes from. The same schema may be tried on several values. */
function branchOf(error: ErrorObject, choice: ErrorObject): string | null {
  const prefix = `${choice.schemaPath}/`
  const below = error.instancePath === choice.instancePath || error.instancePath.startsWith(`${choice.instancePath}/`)
  if (!below || !error.schemaPath.startsWith(prefix)) return null
  return error.schemaPath.slice(prefix.length).split('/')[0] ?? null
}

function isOtherKind(error: ErrorObject, choice: ErrorObject): boolean {
  return error.keyword === 'type' && error.instancePath === choice.instancePath
}

/** RFC 6901. */
function segments(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}
