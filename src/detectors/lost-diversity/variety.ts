import type { LostCase } from '../../domain/case.js'
import { ARMS, type Arm, type PerArm, type Sample } from '../../domain/record.js'
import { expectationAdjustedDistinct } from '../../stats/diversity-distinct.js'
import { meanPairSimilarity } from '../../stats/diversity-pairs.js'
import { vendiScore } from '../../stats/diversity-vendi.js'
import {
  type CaseTexts,
  caseSimilarities,
  cutToCommonLength,
  type TextsRead,
} from '../../text/similarity/case-similarity.js'
import { nearDuplicateClusters } from '../../text/similarity/clusters.js'
import { cosineOf } from '../../text/similarity/embeddings.js'
import { withoutFrame } from '../../text/similarity/frame.js'
import type { SimilarityMatrix } from '../../text/similarity/matrix.js'
import { countNgrams } from '../../text/similarity/shingles.js'
import { TEXT_THRESHOLD } from '../../text/similarity/similarity.js'
import { wordsOf } from '../../text/similarity/words.js'
import type { Repeats, Variety } from './features.js'
import type { Options } from './options.js'

/** Samples of a case that are compared, in each arm: of more, the first by number. */
export const MOST_SAMPLES = 10

/**
 * The vocabulary that distinct n-grams are expected to be drawn from, the same for every case: that of BERT's uncased
 * tokeniser, as in Liu et al. 2022.
 */
const VOCABULARY = 30_522

/** Similarities of the outputs that did not fail, in the order of their numbers. */
interface Compared {
  readonly kernel: Repeats['kernel']
  readonly threshold: number
  readonly cut: PerArm<SimilarityMatrix>
  readonly uncut: PerArm<SimilarityMatrix>
}

/** What outputs that are not there have. */
const NOTHING: Variety = { distinct: 0, distinctUncut: 0, effective: 0, similarity: 1, vendi: 0, ngrams: [0, 0, 0] }

/** Of a case that the tuned arm lost: the baseline's own variety against none. */
export function lostRepeatsOf({ samples }: LostCase, options: Options): Repeats | null {
  const repeats = repeatsOf({ baseline: samples, tuned: samples }, options)
  return repeats === null ? null : { ...repeats, arms: { baseline: repeats.arms.baseline, tuned: NOTHING } }
}

/** Null for a case without repeats. */
export function repeatsOf(case_: PerArm<readonly Sample[]>, options: Options): Repeats | null {
  const samples = Math.min(case_.baseline.length, MOST_SAMPLES)
  if (samples < 2) return null
  const given = perArm((arm) => case_[arm].slice(0, MOST_SAMPLES))
  const whole = perArm((arm) => given[arm].filter(({ failed }) => failed === null))
  const texts = { prompt: promptOf(case_), ...perArm((arm) => withoutFrame(whole[arm].map(({ output }) => output))) }
  const cut = cutToCommonLength(texts)
  const compared = byEmbeddings(whole, options) ?? byWords(texts, cut)
  return {
    samples,
    kernel: compared.kernel,
    arms: perArm((arm) => varietyOf(given[arm], whole[arm], cut[arm], compared, arm)),
  }
}

function perArm<T>(of: (arm: Arm) => T): PerArm<T> {
  return { baseline: of('baseline'), tuned: of('tuned') }
}

function promptOf({ baseline, tuned }: PerArm<readonly Sample[]>): string {
  const prompt = baseline[0]!.prompt ?? tuned[0]!.prompt ?? ''
  return typeof prompt === 'string' ? prompt : JSON.stringify(prompt)
}

function byWords(texts: CaseTexts, cut: CaseTexts): Compared {
  const read: TextsRead = new Map()
  const [ofCut, ofUncut] = [caseSimilarities(cut, read), caseSimilarities(texts, read)]
  return { kernel: 'words', threshold: TEXT_THRESHOLD, cut: ofCut, uncut: ofUncut }
}

/** Null unless every output of the case has a vector, all of one length. */
function byEmbeddings(samples: PerArm<readonly Sample[]>, { embeddingThreshold }: Options): Compared | null {
  const vectors = ARMS.flatMap((arm) =>
    samples[arm].flatMap(({ embedding }) => (embedding === null ? [] : [embedding])),
  )
  if (vectors.length === 0 || vectors.length < samples.baseline.length + samples.tuned.length) return null
  if (vectors.some(({ length }) => length !== vectors[0]!.length)) return null
  const matrices = perArm((arm) => {
    const cosines = cosineOf(samples[arm].map(({ embedding }) => embedding!))
    if (cosines.status === 'invalid') throw new Error(`an embedding passed reading: ${cosines.code}`)
    return cosines.matrix
  })
  return { kernel: 'embeddings', threshold: embeddingThreshold, cut: matrices, uncut: matrices }
}

function varietyOf(
  given: readonly Sample[],
  whole: readonly Sample[],
  texts: readonly string[],
  { threshold, cut, uncut }: Compared,
  arm: Arm,
): Variety {
  const matrix = cut[arm]
  const words = texts.map(wordsOf)
  const judged = whole.every(({ correct }) => correct !== null)
  const correct = judged ? submatrix(matrix, (i) => whole[i]!.correct === true) : null
  const distinctOf = (matrix: SimilarityMatrix) => nearDuplicateClusters(matrix, threshold).count / given.length
  return {
    distinct: distinctOf(matrix),
    distinctUncut: distinctOf(uncut[arm]),
    effective: correct === null ? null : distinctOf(correct),
    similarity: similarityOf(matrix, given.length),
    vendi: vendiScore(matrix) ?? 0,
    ngrams: [1, 2, 3].map((n) => distinctNgrams(words, n)),
  }
}

function submatrix({ size, values }: SimilarityMatrix, keep: (index: number) => boolean): SimilarityMatrix {
  const kept = Array.from({ length: size }, (_, i) => i).filter(keep)
  return { size: kept.length, values: Float64Array.from(kept.flatMap((i) => kept.map((j) => values[i * size + j]!))) }
}

/** Over all pairs of `samples`; a pair with an output that failed counts as alike. */
function similarityOf(matrix: SimilarityMatrix, samples: number): number {
  const pairs = (n: number) => (n * (n - 1)) / 2
  const known = pairs(matrix.size)
  const failed = pairs(samples) - known
  return (failed + (meanPairSimilarity(matrix) ?? 0) * known) / pairs(samples)
}

/** Expectation-adjusted distinct-n over the words (see `wordsOf`) of a case's texts together; null where none has n. */
export function distinctNgrams(texts: readonly Uint32Array[], n: number): number | null {
  const { total, distinct } = countNgrams(texts, n)
  return expectationAdjustedDistinct(distinct, total, VOCABULARY)
}
