import type { AnyDetector } from '../domain/detector.js'
import { AuditError, type Problem } from '../domain/problem.js'
import { ARMS } from '../domain/record.js'
import { sha256 } from '../input/digest.js'
import type { PartHead } from './part.js'
import { versionsOf } from './shard.js'

export interface Part {
  readonly path: string
  readonly head: PartHead
}

interface Merging {
  readonly detectors: readonly AnyDetector[]
  readonly version: string
}

/** Throws AuditError unless the parts are all shards of one run, each once, by this version of the tool. */
export function requireOneRun(parts: readonly Part[], merging: Merging): void {
  for (const part of parts) requireSound(part, merging)
  const problem = differing(parts) ?? doubled(parts) ?? missing(parts) ?? sameFiles(parts)
  if (problem !== null) throw new AuditError(problem)
}

function requireSound({ path, head }: Part, { detectors, version }: Merging): void {
  const invalid = (what: string) => new AuditError({ code: 'tallies-invalid', path, what })
  if (head.tool !== version) throw invalid(`written by tuneaudit ${head.tool}, and this is ${version}`)
  const own = versionsOf(detectors)
  const unknown = [...head.detectors.keys()].filter((id) => !own.has(id))
  if (unknown.length > 0) throw new AuditError({ code: 'plugin-needed', path, detectors: unknown })
  if (text([...head.detectors]) !== text([...own])) throw invalid(otherDetectors(head.detectors, own))
  const digest = sha256(Buffer.from(JSON.stringify(head.told.policy)))
  if (digest !== head.told.configSha256) throw invalid('its config was changed')
}

function otherDetectors(counted: ReadonlyMap<string, number>, known: ReadonlyMap<string, number>): string {
  const lacking = [...known.keys()].filter((id) => !counted.has(id))
  if (lacking.length > 0) return `counted without ${lacking.join(', ')}`
  const others = [...counted].filter(([id, version]) => known.get(id) !== version)
  return `its detectors are of other versions: ${others.map(([id, version]) => `${id} ${version}, here ${known.get(id)}`).join('; ')}`
}

/** What must be the same in every shard. */
const SAME = {
  shards: ({ shard: { of, by } }: PartHead) => [of, by],
  config: ({ told }: PartHead) => [told.configSha256, [...told.flagged].sort(), told.files],
  inputs: ({ shard, inputs, labels }: PartHead) => [labels, shard.by === 'files' ? null : inputs],
} as const

function differing([first, ...others]: readonly Part[]): Problem | null {
  for (const what of ['shards', 'config', 'inputs'] as const) {
    const other = others.find(({ head }) => text(SAME[what](head)) !== text(SAME[what](first!.head)))
    if (other !== undefined) return { code: 'tallies-differ', what, paths: [first!.path, other.path] }
  }
  return null
}

function doubled(parts: readonly Part[]): Problem | null {
  for (const { head } of parts) {
    const same = parts.filter((other) => other.head.shard.number === head.shard.number)
    const { number, of } = head.shard
    if (same.length > 1) return { code: 'shard-doubled', number, of, paths: same.map(({ path }) => path) }
  }
  return null
}

function missing(parts: readonly Part[]): Problem | null {
  const { of } = parts[0]!.head.shard
  const given = new Set(parts.map(({ head }) => head.shard.number))
  const numbers = Array.from({ length: of }, (_, i) => i + 1).filter((number) => !given.has(number))
  return numbers.length === 0 ? null : { code: 'shard-missing', numbers, of }
}

/** Where each shard has files of its own, none has another one's. */
function sameFiles(parts: readonly Part[]): Problem | null {
  if (parts[0]!.head.shard.by === 'cases') return null
  for (const arm of ARMS) {
    const seen = new Set<string>()
    for (const { path, head } of parts) {
      const digests = head.inputs[arm].map(({ path: file, sha256: digest }) => ({ file, digest }))
      const again = digests.find(({ digest }) => digest !== null && seen.has(digest))
      if (again !== undefined) return { code: 'input-doubled', path, file: again.file }
      for (const { digest } of digests) if (digest !== null) seen.add(digest)
    }
  }
  return null
}

function text(value: unknown): string {
  return JSON.stringify(value)
}
