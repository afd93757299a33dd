import { describe, expect, it } from 'vitest'
import { askedOf } from '../../../src/audit/slices/asked.js'
import { candidatesOf } from '../../../src/audit/slices/candidates.js'
import { NOTHING_SEARCHED, searchSlices } from '../../../src/audit/slices/search.js'
import { testsOf } from '../../../src/audit/slices/test.js'
import type { PartialConfig } from '../../../src/config/partial.js'
import type { Case } from '../../../src/domain/case.js'
import type { Measure } from '../../../src/domain/measure.js'
import { benjaminiHochberg } from '../../../src/stats/benjamini-hochberg.js'
import { type Lights, lights, SLICED, watched, watching } from '../lighthouses.js'

// What a search names, on lights that were counted by hand; its error rates are tried elsewhere.

/** Lights under some tags, each group by itself. */
const groups = (...all: readonly (readonly [tags: readonly string[], lights: Lights])[]): Case[] =>
  all.flatMap(([tags, given], i) => lights(`coast-${i}`, given).map((case_) => ({ ...case_, tags, task: 'coast' })))

function searched(cases: readonly Case[], measures: readonly Measure[] = [SLICED], config: PartialConfig = {}) {
  const { observation, context } = watched([watching(measures)], cases, config)
  return searchSlices(observation, observation.slices, context)
}

const harmedIn = (cases: readonly Case[], measures?: readonly Measure[]) => searched(cases, measures).search.harmed
const named = (cases: readonly Case[]) => harmedIn(cases).map(({ name, alike }) => [name, alike.map((one) => one.name)])

const SAFE: Lights = { both: 300, out: 3, on: 3 }
const STRUCK: Lights = { both: 20, out: 40 }
const SAME: Measure = { ...SLICED, id: 'a-rate' }

describe('a harmed slice', () => {
  const cases = groups([['quay', 'harbour'], STRUCK], [['open sea'], SAFE])

  it('has the numbers of its test, corrected for all tests', () => {
    const { observation, context } = watched([watching([SLICED])], cases)
    const asked = askedOf(observation, context)
    const tests = candidatesOf(observation.slices).flatMap((one) => testsOf(one, observation.slices.all, asked, 0.05))
    const [harmed] = searched(cases, [SLICED], { examples: false }).search.harmed
    const own = tests.findIndex(({ candidate }) => candidate.name === 'harbour')
    const { p, slice, rest } = tests[own]!
    const { n, clusters, baseline, tuned, change } = slice
    expect(harmed).toEqual({
      ...{ axis: 'tag', name: 'harbour', cases: 60, detector: 'lighthouses', measure: 'lit-rate' },
      ...{ unit: 'share', worse: 'lower', n, clusters, baseline, tuned, change, p },
      adjustedP: benjaminiHochberg(tests.map((test) => test.p))[own],
      rest: {
        ...{ n: rest.n, clusters: rest.clusters, baseline: rest.baseline, tuned: rest.tuned, change: rest.change },
      },
      also: [],
      alike: [{ axis: 'tag', name: 'quay', cases: 60, shared: 60 }],
      examples: [],
    })
    expect([n, baseline, tuned]).toEqual([60, 1, 20 / 60])
    expect(harmed!.rest).toMatchObject({ n: 306, baseline: 303 / 306, tuned: 303 / 306 })
  })

  it('is named once, under its clearest measure; others and other names stand beside it once', () => {
    const { search } = searched(cases, [SLICED, SAME])
    expect(search).toMatchObject({ searched: 3, tests: 6, minClusters: 20, cut: [] })
    expect(search.harmed).toHaveLength(1)
    expect(search.harmed[0]).toMatchObject({
      measure: 'a-rate',
      also: [{ detector: 'lighthouses', measure: 'lit-rate' }],
      alike: [{ name: 'quay' }],
    })
    expect(search.harmed[0]!.alike).toHaveLength(1)
  })

  it('shows its worst examples, where the config lets it', () => {
    const shown = searched(cases, [SLICED], { examples: true })
    expect(shown.search.harmed[0]!.examples).toHaveLength(3)
    expect(shown.examples.map(({ example }) => example)).toEqual(shown.search.harmed[0]!.examples)
    expect(searched(cases, [SLICED], { examples: false }).examples).toEqual([])
  })

  it('may be one of which more is worse', () => {
    const dark: Measure = {
      ...SLICED,
      worse: 'higher',
      of: (sums) => {
        const n = sums.count('cases')
        return { kind: 'arms', baseline: 1 - sums.count('litBaseline') / n, tuned: 1 - sums.count('litTuned') / n }
      },
      discordance: (sums) => ({
        cases: sums.count('cases'),
        onlyBaseline: sums.count('cameOn'),
        onlyTuned: sums.count('wentOut'),
      }),
    }
    const [lower] = harmedIn(cases)
    const [higher] = harmedIn(cases, [dark])
    expect(higher).toMatchObject({ name: 'harbour', worse: 'higher', p: lower!.p, alike: lower!.alike })
    expect(harmedIn(cases, [dark])).toHaveLength(1)
  })

  it('is shown by a corrected p below α, and not at it', () => {
    const { observation, context } = watched([watching([SLICED])], cases)
    const under = (alpha: number) =>
      searchSlices(observation, observation.slices, { ...context, policy: { ...context.policy, alpha } }).search.harmed
    const { adjustedP } = under(0.05)[0]!
    expect(under(adjustedP)).toEqual([])
    expect(under(1.001 * adjustedP)).toHaveLength(1)
  })

  it('is none where nothing is worse than the rest, or nothing is asked', () => {
    const calm = groups([['quay'], { both: 60, out: 2, on: 2 }], [['open sea'], SAFE])
    expect(searched(calm).search).toMatchObject({ searched: 2, tests: 2, harmed: [] })
    expect(searched(cases, []).search).toEqual(NOTHING_SEARCHED)
  })
})

