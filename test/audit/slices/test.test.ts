import { describe, expect, it } from 'vitest'
import { askedOf } from '../../../src/audit/slices/asked.js'
import { candidatesOf } from '../../../src/audit/slices/candidates.js'
import { MIN_CLUSTERS, type SliceTest, testsOf } from '../../../src/audit/slices/test.js'
import type { Case } from '../../../src/domain/case.js'
import type { Measure } from '../../../src/domain/measure.js'
import { harmInterval } from '../../../src/stats/interval.js'
import { bucketOf, lights, SLICED, tagged, watched, watching } from '../lighthouses.js'

const ALPHA = 0.05
const UNPAIRED: Measure = { ...SLICED, discordance: () => null }

/** The tests of the cases tagged `harbour`. */
function harbourTests(measures: readonly Measure[], cases: readonly Case[]): SliceTest[] {
  const { observation, context } = watched([watching(measures)], cases)
  const { slices } = observation
  const harbour = candidatesOf(slices).find(({ name }) => name === 'harbour')!
  return testsOf(harbour, slices.all, askedOf(observation, context), ALPHA)
}

const isHarbour = ({ tags }: Case) => tags[0] === 'harbour'

function changeIn(cases: readonly Case[]): number {
  const lit = (arm: 'baseline' | 'tuned') => cases.filter((one) => one[arm][0]!.correct === true).length
  return lit('tuned') / cases.length - lit('baseline') / cases.length
}

const numberOf = ({ id }: Case) => Number(id.split('-')[1])
/** Lights went out and came on everywhere; in the harbour, which holds a third, somewhat more of them went out. */
const MIXED = tagged(lights('north', { both: 90, out: 60, on: 30 }), (one) => {
  return numberOf(one) % 3 === 0 || (numberOf(one) >= 90 && numberOf(one) < 105)
})
/** Of the harbour's more went out. */
const HARMED = tagged(
  lights('north', { both: 120, out: 30, on: 8 }),
  (one) => numberOf(one) % 4 === 0 || numberOf(one) > 120,
)

describe('a test of a slice', () => {
  it('measures it and the rest as if each were all there is', () => {
    const [test] = harbourTests([SLICED], HARMED)
    const numbers = (cases: readonly Case[]) => {
      const whole = tagged(cases, () => true)
      const lit = (arm: 'baseline' | 'tuned') => whole.filter((one) => one[arm][0]!.correct === true).length
      return {
        n: whole.length,
        clusters: whole.length,
        baseline: lit('baseline') / whole.length,
        tuned: lit('tuned') / whole.length,
      }
    }
    const inside = HARMED.filter(isHarbour)
    const outside = HARMED.filter((one) => !isHarbour(one))
    expect(test!.slice).toMatchObject(numbers(inside))
    expect(test!.rest).toMatchObject(numbers(outside))
    const out = (cases: readonly Case[]) => cases.filter((one) => changeIn([one]) < 0).length
    expect(test!.slice.paired).toMatchObject({ harmed: out(inside) })
    expect(test!.rest.paired).toMatchObject({ harmed: out(outside) })
    expect(test).toMatchObject({ measure: SLICED, candidate: { name: 'harbour', cases: inside.length } })
    expect(test!.tallies).toHaveLength(1)
  })

  /** One-sided p of the difference, by leaving out each bucket of both sides at once. */
  function differenceP(cases: readonly Case[], sign: 1 | -1, degreesOfFreedom: number): number {
    const difference = (some: readonly Case[], all: readonly Case[]) => {
      const within = some.filter(isHarbour)
      const beside = some.filter((one) => !isHarbour(one))
      return (
        changeIn(within.length === 0 ? all.filter(isHarbour) : within) -
        changeIn(beside.length === 0 ? all.filter((one) => !isHarbour(one)) : beside)
      )
    }
    const buckets = [...new Set(cases.map(bucketOf))].sort((a, b) => a - b)
    const deleted = buckets.map(
      (bucket) =>
        sign *
        difference(
          cases.filter((one) => bucketOf(one) !== bucket),
          cases,
        ),
    )
    const harm = sign * difference(cases, cases)
    return harmInterval({ harm, deleted, degreesOfFreedom, range: null, clusters: 1, paired: null }, ALPHA).p
  }

  it.each(['lower', 'higher'] as const)('has the p of more harm than in the rest, where %s is worse', (worse) => {
    const [test] = harbourTests([{ ...UNPAIRED, worse }], MIXED)
    const { slice, rest, p } = test!
    const df = Math.min(slice.degreesOfFreedom, rest.degreesOfFreedom)
    expect(slice.degreesOfFreedom).toBeLessThan(rest.degreesOfFreedom)
    const difference = differenceP(MIXED, worse === 'lower' ? -1 : 1, df)
    expect(p / Math.max(slice.interval.p, difference)).toBeCloseTo(1, 9)
  })

  it('has the p of harm in the slice where that is larger, else of the difference', () => {
    const [test] = harbourTests([UNPAIRED], HARMED)
    const { slice, rest, p } = test!
    const difference = differenceP(HARMED, -1, Math.min(slice.degreesOfFreedom, rest.degreesOfFreedom))
    expect(difference).toBeGreaterThan(slice.interval.p)
    expect(p / difference).toBeCloseTo(1, 9)
    const gain = tagged(lights('north', { both: 60, out: 30, on: 90 }), (one) => numberOf(one) < 90)
    const [shown] = harbourTests([UNPAIRED], gain)
    expect(shown!.p).toBe(shown!.slice.interval.p)
  })
})

