/**
 * Hashes of the distinct n-grams of a word sequence (see `wordsOf`), ascending; none where it is shorter than n. 32 bits, so
 * that of a million one in 4,300 is taken for another.
 */
export function ngrams(words: Uint32Array, n: number): Uint32Array {
  const hashes = new Uint32Array(totalOf(words, n))
  for (let i = 0; i < hashes.length; i++) hashes[i] = sequenceHash(words, i, n)
  return distinctOf(hashes.sort())
}

export interface NgramCount {
  /** Repeats included. */
  readonly total: number
  readonly distinct: number
}

/** The n-grams of several word sequences together. */
export function countNgrams(texts: readonly Uint32Array[], n: number): NgramCount {
  const total = texts.reduce((sum, words) => sum + totalOf(words, n), 0)
  const seen = new HashSet(total)
  for (const words of texts) {
    const own = totalOf(words, n)
    for (let i = 0; i < own; i++) seen.add(sequenceHash(words, i, n))
  }
  return { total, distinct: seen.size }
}

function totalOf(words: Uint32Array, n: number): number {
  return Math.max(0, words.length - n + 1)
}

/** A hash of the first `n` words, or of all where there are fewer; null without words. */
export function opening(words: Uint32Array, n: number): number | null {
  return words.length === 0 ? null : sequenceHash(words, 0, Math.min(n, words.length))
}

/** MurmurHash3 x86_32's step over words instead of bytes, and its end. */
function sequenceHash(words: Uint32Array, start: number, length: number): number {
  let h = length
  for (let i = start; i < start + length; i++) {
    const k = Math.imul(words[i]!, 0xcc9e2d51)
    h ^= Math.imul((k << 15) | (k >>> 17), 0x1b873593)
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function distinctOf(sorted: Uint32Array): Uint32Array {
  let size = 0
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[size++] = sorted[i]!
  return sorted.subarray(0, size)
}

/** What a slot holds that was not taken; a hash may be it too. */
const EMPTY = 0

/** A set of 32-bit hashes, of at most so many: open addressing, far faster than a Set and than sorting. */
class HashSet {
  private readonly slots: Uint32Array
  private hasZero = false
  size = 0

  constructor(most: number) {
    this.slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * most + 2)))
  }

  add(hash: number): void {
    if (hash === EMPTY) {
      if (!this.hasZero) this.size++
      this.hasZero = true
      return
    }
    const mask = this.slots.length - 1
    let slot = hash & mask
    while (this.slots[slot] !== EMPTY && this.slots[slot] !== hash) slot = (slot + 1) & mask
    if (this.slots[slot] === hash) return
    this.slots[slot] = hash
    this.size++
  }
}
