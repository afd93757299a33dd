import type { Digest } from '../domain/hash.js'

/** Clusters whose sizes are kept: those with the smallest hashes. */
const KEPT = 1024

/**
 * How unequal clusters are, in constant memory: the sizes of the 1,024 clusters with the smallest hashes. A cluster that
 * ends among them was never pushed out before, so its size is exact in any order and any split.
 */
export class Clusters {
  /** Cases that name a cluster, and cases that are their own. */
  private named = 0
  private alone = 0
  private readonly sizes = new Map<number, number>()
  private limit = Number.POSITIVE_INFINITY

  /** Counts one case of the cluster with this digest; null for a case that is its own. */
  add(digest: Digest | null): void {
    if (digest === null) {
      this.alone++
      return
    }
    this.named++
    this.addSize(digest[2] * 2 ** 21 + (digest[3] >>> 11), 1)
  }

  merge(other: Clusters): void {
    this.named += other.named
    this.alone += other.alone
    other.prune()
    for (const [hash, size] of other.sizes) this.addSize(hash, size)
  }

  /** Whether some case names a cluster. */
  get any(): boolean {
    return this.named > 0
  }

  /** Cases of the cluster that a case is in, on average: n cases carry what n/designEffect independent ones would. */
  get designEffect(): number {
    if (this.named === 0) return 1
    this.prune()
    let cases = 0
    let squares = 0
    for (const size of this.sizes.values()) {
      cases += size
      squares += size * size
    }
    return (this.named * (squares / cases) + this.alone) / (this.named + this.alone)
  }

  private addSize(hash: number, size: number): void {
    const seen = this.sizes.get(hash)
    if (seen === undefined && hash > this.limit) return
    this.sizes.set(hash, (seen ?? 0) + size)
    if (this.sizes.size >= 4 * KEPT) this.prune()
  }

  /** Leaves the smallest hashes; what is above them can never come back among them. */
  private prune(): void {
    const hashes = Float64Array.from(this.sizes.keys()).sort()
    for (const hash of hashes.subarray(KEPT)) this.sizes.delete(hash)
    if (hashes.length >= KEPT) this.limit = hashes[KEPT - 1]!
  }
}
