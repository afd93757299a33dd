import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectationAdjustedDistinct } from '../../src/stats/diversity-distinct.js'
import { nearDuplicatePartners, nearDuplicateShare } from '../../src/stats/diversity-duplicates.js'
import { symmetricEigenvalues } from '../../src/stats/diversity-eigenvalues.js'
import { keyEntropy } from '../../src/stats/diversity-entropy.js'
import type { CaseNgrams } from '../../src/stats/diversity-index.js'
import { meanPairSimilarity } from '../../src/stats/diversity-pairs.js'
import { expectedDistinct } from '../../src/stats/diversity-rarefaction.js'
import { corpusRepetition, repeatedShares } from '../../src/stats/diversity-repetition.js'
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
    expect(() => expectedDistinct([2, 1], 4)).toThrow(new RangeError('cannot draw 4 of 3 samples'))
    expect(() => expectedDistinct([2, 1], 0)).toThrow(RangeError)
  })

  it('expectationAdjustedDistinct of words drawn evenly does not fall with length, as distinct/total does', () => {
    const distinctOf = (total: number) => 1000 * (1 - (999 / 1000) ** total)
    for (const total of [10, 100, 5000]) {
      expect(expectationAdjustedDistinct(distinctOf(total), total, 1000)).toBeCloseTo(1, 10)
    }
  })

  it('symmetricEigenvalues refuses NaN', () => {
    expect(() => symmetricEigenvalues(matrix([1, Number.NaN, Number.NaN, 1]))).toThrow(
      new RangeError('eigenvalues of a matrix that is not finite'),
    )
  })

  it('symmetricEigenvalues leaves the matrix as it was', () => {
    const asked = matrix([2, 1, 1, 2])
    expect(symmetricEigenvalues(asked)[0]).toBeCloseTo(1, 14)
    expect([...asked.values]).toEqual([2, 1, 1, 2])
  })

  it('keyEntropy and expectedDistinct do not depend on the order of kinds, to the last digit', () => {
    const sizes = [1, 7, 2, 11, 3, 5, 2]
    const keys = sizes.flatMap((size, key) => new Array<number>(size).fill(key))
    for (let from = 0; from < keys.length; from++) {
      expect(keyEntropy([...keys.slice(from), ...keys.slice(0, from)])).toBe(keyEntropy(keys))
    }
    expect(expectedDistinct(sizes.toReversed(), 13)).toBe(expectedDistinct(sizes, 13))
    expect(
      expectedDistinct(
        sizes.toSorted((a, b) => b - a),
        13,
      ),
    ).toBe(expectedDistinct(sizes, 13))
  })

  it('a case without n-grams counts among the cases and is nobody’s duplicate', () => {
    const cases = [new Uint32Array(0), new Uint32Array(0), Uint32Array.of(1, 2), Uint32Array.of(2, 1)]
    const corpus = cases.map((ngrams, bucket) => ({ ngrams, bucket }))
    expect(nearDuplicateShare(corpus, 4)).toEqual({ share: 0.5, without: [2 / 3, 2 / 3, 0, 0] })
    expect(corpusRepetition(corpus, 4)).toEqual({ share: 1, without: [1, 1, 0, 0] })
  })

  it('repeatedShares are what corpusRepetition is the mean of', () => {
    for (const corpus of rows('corpusRepetition') as Corpus[]) {
      const cases = casesOf(corpus)
      const shares = repeatedShares(cases).filter(Number.isFinite)
      const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
      expect(shares.length === 0 ? null : mean).toBeCloseTo(corpusRepetition(cases, corpus[2]).share ?? Number.NaN, 9)
    }
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

describe('near-duplicates, against all pairs', () => {
  const BUCKETS = 4
  /** Cases of which many are cut or varied copies of one list, so that pairs lie on both sides of the threshold. */
  const corpus = fc.array(
    fc.record({
      from: fc.nat(3),
      length: fc.integer({ min: 0, max: 16 }),
      extra: fc.array(fc.nat(40), { maxLength: 3 }),
      bucket: fc.nat(BUCKETS - 1),
    }),
    { maxLength: 14 },
  )
  const caseOf = ({
    from,
    length,
    extra,
    bucket,
  }: {
    from: number
    length: number
    extra: number[]
    bucket: number
  }) => {
    const ngrams = Uint32Array.from(new Set([...Array.from({ length }, (_, i) => from + i), ...extra]))
    return { ngrams, bucket }
  }
  const isNear = (a: CaseNgrams, b: CaseNgrams) => {
    const shared = a.ngrams.filter((ngram) => b.ngrams.includes(ngram)).length
    const either = a.ngrams.length + b.ngrams.length - shared
    // In whole numbers, shared/either ≥ 4/5.
    return either > 0 && 5 * shared >= 4 * either
  }
  const shareOf = (cases: readonly CaseNgrams[]) => {
    const near = cases.filter((one) => cases.some((other) => other !== one && isNear(one, other)))
    return cases.length === 0 ? null : near.length / cases.length
  }

  it('nearDuplicateShare is the share of cases near to another, also without each bucket', () => {
    fc.assert(
      fc.property(corpus, (rows) => {
        const cases = rows.map(caseOf)
        const { share, without } = nearDuplicateShare(cases, BUCKETS)
        expect(share).toBe(shareOf(cases))
        expect(without).toEqual(
          Array.from({ length: BUCKETS }, (_, left) => shareOf(cases.filter(({ bucket }) => bucket !== left))),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('nearDuplicatePartners names for each case one that is near to it, and -1 only where there is none', () => {
    fc.assert(
      fc.property(corpus, (rows) => {
        const cases = rows.map(caseOf)
        nearDuplicatePartners(cases).forEach((partner, i) => {
          const near = cases.flatMap((other, j) => (j !== i && isNear(cases[i]!, other) ? [j] : []))
          if (near.length === 0) expect(partner).toBe(-1)
          else expect(near).toContain(partner)
        })
      }),
      { numRuns: 300 },
    )
  })

  it('twelve n-grams of fifteen are near at .8, eleven are not', () => {
    const of = (length: number) => ({ ngrams: Uint32Array.from({ length }, (_, i) => i), bucket: 0 })
    expect(nearDuplicateShare([of(15), of(12)], 1).share).toBe(1)
    expect(nearDuplicateShare([of(15), of(11)], 1).share).toBe(0)
  })
})
