import { deserialize, serialize } from 'node:v8'
import { type Annotations, annotationsCodec } from '../../annotate/annotations.js'
import { type Labels, labelsCodec } from '../../annotate/labels.js'
import { type Observation, observationCodec } from '../../audit/observation.js'
import type { Codec } from '../../domain/codec/codec.js'
import { list, nullable, perArm, record } from '../../domain/codec/values.js'
import type { PerArm } from '../../domain/record.js'
import { type Ledger, ledgerCodec } from '../../input/case-builder.js'
import { type FileIntake, fileIntakeCodec, type Intake, intakeCodec } from '../../input/intake.js'

/** What one thread counted beside what it observed. */
interface ShareCounts {
  readonly intake: PerArm<Intake>
  readonly files: PerArm<readonly FileIntake[]>
  readonly ledger: Ledger
  readonly annotations: Annotations
  readonly labels: Labels | null
}

/** What one thread counted. */
export interface ShareState extends ShareCounts {
  /** In parts, to be gone through once. */
  readonly observed: Iterable<Observation>
}

type Bytes = Uint8Array<ArrayBuffer>

/** How what was counted goes to another thread: in bytes, a part at a time, so that it is nowhere whole in a second form. */
export interface ShareCodec {
  write(state: ShareState): Iterable<Bytes>
  read(parts: readonly Bytes[]): ShareState
}

/** `empty`: as in `observationCodec`. */
export function shareCodec(empty: () => Observation): ShareCodec {
  const observation = observationCodec(empty)
  const counts = record<ShareCounts>({
    intake: perArm(intakeCodec),
    files: perArm(list(fileIntakeCodec)),
    ledger: ledgerCodec,
    annotations: annotationsCodec,
    labels: nullable(labelsCodec),
  })
  return {
    *write({ observed, ...rest }) {
      yield serialize(counts.write(rest))
      for (const part of observed) yield serialize(observation.write(part))
    },
    read: ([first, ...parts]) => ({ ...counts.read(deserialize(first!)), observed: readEach(parts, observation) }),
  }
}

function* readEach(parts: readonly Bytes[], { read }: Codec<Observation>): Generator<Observation> {
  for (const part of parts) yield read(deserialize(part))
}
