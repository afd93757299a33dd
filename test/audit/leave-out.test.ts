import { describe, expect, it } from 'vitest'
import { Group, type Reading } from '../../src/audit/leave-out.js'
import { ownReading, worstCaseReading } from '../../src/audit/readings.js'
import type { Case } from '../../src/domain/case.js'
import type { Measure } from '../../src/domain/measure.js'
import { count } from '../../src/domain/tally.js'
import { bucketOf, leftOutOf, lights, PLAIN, SAMPLED, tallyOf, type Watched, watched, watching } from './lighthouses.js'

const own = ownReading(PLAIN)
const NORTH = lights('north', { both: 150, out: 40, on: 10, dark: 30 })
const SOUTH = lights('south', { both: 20, out: 3, on: 9, dark: 12 })
const detector = watching([PLAIN])
const both = watched([detector], [...NORTH, ...SOUTH])
const [north, south] = [tallyOf(both, 'north'), tallyOf(both, 'south')]

/** The shares that are lit, counted anew. */
function litOf(cases: readonly Case[]) {
  const lit = (arm: 'baseline' | 'tuned') => cases.filter((one) => one[arm][0]!.correct === true).length / cases.length
  return { kind: 'arms', baseline: lit('baseline'), tuned: lit('tuned') } as const
}

/** What leaving out each bucket should give: the same over the other cases. */
function anew(cases: readonly Case[]) {
  const buckets = [...new Set(cases.map(bucketOf))].sort((a, b) => a - b)
  return buckets.map((bucket) => {
    const rest = cases.filter((one) => bucketOf(one) !== bucket)
    const held = cases.length - rest.length
    return [bucket, { cases: held, share: held, value: litOf(rest) }]
  })
}

describe('a group of tallies', () => {
  it('is measured without each bucket as if its cases had never been there', () => {
    const { whole, cases, without } = leftOutOf(own, [north])
    expect({ whole, cases }).toEqual({ whole: litOf(NORTH), cases: 230 })
    expect([...without]).toEqual(anew(NORTH))
  })

  it('of several tasks leaves a bucket out of all of them at once', () => {
    const { whole, cases, without } = leftOutOf(own, [north, south])
    const all = [...NORTH, ...SOUTH]
    expect({ whole, cases }).toEqual({ whole: litOf(all), cases: 274 })
    expect([...without]).toEqual(anew(all))
  })

  it('less another is what was not taken away, bucket by bucket', () => {
    expect(leftOutOf(own, [north, south], [south])).toEqual(leftOutOf(own, [north]))
  })

  it('adds columns by name where detectors lay them out otherwise', () => {
    const other = watching([PLAIN], {
      columns: ['extra', 'litTuned', 'cases', 'litBaseline'].map((id) => ({ id, ...count() })),
      observe: (case_, tally) => {
        tally.count(0, 7)
        if (case_.tuned[0]!.correct === true) tally.count(1, 1)
        tally.count(2, 1)
        if (case_.baseline[0]!.correct === true) tally.count(3, 1)
      },
    })
    const elsewhere = tallyOf(watched([other], SOUTH), 'south')
    expect(leftOutOf(own, [north, elsewhere])).toEqual(leftOutOf(own, [north, south]))
    const group = new Group([north, elsewhere], [own])
    expect([group.whole.count('extra'), group.whole.count('cases')]).toEqual([7 * 44, 274])
  })

  it('sums the buckets that are chosen, those of `less` negatively', () => {
    const isLow = (bucket: number) => bucket < 64
    const low = (cases: readonly Case[]) => cases.filter((one) => isLow(bucketOf(one))).length
    expect(new Group([north, south], []).sumsOf(isLow).count('cases')).toBe(low(NORTH) + low(SOUTH))
    expect(new Group([north], [], [south]).sumsOf(isLow).count('cases')).toBe(low(NORTH) - low(SOUTH))
  })

  it('reads several measures together as it reads each alone', () => {
    const dark: Measure = {
      ...PLAIN,
      id: 'dark-rate',
      of: (sums) => ({ kind: 'change', change: sums.count('wentOut') }),
    }
    const readings = [own, ownReading(dark)]
    const group = new Group([north], readings)
    for (const reading of readings) expect(group.leftOut(reading)).toEqual(leftOutOf(reading, [north]))
    expect(group.leftOut(readings[1]!).whole).toEqual({ kind: 'change', change: 40 })
  })

  it('shows a measure the undivided sums beside those without a bucket', () => {
    const part: Measure = {
      ...PLAIN,
      of: (sums, whole) => ({ kind: 'change', change: sums.count('cases') / whole.count('cases') }),
    }
    const { whole, without } = leftOutOf(ownReading(part), [north])
    expect(whole).toEqual({ kind: 'change', change: 1 })
    for (const { cases, value } of without.values())
      expect(value).toEqual({ kind: 'change', change: (230 - cases) / 230 })
  })
})

