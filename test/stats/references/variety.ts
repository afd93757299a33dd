import { distinctNgrams } from '../../../src/detectors/lost-diversity/variety.js'
import { expectationAdjustedDistinct } from '../../../src/stats/diversity-distinct.js'
import { nearDuplicateShare } from '../../../src/stats/diversity-duplicates.js'
import { symmetricEigenvalues } from '../../../src/stats/diversity-eigenvalues.js'
import { keyEntropy } from '../../../src/stats/diversity-entropy.js'
import type { CaseNgrams, CorpusShare } from '../../../src/stats/diversity-index.js'
import { meanPairSimilarity } from '../../../src/stats/diversity-pairs.js'
import { expectedDistinct } from '../../../src/stats/diversity-rarefaction.js'
import { corpusRepetition } from '../../../src/stats/diversity-repetition.js'
import { vendiScore } from '../../../src/stats/diversity-vendi.js'
import { entropy, jensenShannon, millerMadow } from '../../../src/stats/entropy.js'
import { stuartMaxwell } from '../../../src/stats/stuart-maxwell.js'
import { wordsOf } from '../../../src/text/similarity/words.js'
import { type References, readReferences, type Statistic, statistics } from './statistic.js'

const formats = readReferences<References>('formats.json')
const diversity = readReferences<References>('diversity.json')

const matrixOf = (entries: readonly number[]) => ({
  size: Math.sqrt(entries.length),
  values: Float64Array.from(entries),
})

/** For the whole corpus and without each bucket. */
const eachShare =
  (of: (cases: readonly CaseNgrams[], buckets: number) => CorpusShare) =>
  (sets: number[][], bucketOf: number[], buckets: number) => {
    const cases = sets.map((set, index) => ({ ngrams: Uint32Array.from(set), bucket: bucketOf[index]! }))
    const { share, without } = of(cases, buckets)
    return [share, ...without]
  }

export const classes: readonly Statistic[] = [
  ...statistics(formats, 'entropy', 1e-14, entropy),
  ...statistics(formats, 'millerMadow', 1e-14, (counts: number[], n) =>
    millerMadow(
      counts.map((count) => count / n),
      n,
    ),
  ),
  ...statistics(formats, 'jensenShannon', 1e-11, jensenShannon),
  ...statistics(formats, 'stuartMaxwell', 1e-12, (table) => {
    const test = stuartMaxwell(table)!
    return [test.statistic, test.degreesOfFreedom, test.p]
  }),
]

export const variety: readonly Statistic[] = [
  ...statistics(diversity, 'expectationAdjustedDistinct', 1e-12, expectationAdjustedDistinct),
  ...statistics(diversity, 'distinctNgrams', 1e-12, (texts, n) => distinctNgrams(texts.map(wordsOf), n)),
  ...statistics(diversity, 'expectedDistinct', 1e-12, expectedDistinct),
  ...statistics(diversity, 'symmetricEigenvalues', { tolerance: 1e-14, scale: 1 }, (entries) =>
    symmetricEigenvalues(matrixOf(entries)),
  ),
  ...statistics(diversity, 'vendiScore', 1e-11, (entries) => vendiScore(matrixOf(entries))),
  ...statistics(diversity, 'meanPairSimilarity', 1e-13, (entries) => meanPairSimilarity(matrixOf(entries))),
  ...statistics(diversity, 'keyEntropy', 1e-13, keyEntropy),
  ...statistics(diversity, 'corpusRepetition', 1e-9, eachShare(corpusRepetition)),
  ...statistics(diversity, 'nearDuplicateShare', 1e-15, eachShare(nearDuplicateShare)),
]
