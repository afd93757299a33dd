import { oncePer } from '../domain/once-per.js'

/** What a corpus measure knows of one case: hashes of its distinct n-grams, and the bucket that intervals leave it out by. */
export interface CaseNgrams {
  /** Distinct, 32 bits; in any order. */
  readonly ngrams: Uint32Array
  readonly bucket: number
}

/** A share of all cases, and the same with each bucket's cases left out of the corpus; null where no case is left. */
export interface CorpusShare {
  readonly share: number | null
  readonly without: readonly (number | null)[]
}

/** Which cases have each n-gram: those of n-gram i are owners[starts[i]] up to owners[starts[i + 1]], ascending. */
export interface NgramIndex {
  /** Distinct n-grams. */
  readonly size: number
  readonly starts: Uint32Array
  readonly owners: Uint32Array
}

/** N-grams in the order of their hashes, cases by their index. Made once per list, which must not change. */
export const ngramIndex = oncePer((cases: readonly CaseNgrams[]): NgramIndex => {
  const { ngrams, owners } = sortedByNgram(cases)
  const starts = new Uint32Array(ngrams.length + 1)
  let size = 0
  for (let i = 0; i < ngrams.length; i++) if (i === 0 || ngrams[i] !== ngrams[i - 1]) starts[size++] = i
  starts[size] = ngrams.length
  return { size, starts: starts.subarray(0, size + 1), owners }
})

interface Entries {
  readonly ngrams: Uint32Array
  readonly owners: Uint32Array
}

const DIGIT_BITS = 11

/**
 * Every (n-gram, case), sorted by n-gram: a radix sort, which keeps the cases of an n-gram in their order and takes a
 * fraction of the time of a sort by comparison.
 */
function sortedByNgram(cases: readonly CaseNgrams[]): Entries {
  const length = cases.reduce((total, { ngrams }) => total + ngrams.length, 0)
  let from = { ngrams: new Uint32Array(length), owners: new Uint32Array(length) }
  let into = { ngrams: new Uint32Array(length), owners: new Uint32Array(length) }
  let at = 0
  cases.forEach(({ ngrams }, index) => {
    from.ngrams.set(ngrams, at)
    from.owners.fill(index, at, at + ngrams.length)
    at += ngrams.length
  })
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    sortByDigit(from, into, shift)
    ;[from, into] = [into, from]
  }
  return from
}

function sortByDigit(from: Entries, into: Entries, shift: number): void {
  const mask = 2 ** DIGIT_BITS - 1
  const next = new Uint32Array(2 ** DIGIT_BITS + 1)
  for (let i = 0; i < from.ngrams.length; i++) next[((from.ngrams[i]! >>> shift) & mask) + 1]!++
  for (let digit = 0; digit <= mask; digit++) next[digit + 1]! += next[digit]!
  for (let i = 0; i < from.ngrams.length; i++) {
    const ngram = from.ngrams[i]!
    const place = next[(ngram >>> shift) & mask]!++
    into.ngrams[place] = ngram
    into.owners[place] = from.owners[i]!
  }
}
