import { Census } from '../audit/census.js'
import type { Case } from '../domain/case.js'
import { type Delta, deltaOf } from './recording.js'

/** Clusters that are exchanged one by one; of more, those that share the last 13 bits of their hash go together. */
const MOST_UNITS = 2 ** 13

/** A change of the rows of one task and detector, in one bucket. */
export interface Part extends Delta {
  /** Number of the task and detector. */
  readonly tally: number
  readonly bucket: number
}

/** What belongs together is exchanged together: a cluster, a case of its own, or, in large data, several of them. */
export interface Unit {
  readonly key: number
  /** What exchanging its arms changes. */
  readonly parts: readonly Part[]
  /** Null where exchanging changes nothing. */
  readonly census: Census | null
}

interface Draft {
  readonly changes: Map<number, { readonly bucket: number; readonly cells: Map<number, number> }>
  readonly census: Census
}

/** Units as cases come in, whatever their order. */
export class Units {
  private drafts = new Map<number, Draft>()
  private readonly alone = new Census()
  private merged = false

  add(cluster: number, case_: Case, parts: readonly Part[]): void {
    const draft = this.draft(cluster)
    draft.census.add(case_)
    for (const { tally, bucket, cells, values } of parts) {
      const known = draft.changes.get(tally) ?? { bucket, cells: new Map<number, number>() }
      draft.changes.set(tally, known)
      cells.forEach((cell, i) => {
        known.cells.set(cell, (known.cells.get(cell) ?? 0) + values[i]!)
      })
    }
    if (!this.merged && this.drafts.size > MOST_UNITS) this.merge()
  }

  /** A case of one arm only: there is nothing to exchange it with, so that it stays where it is. */
  addAlone(case_: Case): void {
    this.alone.add(case_)
  }

  /** The unit that a cluster belongs to. */
  keyOf(cluster: number): number {
    return this.merged ? cluster % MOST_UNITS : cluster
  }

  /** By key. */
  units(): Unit[] {
    const drafts = [...this.drafts].sort(([a], [b]) => a - b)
    return drafts.map(([key, { changes, census }]) => ({
      key,
      parts: [...changes].map(([tally, { bucket, cells }]) => ({ tally, bucket, ...deltaOf(cells) })),
      census: census.isSymmetric ? null : census,
    }))
  }

  /** Of the cases and units that exchanging does not change. */
  symmetricCensus(): Census {
    const total = new Census()
    total.merge(this.alone)
    for (const { census } of this.drafts.values()) if (census.isSymmetric) total.merge(census)
    return total
  }

  private draft(cluster: number): Draft {
    const key = this.keyOf(cluster)
    const known = this.drafts.get(key)
    if (known !== undefined) return known
    const fresh = { changes: new Map(), census: new Census() }
    this.drafts.set(key, fresh)
    return fresh
  }

  /** A bucket is the hash by 128, which divides the number of units: a unit stays within its bucket. */
  private merge(): void {
    const before = this.drafts
    this.merged = true
    this.drafts = new Map()
    for (const [cluster, { changes, census }] of before) {
      const into = this.draft(cluster)
      into.census.merge(census)
      for (const [tally, { bucket, cells }] of changes) {
        const known = into.changes.get(tally) ?? { bucket, cells: new Map<number, number>() }
        into.changes.set(tally, known)
        for (const [cell, k] of cells) known.cells.set(cell, (known.cells.get(cell) ?? 0) + k)
      }
    }
  }
}
