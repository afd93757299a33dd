import { stateOf } from '../domain/codec/state.js'
import { natural, perArm, record } from '../domain/codec/values.js'
import { ARMS, type PerArm } from '../domain/record.js'
import { FaultLedger, faultLedgerCodec } from './faults.js'

/** What was added to outputs of one arm. */
export interface Added {
  graded: number
  stated: number
  labelled: number
}

/** What annotators added to outputs, and how verifiers failed, by detector and kind. */
export class Annotations {
  readonly added: PerArm<Added> = { baseline: nothing(), tuned: nothing() }
  readonly faults = new FaultLedger()

  merge(other: Annotations): void {
    for (const arm of ARMS) {
      this.added[arm].graded += other.added[arm].graded
      this.added[arm].stated += other.added[arm].stated
      this.added[arm].labelled += other.added[arm].labelled
    }
    this.faults.merge(other.faults)
  }
}

function nothing(): Added {
  return { graded: 0, stated: 0, labelled: 0 }
}

export const annotationsCodec = stateOf(() => new Annotations(), {
  added: perArm(record<Added>({ graded: natural, stated: natural, labelled: natural })),
  faults: faultLedgerCodec,
})
