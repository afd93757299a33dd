import type { Codec } from '../domain/codec/codec.js'
import { mapOf } from '../domain/codec/collections.js'
import { fixed, stateOf } from '../domain/codec/state.js'
import { extended, natural } from '../domain/codec/values.js'
import type { Digest } from '../domain/hash.js'

/** Hashes are 53 bits of a digest. */
const HASHES = 2 ** 53

/** How a sketch sees the groups that cases fall into. */
export interface Sizes {
  /** Groups of two or more cases, and the cases in them. */
  readonly repeated: number
  readonly cases: number
  readonly groups: number
  /** False where only some groups were kept, so that these numbers are estimates. */
  readonly exact: boolean
}

/**
 * Sizes of groups in constant memory: of the groups with the smallest hashes. A group that ends among them was never
 * pushed out before, so its size is exact in any order and any split.
 */
export class SizeSketch {
  private readonly sizes = new Map<number, number>()
  private readonly kept: number
  private limit = Number.POSITIVE_INFINITY

  constructor(kept: number) {
    this.kept = kept
  }

  /** Counts a case of the group with this digest. */
  add(digest: Digest): void {
    this.addSize(digest[2] * 2 ** 21 + (digest[3] >>> 11), 1)
  }

  merge(other: SizeSketch): void {
    other.prune()
    for (const [hash, size] of other.sizes) this.addSize(hash, size)
    this.dropAbove(other.limit)
  }

  /** Mean size of the group that a case is in. */
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

  /**
   * The number of groups is (k − 1)/u where more than k were seen, u the k-th smallest hash as a share of all.
   * Source: Bar-Yossef et al. 2002, RANDOM; Beyer et al. 2007, SIGMOD (unbiased form).
   */
  seen(): Sizes {
    this.prune()
    const exact = this.limit === Number.POSITIVE_INFINITY
    const groups = exact ? this.sizes.size : (this.kept - 1) / (this.limit / HASHES)
    const scale = exact ? 1 : groups / this.sizes.size
    const repeated = [...this.sizes.values()].filter((size) => size > 1)
    const cases = repeated.reduce((total, size) => total + size, 0)
    return {
      repeated: Math.round(repeated.length * scale),
      cases: Math.round(cases * scale),
      groups: Math.round(groups),
      exact,
    }
  }

  private addSize(hash: number, size: number): void {
    const seen = this.sizes.get(hash)
    if (seen === undefined && hash > this.limit) return
    this.sizes.set(hash, (seen ?? 0) + size)
    if (this.sizes.size >= 4 * this.kept) this.prune()
  }

  /** Leaves the smallest hashes; what is above them can never come back among them. */
  prune(): void {
    if (this.sizes.size <= this.kept) return
    this.dropAbove(Float64Array.from(this.sizes.keys()).sort()[this.kept - 1]!)
  }

  private dropAbove(limit: number): void {
    if (limit >= this.limit) return
    this.limit = limit
    for (const hash of this.sizes.keys()) if (hash > limit) this.sizes.delete(hash)
  }
}

/** `kept`: how many groups it keeps. */
export function sizeSketchCodec(kept: number): Codec<SizeSketch> {
  const state = stateOf(() => new SizeSketch(kept), {
    sizes: mapOf(natural, natural),
    kept: fixed,
    limit: extended,
  })
  return {
    ...state,
    write: (sketch) => {
      sketch.prune()
      return state.write(sketch)
    },
  }
}
