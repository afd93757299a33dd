import { type Annotations, annotationsCodec } from '../annotate/annotations.js'
import { type Labels, labelsCodec } from '../annotate/labels.js'
import { type Observation, observationCodec } from '../audit/observation.js'
import { type SizeSketch, sizeSketchCodec } from '../audit/size-sketch.js'
import { type Codec, within } from '../domain/codec/codec.js'
import { mapOf, setOf } from '../domain/codec/collections.js'
import {
  anything,
  list,
  malformed,
  natural,
  nullable,
  oneOf,
  perArm,
  record,
  sha256Text,
  text,
} from '../domain/codec/values.js'
import type { PerArm } from '../domain/record.js'
import type { CompanionFile, ConfigFile, InputFile, LabelFile } from '../domain/report.js'
import { type Ledger, ledgerCodec } from '../input/case-builder.js'
import { type Intake, intakeCodec } from '../input/intake.js'
import { MOST_SHARDS, SHARDED_BY, type Shard } from '../input/shard.js'

/** Says of a file what it is; rises whenever the same counts are written in another way. */
const KIND = 'tuneaudit-tallies'
const SCHEMA_VERSION = 1

/** Of how many cases a part keeps the hashes, so that shards of files of their own are seen to overlap. */
export const KEPT_CASES = 1024

/** What a shard was told and what it read: it must agree with the other shards. */
export interface PartHead {
  readonly tool: string
  /** Versions by id. */
  readonly detectors: ReadonlyMap<string, number>
  readonly shard: Shard
  readonly told: {
    readonly configSha256: string
    /** The resolved policy, not checked. */
    readonly policy: unknown
    readonly files: readonly ConfigFile[]
    /** Margins that the command line set. */
    readonly flagged: ReadonlySet<string>
  }
  readonly inputs: PerArm<readonly InputFile[]>
  readonly labels: LabelFile | null
}

/** What a shard counted. */
export interface PartCounts {
  readonly intake: PerArm<Intake>
  readonly ledger: Ledger
  readonly annotations: Annotations
  readonly labels: Labels | null
  readonly observation: Observation
  readonly cases: SizeSketch
}

const inputFile = record<InputFile>({
  path: text,
  sha256: nullable(sha256Text),
  format: text,
  rows: natural,
  records: natural,
  badLines: natural,
  unknownNumbers: natural,
  otherTasks: natural,
  leftOut: list(record({ reason: text, rows: natural })),
  companions: list(record<CompanionFile>({ path: text, format: text, sha256: sha256Text })),
})

const headCodec = record<PartHead & { readonly kind: string; readonly schemaVersion: number }>({
  kind: oneOf([KIND]),
  schemaVersion: natural,
  tool: text,
  detectors: mapOf(text, natural),
  shard: record<Shard>({ number: natural, of: natural, by: oneOf(SHARDED_BY) }),
  told: record<PartHead['told']>({
    configSha256: sha256Text,
    policy: anything,
    files: list(record<ConfigFile>({ path: text, sha256: sha256Text })),
    flagged: setOf(text),
  }),
  inputs: perArm(list(inputFile)),
  labels: nullable(record<LabelFile>({ path: text, sha256: sha256Text, rows: natural })),
})

/** `empty` gives an observation in which nothing was counted yet, for the policy of the part. */
function countsCodec(empty: () => Observation): Codec<PartCounts> {
  return record<PartCounts>({
    intake: perArm(intakeCodec),
    ledger: ledgerCodec,
    annotations: annotationsCodec,
    labels: nullable(labelsCodec),
    observation: observationCodec(empty),
    cases: sizeSketchCodec(KEPT_CASES),
  })
}

const partCodec = record<{ readonly head: unknown; readonly counts: unknown }>({ head: anything, counts: anything })

/** A part as plain JSON data. */
export function writePart(head: PartHead, counts: PartCounts): object {
  const { write } = countsCodec(() => counts.observation)
  return { head: headCodec.write({ kind: KIND, schemaVersion: SCHEMA_VERSION, ...head }), counts: write(counts) }
}

/** The head, and how the counts are read once the policy is known. Throws Malformed. */
export function readPart(json: unknown): { head: PartHead; counts: (empty: () => Observation) => PartCounts } {
  const { head: headJson, counts } = partCodec.read(json)
  requireVersion(headJson)
  const { kind: _kind, schemaVersion: _version, ...head } = within('head', () => headCodec.read(headJson))
  requireShard(head.shard)
  return { head, counts: (empty) => within('counts', () => countsCodec(empty).read(counts)) }
}

/** What another version wrote may have other keys; that it is another version is the better thing to say. */
function requireVersion(head: unknown): void {
  if (typeof head !== 'object' || head === null || !('kind' in head) || head.kind !== KIND) malformed('no tallies')
  if ('schemaVersion' in head && head.schemaVersion !== SCHEMA_VERSION) malformed('tallies of another version')
}

function requireShard({ number, of }: Shard): void {
  if (number < 1 || number > of || of > MOST_SHARDS) malformed('no shard of a division')
}
