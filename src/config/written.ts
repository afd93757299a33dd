import type { Policy } from '../domain/policy.js'
import { AuditError } from '../domain/problem.js'
import { parseConfig } from './document.js'
import type { LoadContext } from './load.js'
import { settleOptions } from './options.js'
import { toPartial } from './partial.js'
import { resolvePolicy } from './resolve.js'
import { configValidator } from './validate.js'

/**
 * A policy that an earlier run resolved, and that was written down as it stands in reports: checked like any config, and
 * taken only if it resolves to itself. No file that it names is read. Throws `config-invalid`; `file` is what errors name.
 */
export function writtenPolicy(
  policy: unknown,
  file: string,
  context: Pick<LoadContext, 'detectors' | 'today'>,
): Policy {
  const { detectors, today } = context
  const text = JSON.stringify(policy)
  const document = parseConfig(file, JSON.stringify(withoutNulls(policy)))
  const given = configValidator(detectors, today)(document)
  const closed = detectors.map((detector) => ({ ...detector, files: [] }))
  const resolved = resolvePolicy(toPartial(settleOptions(given, closed, { document, name: file, cwd: '' })), detectors)
  if (JSON.stringify(resolved) === text) return resolved
  throw new AuditError({ code: 'config-invalid', file, line: 1, column: 1, message: 'this is no resolved config.' })
}

/** Null says that nothing is declared, which a config says by leaving it out. */
function withoutNulls(policy: unknown): unknown {
  if (!isObject(policy)) return policy
  const { confidence, ...rest } = policy
  const inner = isObject(confidence) ? { confidence: declared(confidence) } : {}
  return { ...declared(rest), ...inner }
}

function declared(part: object): object {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== null))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
