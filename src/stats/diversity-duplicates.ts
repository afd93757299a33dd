import { oncePer } from '../domain/once-per.js'
import { type CaseNgrams, type CorpusShare, type NgramIndex, ngramIndex } from './diversity-index.js'

/** Where a case's near-duplicates lie: nowhere yet, in one bucket (its number), or in several. */
const NONE = -1
const SEVERAL = -2

/**
 * The share of cases whose n-grams are near-identical, Jaccard ≥ `threshold`, to those of another case; 0–1. A case
 * without n-grams (an output shorter than n words) is nobody's duplicate, yet counts among the cases. `without[b]` leaves
 * bucket b's cases out of the corpus. Null without cases; their order does not matter.
 *
 * Exact, where MinHash would estimate: a set of x n-grams can be this similar to another only if the two meet in the
 * rarest x − ⌈t·x⌉ + 1 of each, so only those are looked up. Source: Bayardo, Ma & Srikant 2007, Scaling up all pairs
 * similarity search (WWW), with the length filter of Xiao et al. 2008 (PPJoin).
 */
export function nearDuplicateShare(cases: readonly CaseNgrams[], buckets: number, threshold = 0.8): CorpusShare {
  const partners = new Int32Array(cases.length).fill(NONE)
  eachNearPair(rarestFirst(cases), threshold, {
    settled: (a, b) => knows(partners, a, cases[b]!.bucket) && knows(partners, b, cases[a]!.bucket),
    found: (a, b) => {
      note(partners, a, cases[b]!.bucket)
      note(partners, b, cases[a]!.bucket)
    },
  })
  const shareWithout = (left: number) => {
    let all = 0
    let duplicates = 0
    cases.forEach(({ bucket }, index) => {
      if (bucket === left) return
      all++
      if (partners[index] !== NONE && partners[index] !== left) duplicates++
    })
    return all === 0 ? null : duplicates / all
  }
  return { share: shareWithout(NONE), without: Array.from({ length: buckets }, (_, bucket) => shareWithout(bucket)) }
}

/** For each case another one that is near-identical to it, by index; -1 where there is none. */
export function nearDuplicatePartners(cases: readonly CaseNgrams[], threshold = 0.8): Int32Array {
  const partners = new Int32Array(cases.length).fill(NONE)
  eachNearPair(rarestFirst(cases), threshold, {
    settled: (a, b) => partners[a] !== NONE && partners[b] !== NONE,
    found: (a, b) => {
      if (partners[a] === NONE) partners[a] = b
      if (partners[b] === NONE) partners[b] = a
    },
  })
  return partners
}

function knows(partners: Int32Array, of: number, bucket: number): boolean {
  return partners[of] === SEVERAL || partners[of] === bucket
}

function note(partners: Int32Array, of: number, bucket: number): void {
  partners[of] = partners[of] === NONE || partners[of] === bucket ? bucket : SEVERAL
}

/** Each case's n-grams as ranks, ascending: the n-grams that the fewest cases have rank first. */
const rarestFirst = oncePer((cases: readonly CaseNgrams[]): Uint32Array[] => {
  const index = ngramIndex(cases)
  const sets = cases.map(({ ngrams }) => new Uint32Array(ngrams.length))
  const filled = new Uint32Array(cases.length)
  let rank = 0
  // By ascending rank, so that every set is filled in order.
  for (const ngram of byFrequency(index)) {
    for (let i = index.starts[ngram]!; i < index.starts[ngram + 1]!; i++) {
      const owner = index.owners[i]!
      sets[owner]![filled[owner]!++] = rank
    }
    rank++
  }
  return sets
})

/** The n-grams by how many cases have them, those of one frequency by their hashes: a counting sort. */
function byFrequency({ size, starts }: NgramIndex): Uint32Array {
  const frequency = (ngram: number) => starts[ngram + 1]! - starts[ngram]!
  let most = 0
  for (let ngram = 0; ngram < size; ngram++) most = Math.max(most, frequency(ngram))
  const next = new Uint32Array(most + 2)
  for (let ngram = 0; ngram < size; ngram++) next[frequency(ngram) + 1]!++
  for (let i = 0; i <= most; i++) next[i + 1]! += next[i]!
  const order = new Uint32Array(size)
  for (let ngram = 0; ngram < size; ngram++) order[next[frequency(ngram)]!++] = ngram
  return order
}

interface PairVisitor {
  /** Whether a pair could add nothing. */
  settled(a: number, b: number): boolean
  found(a: number, b: number): void
}

/** Visits pairs of sets, shorter ones first, that share one of their rarest n-grams. */
function eachNearPair(sets: readonly Uint32Array[], threshold: number, visitor: PairVisitor): void {
  const order = sets.map((_, index) => index).sort((a, b) => sets[a]!.length - sets[b]!.length || a - b)
  const postings = new Map<number, number[]>()
  const seenFor = new Int32Array(sets.length).fill(-1)
  for (const current of order) {
    const set = sets[current]!
    for (const rank of set.subarray(0, set.length - leastShared(set.length, threshold) + 1)) {
      const earlier = postings.get(rank)
      if (earlier === undefined) {
        postings.set(rank, [current])
        continue
      }
      for (const other of earlier) {
        if (seenFor[other] === current || other === current) continue
        seenFor[other] = current
        if (sets[other]!.length < leastShared(set.length, threshold) || visitor.settled(current, other)) continue
        if (isNear(set, sets[other]!, threshold)) visitor.found(current, other)
      }
      earlier.push(current)
    }
  }
}

/** ⌈t·size⌉, the fewest n-grams that a set must share to reach t; .8·15 is a little over 12 in doubles. */
function leastShared(size: number, threshold: number): number {
  return Math.ceil(threshold * size - 1e-9)
}

/** Whether the shared members of two ascending lists are that share of the members of either; ends once they cannot be. */
function isNear(a: Uint32Array, b: Uint32Array, threshold: number): boolean {
  const need = fewestShared(a.length + b.length, threshold)
  let [spareA, spareB] = [a.length - need, b.length - need]
  let i = 0
  let j = 0
  while (i < a.length && j < b.length && spareA >= 0 && spareB >= 0) {
    const left = a[i]!
    const right = b[j]!
    if (left <= right) i++
    if (right <= left) j++
    if (left < right) spareA--
    if (right < left) spareB--
  }
  return spareA >= a.length - i && spareB >= b.length - j
}

/** The fewest shared members with which two sets of so many members together are similar. */
function fewestShared(members: number, threshold: number): number {
  let shared = Math.floor((threshold * members) / (1 + threshold)) - 1
  while (shared / (members - shared) < threshold) shared++
  return shared
}
