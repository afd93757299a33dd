import type { Digest } from '../domain/hash.js'

/** Clusters whose sizes are kept: those with the smallest hashes. */
const KEPT = 1024

/**
 * How unequal clusters are, in constant memory: the sizes of the 1,024 clusters with the smallest hashes. A cluster that
 * ends among them was never pushed out before, so its size is exact in any order and any split.
 */
export class Clusters {
  /** Whether some case named a cluster; otherwise every case is its own. */
  named = false
  private readonly sizes = new Map<number, number>()
  private limit = Number.POSITIVE_INFINITY

  /** Counts one case of the cluster with this digest. */
  add(digest: Digest, named: boolean): void {
    if (named) this.named = true
    this.addSize(digest[2] * 2 ** 21 + (digest[3] >>> 11), 1)
  }

  merge(other: Clusters): void {
    other.prune()
    this.named ||= other.named
    for (const [hash, size] of other.sizes) this.addSize(hash, size)
  }

  /** Cases of the cluster that a case is in, on average: n cases carry what n/designEffect independent ones would. */
  get designEffect(): number {
    this.prune()
    let cases = 0
    let squares = 0
    for (const size of this.sizes.values()) {
      cases += size
      squares += size * size
    }
    return cases === 0 ? 1 : squares / cases
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
