import { mapOf, smallestOf } from '../domain/codec/collections.js'
import { arm } from '../domain/codec/names.js'
import { stateOf } from '../domain/codec/state.js'
import { natural, oneOf, record, text } from '../domain/codec/values.js'
import { byCodeUnit, Smallest, sortedBy } from '../domain/order.js'
import type { Fault, OutputName } from '../domain/report.js'
import { VERIFIER_FAULTS, type Verification, type VerifierFault } from '../domain/verification.js'

type Failed = Extract<Verification, { kind: 'fault' }>

interface Placed {
  readonly name: OutputName
  readonly message: string
}

interface Kind {
  readonly detector: string
  readonly fault: VerifierFault
  count: number
  readonly first: Smallest<Placed>
}

const LISTED = 5

/** Counts faults by detector and kind, and lists the first outputs of each by name. */
export class FaultLedger {
  private readonly kinds = new Map<string, Kind>()

  add(detector: string, { code, message }: Failed, name: OutputName): void {
    const kind = this.kind(detector, code)
    kind.count++
    kind.first.add({ name, message })
  }

  merge(other: FaultLedger): void {
    for (const { detector, fault, count, first } of other.kinds.values()) {
      const kind = this.kind(detector, fault)
      kind.count += count
      kind.first.merge(first)
    }
  }

  faults(): Fault[] {
    return sortedBy(this.kinds.keys(), (key) => key).map((key) => {
      const { detector, fault, count, first } = this.kinds.get(key)!
      const outputs = first.items.map(({ name }) => name)
      return { detector, code: 'verifier', fault, count, message: first.items[0]?.message ?? '', first: outputs }
    })
  }

  private kind(detector: string, fault: VerifierFault): Kind {
    const key = `${detector}\t${fault}`
    const known = this.kinds.get(key)
    if (known !== undefined) return known
    const fresh = { detector, fault, count: 0, first: firstOnes() }
    this.kinds.set(key, fresh)
    return fresh
  }
}

function firstOnes(): Smallest<Placed> {
  return new Smallest(LISTED, byName)
}

function byName({ name: a }: Placed, { name: b }: Placed): number {
  return byCodeUnit(a.task, b.task) || byCodeUnit(a.id, b.id) || byCodeUnit(a.arm, b.arm) || a.sample - b.sample
}

const placed = record<Placed>({
  name: record<OutputName>({ arm, task: text, id: text, sample: natural }),
  message: text,
})

export const faultLedgerCodec = stateOf(() => new FaultLedger(), {
  kinds: mapOf(
    text,
    record<Kind>({
      detector: text,
      fault: oneOf(VERIFIER_FAULTS),
      count: natural,
      first: smallestOf(firstOnes, placed),
    }),
  ),
})
