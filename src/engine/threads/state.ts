import { type Annotations, annotationsCodec } from '../../annotate/annotations.js'
import { type Labels, labelsCodec } from '../../annotate/labels.js'
import { type Observation, observationCodec } from '../../audit/observation.js'
import type { Codec } from '../../domain/codec/codec.js'
import { list, nullable, perArm, record } from '../../domain/codec/values.js'
import type { PerArm } from '../../domain/record.js'
import { type Ledger, ledgerCodec } from '../../input/case-builder.js'
import { type FileIntake, fileIntakeCodec, type Intake, intakeCodec } from '../../input/intake.js'

/** What one thread counted. */
export interface ShareState {
  readonly intake: PerArm<Intake>
  readonly files: PerArm<readonly FileIntake[]>
  readonly ledger: Ledger
  readonly annotations: Annotations
  readonly labels: Labels | null
  readonly observation: Observation
}

/** `empty`: as in `observationCodec`. */
export function shareCodec(empty: () => Observation): Codec<ShareState> {
  return record<ShareState>({
    intake: perArm(intakeCodec),
    files: perArm(list(fileIntakeCodec)),
    ledger: ledgerCodec,
    annotations: annotationsCodec,
    labels: nullable(labelsCodec),
    observation: observationCodec(empty),
  })
}
