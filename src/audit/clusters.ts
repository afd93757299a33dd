import { stateOf } from '../domain/codec/state.js'
import { natural } from '../domain/codec/values.js'
import type { Digest } from '../domain/hash.js'
import { SizeSketch, sizeSketchCodec } from './size-sketch.js'

/** Clusters whose sizes are kept. */
const KEPT = 1024

/** How unequal clusters are, in constant memory: by the sizes of the 1,024 clusters with the smallest hashes. */
export class Clusters {
  /** Cases that name a cluster, and cases that are their own. */
  private named = 0
  private alone = 0
  private readonly sizes = new SizeSketch(KEPT)

  /** Counts one case of the cluster with this digest; null for a case that is its own. */
  add(digest: Digest | null): void {
    if (digest === null) {
      this.alone++
      return
    }
    this.named++
    this.sizes.add(digest)
  }

  merge(other: Clusters): void {
    this.named += other.named
    this.alone += other.alone
    this.sizes.merge(other.sizes)
  }

  /** Whether some case names a cluster. */
  get any(): boolean {
    return this.named > 0
  }

  /** Cases of the cluster that a case is in, on average: n cases carry what n/designEffect independent ones would. */
  get designEffect(): number {
    if (this.named === 0) return 1
    return (this.named * this.sizes.designEffect + this.alone) / (this.named + this.alone)
  }
}

export const clustersCodec = stateOf(() => new Clusters(), {
  named: natural,
  alone: natural,
  sizes: sizeSketchCodec(KEPT),
})