describe('what is told', () => {
  /** Lit after, in the cases read, over lit before in those that are the whole. */
  const CROSSED: Measure = {
    ...PLAIN,
    of: (sums, whole) => ({ kind: 'change', change: sums.count('litTuned') / whole.count('litBaseline') }),
  }
  const lit = (arm: 'baseline' | 'tuned', cases: readonly Case[]) =>
    cases.filter((one) => one[arm][0]!.correct === true).length
  const toldOf = (cases: readonly Case[], measure = CROSSED) => {
    const reading = ownReading(measure)
    return new Group([tallyOf(watched([detector], cases), 'north')], [reading]).told(reading)
  }
  const tells = (one: Case) => bucketOf(one) % 3 === 0

  it('are two thirds of the buckets, read with the other third as the whole', () => {
    const { whole, cases, without } = toldOf(NORTH)
    const read = NORTH.filter((one) => !tells(one))
    const telling = lit('baseline', NORTH.filter(tells))
    const value = (some: readonly Case[]) => ({ kind: 'change', change: lit('tuned', some) / telling })
    expect({ whole, cases }).toEqual({ whole: value(read), cases: read.length })
    expect([...without.keys()]).toEqual([...new Set(read.map(bucketOf))].sort((a, b) => a - b))
    for (const [bucket, left] of without) {
      const rest = read.filter((one) => bucketOf(one) !== bucket)
      const held = read.length - rest.length
      expect(left).toEqual({ cases: held, share: held, value: value(rest) })
    }
  })

  it('is not measured where fewer than eight buckets tell it', () => {
    const telling = NORTH.filter(tells)
    const buckets = [...new Set(telling.map(bucketOf))]
    const others = NORTH.filter((one) => !tells(one))
    const of = (n: number) => toldOf([...others, ...telling.filter((one) => buckets.indexOf(bucketOf(one)) < n)])
    const reason = { code: 'too-few', what: 'groups of cases that tell what a task is held to', have: 7, need: 8 }
    expect(of(7)).toEqual({ whole: { kind: 'unmeasured', reason }, cases: others.length, without: new Map() })
    expect(of(8)).toMatchObject({ whole: { kind: 'change' }, cases: others.length })
  })

  it('is nothing where all cases tell', () => {
    expect(toldOf(NORTH.filter(tells))).toMatchObject({ whole: { kind: 'unmeasured' }, cases: 0 })
  })
})

describe('buckets', () => {
  const together = lights('north', { both: 3, out: 2 }, () => 'one reef')

  it('that hold none of the cases of a measure are not left out', () => {
    const out: Measure = { ...PLAIN, cases: ['wentOut'] }
    const { cases, without } = leftOutOf(ownReading(out), [north])
    const lost = NORTH.slice(150, 190)
    expect(cases).toBe(40)
    expect([...without.keys()]).toEqual([...new Set(lost.map(bucketOf))].sort((a, b) => a - b))
  })

  it('that hold all cases are emptied', () => {
    const { without } = leftOutOf(own, [tallyOf(watched([detector], together), 'north')])
    expect([...without]).toEqual([[bucketOf(together[0]!), { cases: 5, share: 5, value: 'emptied' }]])
  })

  it('are not left out of a point estimate, nor where no case carries the measure', () => {
    const { whole, cases, without } = leftOutOf(ownReading({ ...PLAIN, interval: 'none' }), [north])
    expect([whole, cases, without.size]).toEqual([litOf(NORTH), 230, 0])
    const { cases: none, without: nowhere } = leftOutOf(ownReading({ ...PLAIN, cases: ['lost'] }), [north])
    expect([none, nowhere.size]).toEqual([0, 0])
  })
})

describe('a measure of the sample', () => {
  const lost = lights('north', { both: 30, out: 6, lost: 4 })
  const sampling = watching([SAMPLED])
  const task = (run: Watched) => tallyOf(run, 'north')
  const sampled = () => ownReading(SAMPLED)
  const worst = () => worstCaseReading({ ...SAMPLED, worstCase: { sample: 'with-lost' } })!

  it('is measured without each bucket that holds sampled cases', () => {
    const { whole, cases, without } = leftOutOf(sampled(), [task(watched([sampling], SOUTH.map(inNorth)))])
    expect({ whole, cases }).toEqual({ whole: litOf(SOUTH), cases: 44 })
    expect([...without]).toEqual(anew(SOUTH.map(inNorth)))
  })

  it('counts lost cases only where it is read so', () => {
    const tally = task(watched([sampling], lost))
    expect(leftOutOf(sampled(), [tally])).toMatchObject({ cases: 36, whole: { baseline: 1, tuned: 30 / 36 } })
    expect(leftOutOf(worst(), [tally])).toMatchObject({ cases: 40, whole: { baseline: 1, tuned: 30 / 40 } })
  })

  it('is emptied by the bucket of all its cases', () => {
    const together = lights('north', { both: 5 }, () => 'one reef')
    const { without } = leftOutOf(sampled(), [task(watched([sampling], together))])
    expect([...without.values()]).toEqual([{ cases: 5, share: 5, value: 'emptied' }])
  })

  it('is looked at once where nothing was lost, however often it is read', () => {
    let looks = 0
    const counted: Measure = {
      ...SAMPLED,
      worstCase: { sample: 'with-lost' },
      corpus: (cases, buckets) => {
        looks++
        return SAMPLED.corpus!(cases, buckets)
      },
    }
    const readings: Reading[] = [ownReading(counted), worstCaseReading(counted)!]
    const group = new Group([task(watched([sampling], lights('north', { both: 30, out: 6 })))], readings)
    const [first, second] = readings.map((reading) => group.leftOut(reading))
    expect(second).toEqual(first)
    expect(looks).toBe(1)
  })

  it('is never read from sums, also beside measures that are', () => {
    const never: Measure = {
      ...SAMPLED,
      cases: ['no such column'],
      of: () => {
        throw new Error('it was read')
      },
    }
    const group = new Group([task(watched([sampling], lost))], [ownReading(never), own])
    expect(group.leftOut(own)).toMatchObject({ cases: 36 })
    expect(group.leftOut(ownReading(never))).toMatchObject({ cases: 36 })
  })

  it('is never one of several tasks, or of none', () => {
    const message = "sampled-lit-rate: a measure of the sample is one task's"
    expect(() => leftOutOf(sampled(), [north, south])).toThrow(message)
    expect(() => leftOutOf(sampled(), [])).toThrow(message)
  })
})

function inNorth(case_: Case): Case {
  return { ...case_, task: 'north' }
}
