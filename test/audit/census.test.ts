import { describe, expect, it } from 'vitest'
import { Census, censusCodec } from '../../src/audit/census.js'
import type { Case } from '../../src/domain/case.js'
import type { PerArm, Sample } from '../../src/domain/record.js'
import { makeCase, makeSample } from './support.js'

const scored = makeSample({ score: 0.5 })
const graded = makeSample({ correct: true })
const sure = makeSample({ confidence: 0.9 })
const prompted = makeSample({ prompt: 'When is high water?' })
const plain = makeSample()
const failed = makeSample({ failed: 'error' })

let cases = 0
function tides(arms: Partial<PerArm<readonly Sample[]>>, task = 'tides'): Case {
  return makeCase(`case-${cases++}`, { baseline: [], tuned: [], ...arms }, { task })
}

function censusOf(all: readonly Case[]): Census {
  const census = new Census()
  for (const each of all) census.add(each)
  return census
}

describe('Census', () => {
  it('counts the cases of each arm by itself, and those that both have', () => {
    const census = censusOf([
      tides({ baseline: [plain], tuned: [plain] }),
      tides({ baseline: [plain] }),
      tides({ baseline: [plain] }),
      tides({ tuned: [plain] }, 'winds'),
    ])
    expect(census.names).toEqual(['tides', 'winds'])
    expect([census.cases('tides', 'baseline'), census.cases('tides', 'tuned'), census.paired('tides')]).toEqual([
      3, 1, 1,
    ])
    expect([census.cases('winds', 'baseline'), census.cases('winds', 'tuned'), census.paired('winds')]).toEqual([
      0, 1, 0,
    ])
  })

  it('says 0 of a task that it never saw, and that no sample of it is missing', () => {
    const census = new Census()
    expect([census.cases('fog', 'baseline'), census.paired('fog'), census.carrying('fog', 'tuned', 'score')]).toEqual([
      0, 0, 0,
    ])
    expect([
      census.fieldCoverage('fog', 'tuned', 'score'),
      census.coverageWithFailures('fog', 'tuned', 'score'),
    ]).toEqual([0, 0])
    expect(census.sampleCoverage('fog', 'tuned')).toBe(1)
    expect([census.carries('score', ['fog']), census.baselineCoverage('score', ['fog'])]).toEqual([false, 0])
  })

  it('gives samples as a share of what there were if every case had as many as the one with most', () => {
    const census = censusOf([
      tides({ baseline: [plain, plain, plain, plain], tuned: [plain] }),
      tides({ baseline: [plain], tuned: [plain] }),
    ])
    expect(census.sampleCoverage('tides', 'baseline')).toBe(5 / 8)
    expect(census.sampleCoverage('tides', 'tuned')).toBe(1)
    expect(censusOf([tides({ baseline: [plain] })]).sampleCoverage('tides', 'tuned')).toBe(1)
  })

  it.each([
    ['score', scored],
    ['correct', graded],
    ['prompt', prompted],
    ['confidence', sure],
  ] as const)('counts the cases that carry a %s, and no other', (field, sample) => {
    const census = censusOf([
      tides({ baseline: [sample], tuned: [plain] }),
      tides({ baseline: [plain], tuned: [plain] }),
    ])
    expect(census.carrying('tides', 'baseline', field)).toBe(1)
    expect(census.carrying('tides', 'tuned', field)).toBe(0)
    expect(census.fieldCoverage('tides', 'baseline', field)).toBe(1 / 2)
    const all = (['score', 'correct', 'prompt', 'confidence'] as const).map((each) =>
      census.carrying('tides', 'baseline', each),
    )
    expect(all.reduce((total, each) => total + each, 0)).toBe(1)
  })

  it('takes a wrong answer for one that was graded', () => {
    const wrong = makeSample({ correct: false })
    expect(censusOf([tides({ baseline: [wrong] })]).carrying('tides', 'baseline', 'correct')).toBe(1)
  })

  it('counts a case only where every output that did not fail carries the field', () => {
    const census = censusOf([
      tides({ baseline: [scored, plain] }),
      tides({ baseline: [scored, failed] }),
      tides({ baseline: [scored, scored] }),
    ])
    expect(census.carrying('tides', 'baseline', 'score')).toBe(2)
  })

  it('counts failures with a field that some case carries genuinely, and not where none does', () => {
    const census = censusOf([
      tides({ baseline: [scored], tuned: [failed] }),
      tides({ baseline: [failed], tuned: [failed] }),
      tides({ baseline: [plain], tuned: [plain] }),
      tides({ baseline: [plain], tuned: [plain] }),
    ])
    expect([census.carrying('tides', 'baseline', 'score'), census.fieldCoverage('tides', 'baseline', 'score')]).toEqual(
      [1, 2 / 4],
    )
    expect([census.carrying('tides', 'tuned', 'score'), census.fieldCoverage('tides', 'tuned', 'score')]).toEqual([
      0, 0,
    ])
    expect(census.coverageWithFailures('tides', 'baseline', 'score')).toBe(2 / 4)
    expect(census.coverageWithFailures('tides', 'tuned', 'score')).toBe(2 / 4)
  })

  it('has no coverage of an arm without cases', () => {
    const census = censusOf([tides({ baseline: [scored] })])
    expect(census.coverageWithFailures('tides', 'tuned', 'score')).toBe(0)
    expect(census.fieldCoverage('tides', 'tuned', 'score')).toBe(0)
  })
})

