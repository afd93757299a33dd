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

/** Calls `visit` for every n-gram, in the order of the hashes, with the indices of the cases that have it, ascending. */
export function eachNgram(cases: readonly CaseNgrams[], visit: (owners: Float64Array) => void): void {
  const entries = sortedEntries(cases)
  const owners = entries.map((entry) => entry % STRIDE)
  let start = 0
  for (let i = 1; i <= entries.length; i++) {
    if (i < entries.length && Math.floor(entries[i]! / STRIDE) === Math.floor(entries[start]! / STRIDE)) continue
    visit(owners.subarray(start, i))
    start = i
  }
}

/** Cases a corpus may have: with a 32-bit hash before it, the case's index still leaves an exact double. */
const STRIDE = 2 ** 21

/** Every (n-gram, case) as one number, sorted: sorting replaces a hash table, and forgets the order of the cases' n-grams. */
function sortedEntries(cases: readonly CaseNgrams[]): Float64Array {
  if (cases.length > STRIDE) throw new RangeError(`a corpus of ${cases.length} cases; at most ${STRIDE}`)
  const entries = new Float64Array(cases.reduce((total, { ngrams }) => total + ngrams.length, 0))
  let at = 0
  cases.forEach(({ ngrams }, index) => {
    for (const ngram of ngrams) entries[at++] = ngram * STRIDE + index
  })
  return entries.sort()
}
