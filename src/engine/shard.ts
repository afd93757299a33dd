import { SizeSketch } from '../audit/size-sketch.js'
import type { AnyDetector } from '../domain/detector.js'
import { murmur128 } from '../domain/hash.js'
import type { Policy } from '../domain/policy.js'
import { sha256 } from '../input/digest.js'
import type { Shard } from '../input/shard.js'
import type { AuditRequest } from './audit.js'
import { KEPT_CASES, type PartHead, writePart } from './part.js'
import { read } from './read.js'
import type { Reading } from './reading.js'

export interface ShardOutcome {
  /** Plain JSON data: what `merge` adds up. */
  readonly tallies: object
  /** Cases that were observed, those of one arm alone among them. */
  readonly cases: number
  /** Files in given directories that were not read. */
  readonly ignored: readonly string[]
}

/** Observes one shard and judges nothing. Throws AuditError. */
export function observeShard(request: AuditRequest & { readonly shard: Shard }): Promise<ShardOutcome> {
  let sketch = new SizeSketch(KEPT_CASES)
  let cases = 0
  return read(request, {
    watch: () => {
      sketch = new SizeSketch(KEPT_CASES)
      cases = 0
      return async ({ task, id }) => {
        cases++
        sketch.add(murmur128(`${task}\u0000${id}`))
      }
    },
    use: async (reading, ignored) => {
      const { intake, ledger, annotations, observation, sheet } = reading
      const counts = { intake, ledger, annotations, observation, labels: sheet?.labels ?? null, cases: sketch }
      return { tallies: writePart(headOf(reading, request), counts), cases, ignored }
    },
  })
}

function headOf(
  { inputs, sheet }: Reading,
  { version, policy, provenance, detectors, shard }: AuditRequest & { readonly shard: Shard },
): PartHead {
  return {
    tool: version,
    detectors: versionsOf(detectors),
    shard,
    told: {
      configSha256: policyDigest(policy),
      policy,
      files: provenance?.files ?? [],
      flagged: provenance?.flagged ?? new Set(),
    },
    inputs,
    labels: sheet?.file ?? null,
  }
}

export function versionsOf(detectors: readonly AnyDetector[]): Map<string, number> {
  return new Map(detectors.map(({ id, version }) => [id, version]))
}

export function policyDigest(policy: Policy): string {
  return sha256(Buffer.from(JSON.stringify(policy)))
}
