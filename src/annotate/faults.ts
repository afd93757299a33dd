import { byCodeUnit, Smallest, sortedBy } from '../domain/order.js'
import type { Fault, OutputName } from '../domain/report.js'
import type { Verification, VerifierFault } from '../domain/verification.js'

type Failed = Extract<Verification, { kind: 'fault' }>

interface Placed {
  readonly name: OutputName
  readonly message: string
}

const LISTED = 5

/** Counts faults by detector and kind, and lists the first outputs of each by name. */
export class FaultLedger {
  private readonly kinds = new Map<
    string,
    { detector: string; fault: VerifierFault; count: number; first: Smallest<Placed> }
  >()

  add(detector: string, { code, message }: Failed, name: OutputName): void {
    const key = `${detector}\t${code}`
    const kind = this.kinds.get(key) ?? { detector, fault: code, count: 0, first: new Smallest(LISTED, byName) }
    kind.count++
    kind.first.add({ name, message })
    this.kinds.set(key, kind)
  }

  faults(): Fault[] {
    return sortedBy(this.kinds.keys(), (key) => key).map((key) => {
      const { detector, fault, count, first } = this.kinds.get(key)!
      const outputs = first.items.map(({ name }) => name)
      return { detector, code: 'verifier', fault, count, message: first.items[0]?.message ?? '', first: outputs }
    })
  }
}

function byName({ name: a }: Placed, { name: b }: Placed): number {
  return byCodeUnit(a.task, b.task) || byCodeUnit(a.id, b.id) || byCodeUnit(a.arm, b.arm) || a.sample - b.sample
}