describe('what measures need', () => {
  it('is a score or a grade, a confidence in every sample, and more than one sample', () => {
    const needs = (baseline: readonly Sample[]) => {
      const census = censusOf([tides({ baseline })])
      return (['score', 'confidence', 'repeats'] as const).filter((need) => census.carries(need, ['tides']))
    }
    expect(needs([scored])).toEqual(['score'])
    expect(needs([graded])).toEqual(['score'])
    expect(needs([sure])).toEqual(['confidence'])
    expect(needs([plain, plain])).toEqual(['repeats'])
    expect(needs([sure, plain])).toEqual(['repeats'])
    expect(needs([plain])).toEqual([])
    expect(needs([failed])).toEqual([])
  })

  it('is sought in the baseline, of any of the tasks given', () => {
    const census = censusOf([tides({ tuned: [scored] }), tides({ baseline: [scored] }, 'winds')])
    expect(census.carries('score', ['tides'])).toBe(false)
    expect(census.carries('score', ['tides', 'winds'])).toBe(true)
    expect(census.carries('score', [])).toBe(false)
  })

  it('is covered by the share of cases that carry it, failures too, over the tasks where it occurs', () => {
    const census = censusOf([
      tides({ baseline: [scored] }),
      tides({ baseline: [failed] }),
      tides({ baseline: [plain] }),
      tides({ baseline: [scored] }, 'winds'),
      tides({ baseline: [failed] }, 'fog'),
    ])
    expect(census.baselineCoverage('score', ['tides'])).toBe(2 / 3)
    expect(census.baselineCoverage('score', ['tides', 'winds', 'fog'])).toBe(3 / 4)
    expect(census.baselineCoverage('score', ['fog'])).toBe(0)
  })
})

describe('Census.merge', () => {
  const one = [tides({ baseline: [scored, plain], tuned: [sure] }), tides({ tuned: [prompted] }, 'winds')]
  const other = [
    tides({ baseline: [graded], tuned: [failed, failed, failed] }),
    tides({ baseline: [sure, sure], tuned: [plain, plain] }, 'fog'),
  ]

  it('of two parts is the whole, in either order', () => {
    const whole = censusCodec.write(censusOf([...one, ...other]))
    for (const [first, second] of [
      [one, other],
      [other, one],
    ]) {
      const census = censusOf(first!)
      census.merge(censusOf(second!))
      expect(censusCodec.write(census)).toEqual(whole)
    }
  })

  it('may exchange the arms: then it is that of the exchanged cases, but for the pairs, which need a baseline', () => {
    const census = new Census()
    census.merge(censusOf([...one, ...other]), 'exchanged')
    expect(census.cases('winds', 'baseline')).toBe(1)
    expect(census.carrying('tides', 'tuned', 'correct')).toBe(1)
    expect(census.sampleCoverage('tides', 'baseline')).toBe(4 / 6)
    expect(census.isSymmetric).toBe(false)
  })

  it('with its exchanged self is symmetric', () => {
    const census = censusOf([...one, ...other])
    expect(census.isSymmetric).toBe(false)
    census.merge(censusOf([...one, ...other]), 'exchanged')
    expect(census.isSymmetric).toBe(true)
  })

  it('one task that is not symmetric is enough', () => {
    const even = tides({ baseline: [plain], tuned: [plain] })
    expect(censusOf([even]).isSymmetric).toBe(true)
    expect(censusOf([even, tides({ baseline: [plain] }, 'winds')]).isSymmetric).toBe(false)
  })
})

describe('censusCodec', () => {
  it('brings everything back', () => {
    const census = censusOf([
      tides({ baseline: [scored, failed], tuned: [sure] }),
      tides({ baseline: [failed] }, '__proto__'),
    ])
    const written = censusCodec.write(census)
    const read = censusCodec.read(JSON.parse(JSON.stringify(written)))
    expect(censusCodec.write(read)).toEqual(written)
    expect(read.cases('__proto__', 'baseline')).toBe(1)
    expect(read.coverageWithFailures('__proto__', 'baseline', 'score')).toBe(1)
  })
})
