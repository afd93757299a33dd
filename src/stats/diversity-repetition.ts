import { type CaseNgrams, type CorpusShare, ngramIndex } from './diversity-index.js'

/**
 * Repetition across prompts: of each case's distinct n-grams the share that another case has too, averaged over the
 * cases that have any; 0–1. It grows with the corpus, so both arms must bring the same cases with texts cut to the same
 * number of words. `without[b]` is the same with bucket b's cases left out of the corpus altogether. The order of the
 * cases does not matter: shares are added as whole multiples of 2^-32.
 */
export function corpusRepetition(cases: readonly CaseNgrams[], buckets: number): CorpusShare {
  const shared = new Uint32Array(cases.length)
  // lost[case·buckets + b]: its n-grams that only cases of bucket b share with it.
  const lost = new Uint32Array(cases.length * buckets)
  const { size, starts, owners: all } = ngramIndex(cases)
  for (let ngram = 0; ngram < size; ngram++) {
    if (starts[ngram + 1]! - starts[ngram]! < 2) continue
    const owners = all.subarray(starts[ngram], starts[ngram + 1])
    const spread = spreadOf(owners, cases)
    for (const owner of owners) {
      shared[owner]!++
      const only = onlyOther(spread, cases[owner]!.bucket)
      if (only !== null) lost[owner * buckets + only]!++
    }
  }
  const meanOver = (left: number) => {
    const total = { units: 0, cases: 0 }
    cases.forEach(({ ngrams, bucket }, index) => {
      if (ngrams.length === 0 || bucket === left) return
      const count = shared[index]! - (left < 0 ? 0 : lost[index * buckets + left]!)
      total.units += Math.round((count / ngrams.length) * UNITS)
      total.cases++
    })
    return total.cases === 0 ? null : total.units / total.cases / UNITS
  }
  return { share: meanOver(-1), without: Array.from({ length: buckets }, (_, bucket) => meanOver(bucket)) }
}

/** For each case the share of its distinct n-grams that another case has too; 0–1, NaN for a case without any. */
export function repeatedShares(cases: readonly CaseNgrams[]): number[] {
  const shared = new Uint32Array(cases.length)
  const { size, starts, owners } = ngramIndex(cases)
  for (let ngram = 0; ngram < size; ngram++) {
    if (starts[ngram + 1]! - starts[ngram]! < 2) continue
    for (let i = starts[ngram]!; i < starts[ngram + 1]!; i++) shared[owners[i]!]!++
  }
  return cases.map(({ ngrams }, index) => shared[index]! / ngrams.length)
}

const UNITS = 2 ** 32

/** In which buckets an n-gram occurs, as far as it matters: two of them, in how many cases of each, and whether in more. */
interface Spread {
  readonly first: number
  firstCases: number
  second: number | null
  secondCases: number
  more: boolean
}

function spreadOf(owners: Uint32Array, cases: readonly CaseNgrams[]): Spread {
  const spread: Spread = { first: cases[owners[0]!]!.bucket, firstCases: 0, second: null, secondCases: 0, more: false }
  for (const owner of owners) {
    const { bucket } = cases[owner]!
    if (bucket === spread.first) spread.firstCases++
    else if (spread.second === null || bucket === spread.second) {
      spread.second = bucket
      spread.secondCases++
    } else spread.more = true
  }
  return spread
}

/**
 * For a case in bucket `own`: the other bucket that holds all the other cases with the n-gram, or null. Cases of its own
 * bucket never matter: with that bucket the case itself is left out.
 */
function onlyOther(spread: Spread, own: number): number | null {
  if (spread.more || spread.second === null) return null
  if (own === spread.first) return spread.firstCases === 1 ? spread.second : null
  return spread.secondCases === 1 ? spread.first : null
}
