import type { AnyDetector } from '../domain/detector.js'
import type { Policy } from '../domain/policy.js'
import { shown } from '../domain/printable.js'
import { AuditError } from '../domain/problem.js'
import type { VerifierSpec } from '../domain/verification.js'
import { variantsOf } from './detectors.js'

/** Throws `usage` where a policy would run code that is not this tool's own. */
export function requireNoVerifier(policy: Policy, detectors: readonly AnyDetector[]): void {
  for (const { id, verifier } of detectors) {
    for (const { options, level } of variantsOf(id, policy)) {
      const use = level === 'off' ? null : (verifier?.(options) ?? null)
      if (use === null) continue
      const message = `the config has ${id} run ${shown(nameOf(use.spec))}, and --no-exec forbids it. Take the verifier out, or trust the config and leave --no-exec away.`
      throw new AuditError({ code: 'usage', message })
    }
  }
}

function nameOf(spec: VerifierSpec): string {
  return 'module' in spec ? spec.module : spec.command.join(' ')
}
