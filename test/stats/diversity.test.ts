import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { expectationAdjustedDistinct } from '../../src/stats/diversity-distinct.js'
import { nearDuplicateShare } from '../../src/stats/diversity-duplicates.js'
import { symmetricEigenvalues } from '../../src/stats/diversity-eigenvalues.js'
import { keyEntropy } from '../../src/stats/diversity-entropy.js'
import type { CaseNgrams } from '../../src/stats/diversity-index.js'
import { meanPairSimilarity } from '../../src/stats/diversity-pairs.js'
import { expectedDistinct } from '../../src/stats/diversity-rarefaction.js'
import { corpusRepetition } from '../../src/stats/diversity-repetition.js'
import { vendiScore } from '../../src/stats/diversity-vendi.js'

// Every expected value was computed by fixtures/references/generate-diversity.py; its key names the command.
const values = JSON.parse(readFileSync(new URL('../../fixtures/references/diversity.json', import.meta.url), 'utf8'))
const rows = (name: string) => values[Object.keys(values).find((key) => key.startsWith(`${name}:`))!]

const matrix = (entries: readonly number[]) => ({
  size: Math.sqrt(entries.length),
  values: Float64Array.from(entries),
})

type Corpus = readonly [readonly (readonly number[])[], readonly number[], number]

const casesOf = ([sets, bucketOf]: Corpus): CaseNgrams[] =>
  sets.map((set, index) => ({ ngrams: Uint32Array.from(set), bucket: bucketOf[index]! }))

describe('diversity measures at their extremes', () => {
  it('measures without input are null', () => {
    expect(expectationAdjustedDistinct(0, 0, 100)).toBeNull()
    expect(keyEntropy([])).toBeNull()
    expect(meanPairSimilarity(matrix([1]))).toBeNull()
    expect(vendiScore(matrix([]))).toBeNull()
    expect(corpusRepetition([], 2)).toEqual({ share: null, without: [null, null] })
    expect(nearDuplicateShare([], 1)).toEqual({ share: null, without: [null] })
  })

  it('expectedDistinct refuses to draw nothing or more than there is', () => {
    expect(() => expectedDistinct([2, 1], 4)).toThrow(RangeError)
    expect(() => expectedDistinct([2, 1], 0)).toThrow(RangeError)
  })

  it('expectationAdjustedDistinct of words drawn evenly does not fall with length, as distinct/total does', () => {
    const distinctOf = (total: number) => 1000 * (1 - (999 / 1000) ** total)
    for (const total of [10, 100, 5000]) {
      expect(expectationAdjustedDistinct(distinctOf(total), total, 1000)).toBeCloseTo(1, 10)
    }
  })

  it('symmetricEigenvalues refuses NaN', () => {
    expect(() => symmetricEigenvalues(matrix([1, Number.NaN, Number.NaN, 1]))).toThrow(RangeError)
  })

  it('a case without n-grams counts among the cases and is nobody’s duplicate', () => {
    const cases = [new Uint32Array(0), new Uint32Array(0), Uint32Array.of(1, 2), Uint32Array.of(2, 1)]
    const corpus = cases.map((ngrams, bucket) => ({ ngrams, bucket }))
    expect(nearDuplicateShare(corpus, 4)).toEqual({ share: 0.5, without: [2 / 3, 2 / 3, 0, 0] })
    expect(corpusRepetition(corpus, 4)).toEqual({ share: 1, without: [1, 1, 0, 0] })
  })

  it('corpus measures do not depend on the order of cases or n-grams', () => {
    for (const of of [corpusRepetition, nearDuplicateShare]) {
      for (const corpus of rows(of.name) as Corpus[]) {
        const cases = casesOf(corpus)
        const turned = cases.toReversed().map(({ ngrams, bucket }) => ({ ngrams: ngrams.toReversed(), bucket }))
        expect(of(turned, corpus[2])).toEqual(of(cases, corpus[2]))
      }
    }
  })
})