describe('what is too small for a test', () => {
  const split = (inside: number, outside: number) =>
    tagged(lights('north', { both: inside + outside - 5, out: 5 }), (one) => numberOf(one) < inside)

  it('is a slice or a rest of fewer than 20 cases', () => {
    expect(MIN_CLUSTERS).toBe(20)
    const counts = [split(19, 60), split(20, 60), split(60, 19), split(60, 20), split(60, 0)]
    expect(counts.map((cases) => harbourTests([SLICED], cases).length)).toEqual([0, 1, 0, 1, 0])
  })

  it('is one of fewer than 20 clusters, however many cases it has', () => {
    const boats = (count: number, inside: number) =>
      tagged(
        lights('north', { both: 4 * count - 9, out: 9 }, (i) => `boat ${Math.floor(i / 4)}`),
        (one) => numberOf(one) < 4 * inside,
      )
    const tests = [boats(60, 19), boats(60, 20), boats(60, 41), boats(60, 40)].map(
      (cases) => harbourTests([SLICED], cases).length,
    )
    expect(tests).toEqual([0, 1, 0, 1])
    const [test] = harbourTests([SLICED], boats(60, 30))
    expect(test).toMatchObject({ slice: { paired: null, clusters: 30 }, rest: { paired: null, clusters: 30 } })
  })

  it('is one of fewer than ten buckets, which could not fail', () => {
    const pool = lights('north', { both: 1000, out: 200 })
    const inBuckets = (count: number) => tagged(pool, (one) => bucketOf(one) < count)
    expect(inBuckets(9).filter(isHarbour).length).toBeGreaterThan(40)
    expect(harbourTests([UNPAIRED], inBuckets(9))).toEqual([])
    expect(harbourTests([UNPAIRED], inBuckets(10))).toHaveLength(1)
  })

  it('is one that a single bucket holds, which has no interval at all', () => {
    const pool = lights('north', { both: 3000, out: 500 })
    const single = tagged(pool, (one) => bucketOf(one) === bucketOf(pool[0]!))
    expect(single.filter(isHarbour).length).toBeGreaterThan(20)
    expect(harbourTests([SLICED], single)).toEqual([])
  })

  it('is what is not measured, in the slice or in the rest', () => {
    const measure = (enough: number): Measure => ({
      ...SLICED,
      of: (sums, whole) =>
        whole.count('cases') < enough
          ? { kind: 'unmeasured', reason: { code: 'nothing-changed' } }
          : SLICED.of(sums, whole),
    })
    const cases = split(40, 80)
    expect([40, 41, 81].map((enough) => harbourTests([measure(enough)], cases).length)).toEqual([1, 0, 0])
    const larger = split(80, 40)
    expect([40, 41].map((enough) => harbourTests([measure(enough)], larger).length)).toEqual([1, 0])
  })
})

describe('tests of several measures', () => {
  it('are one for each, of detectors that count apart', () => {
    const dark: Measure = { ...SLICED, id: 'dark-rate' }
    const all = [watching([SLICED, dark]), watching([SLICED], {}, 'beacons')]
    const { observation, context } = watched(all, HARMED)
    const { slices } = observation
    const [harbour] = candidatesOf(slices)
    const tests = testsOf(harbour!, slices.all, askedOf(observation, context), ALPHA)
    expect(tests.map(({ detector, measure }) => `${detector.id} ${measure.id}`)).toEqual([
      'lighthouses lit-rate',
      'lighthouses dark-rate',
      'beacons lit-rate',
    ])
    expect(testsOf(harbour!, slices.all, [], ALPHA)).toEqual([])
  })

  it('are none where the detector is off in all tasks of the slice', () => {
    const south = tagged(lights('south', { both: 40, out: 9 }), () => true)
    const north = tagged(lights('north', { both: 40, out: 9 }), () => false)
    const off = { tasks: 'south', detectors: { lighthouses: { level: 'off' } } } as const
    const { observation, context } = watched([watching([SLICED])], [...south, ...north], { overrides: [off] })
    const [harbour, sea] = candidatesOf(observation.slices)
    const asked = askedOf(observation, context)
    expect(harbour).toMatchObject({ name: 'harbour', cases: 49 })
    expect(testsOf(harbour!, observation.slices.all, asked, ALPHA)).toEqual([])
    expect(testsOf(sea!, observation.slices.all, asked, ALPHA)).toEqual([])
  })

  it('are none where a slice has no tally of the variant', () => {
    const { observation, context } = watched([watching([SLICED])], HARMED)
    const asked = askedOf(observation, context).map((one) => ({ ...one, variants: ['["buoys",{}]'] }))
    const [harbour] = candidatesOf(observation.slices)
    expect(testsOf(harbour!, observation.slices.all, asked, ALPHA)).toEqual([])
  })
})
