/** What a text's n-grams of words come to. */
export interface Ngrams {
  /** Hashes of the distinct ones, ascending; 32 bits, so that of a million one in 4,300 is taken for another. */
  readonly distinct: Uint32Array
  /** All of them, repeats included. */
  readonly total: number
}

/** The n-grams of a word sequence (see `wordsOf`); none where it is shorter than n. */
export function ngrams(words: Uint32Array, n: number): Ngrams {
  const total = Math.max(0, words.length - n + 1)
  const hashes = new Uint32Array(total)
  for (let i = 0; i < total; i++) hashes[i] = sequenceHash(words, i, n)
  return { distinct: distinctOf(hashes.sort()), total }
}

/** How many distinct ones several texts have together. */
export function distinctTogether(texts: readonly Ngrams[]): number {
  const all = new Uint32Array(texts.reduce((sum, { distinct }) => sum + distinct.length, 0))
  let at = 0
  for (const { distinct } of texts) {
    all.set(distinct, at)
    at += distinct.length
  }
  return distinctOf(all.sort()).length
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