describe('of names for the same cases the first is', () => {
  const same = (...tags: readonly string[]) =>
    harmedIn(groups([tags, STRUCK], [['open sea'], SAFE])).map(({ name, alike }) => [
      name,
      ...alike.map((one) => one.name),
    ])

  it('the more telling axis, whatever the names', () => {
    expect(same('task:a', 'language:b', 'domain:c', 'z', 'shape:list')).toEqual([['list', 'z', 'c', 'b', 'a']])
  })

  it('the more telling shape', () => {
    expect(same('shape:numbers', 'shape:JSON', 'shape:code fence', 'shape:code')).toEqual([
      ['code', 'code fence', 'JSON', 'numbers'],
    ])
  })

  it('the smaller one by code unit', () => {
    expect(same('b', 'a', 'B')).toEqual([['B', 'a', 'b']])
  })
})

describe('slices that overlap', () => {
  it('are one where a part is no worse than the whole', () => {
    const cases = groups(
      [['coast'], { both: 40, out: 80 }],
      [['coast', 'quay'], { both: 20, out: 40 }],
      [['sea'], SAFE],
    )
    expect(named(cases)).toEqual([['coast', ['quay']]])
  })

  it('are two where a part is worse', () => {
    const cases = groups([['coast'], { both: 130, out: 50 }], [['coast', 'quay'], { out: 60 }], [['sea'], SAFE])
    expect(named(cases).map(([name]) => name)).toEqual(['coast', 'quay'])
  })

  it('are one where the larger is harmed only by the smaller', () => {
    const cases = groups([['coast', 'quay'], { both: 20, out: 60 }], [['coast'], { both: 120 }], [['sea'], SAFE])
    expect(named(cases)).toEqual([['quay', ['coast']]])
  })

  it('are one where the larger is harmed besides as everything else is', () => {
    const cases = groups(
      [['coast', 'quay'], { both: 4, out: 76 }],
      [['coast'], { both: 90, out: 30 }],
      [['sea'], { both: 300, out: 100 }],
    )
    expect(named(cases)).toEqual([['quay', ['coast']]])
  })

  it('are two where the larger is harmed besides, more than everything else is', () => {
    const cases = groups(
      [['coast', 'quay'], { both: 4, out: 76 }],
      [['coast'], { both: 60, out: 60 }],
      [['sea'], { both: 300, out: 100 }],
    )
    expect(named(cases).map(([name]) => name)).toEqual(expect.arrayContaining(['coast', 'quay']))
  })

  it('are two where they are harmed in different ways', () => {
    const glare: Measure = {
      ...SLICED,
      id: 'z-glare',
      worse: 'higher',
    }
    const cases = groups(
      [['coast'], { both: 10, out: 190 }],
      [['coast', 'quay'], { both: 25, on: 25 }],
      [['sea'], SAFE],
    )
    expect(harmedIn(cases, [SLICED, glare]).map(({ name, measure }) => [name, measure])).toEqual([
      ['coast', 'lit-rate'],
      ['quay', 'z-glare'],
    ])
  })

  it('are one where the larger is harmed only by the smaller, however much the rest gained', () => {
    const cases = groups(
      [['coast', 'quay'], { both: 20, out: 60 }],
      [['coast'], { both: 120 }],
      [['sea'], { both: 300, on: 200 }],
    )
    expect(named(cases)).toEqual([['quay', ['coast']]])
  })
})

describe('many harmed slices', () => {
  it('are named the clearest first, twelve at most', () => {
    const struck = Array.from({ length: 14 }, (_, i): [string[], Lights] => [
      [`port-${String.fromCharCode(97 + i)}`],
      { both: 13 - i, out: 27 + i },
    ])
    const found = harmedIn(groups(...struck, [['open sea'], { both: 600 }]))
    expect(found).toHaveLength(12)
    expect(found[0]!.name).toBe('port-n')
    const corrected = found.map(({ adjustedP }) => adjustedP)
    expect(corrected).toEqual([...corrected].sort((a, b) => a - b))
    expect(corrected[0]).toBeLessThan(corrected[11]!)
  })

  it('of one corrected p are named by the harm that is shown at least', () => {
    // The p of the one is at most twice that of the other, so that the correction makes them equal.
    const found = harmedIn(
      groups([['broad'], { both: 14, out: 10 }], [['narrow'], { both: 10, out: 10 }], [['sea'], { both: 900 }]),
    )
    expect(found.map(({ name }) => name)).toEqual(['narrow', 'broad'])
    expect(found[0]!.p).toBeLessThan(found[1]!.p)
    expect(found[0]!.adjustedP).toBe(found[1]!.adjustedP)
  })
})
