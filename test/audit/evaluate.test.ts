import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/audit/evaluate.js'
import { NOTHING_SEARCHED } from '../../src/audit/slices/search.js'
import type { PartialConfig } from '../../src/config/partial.js'
import type { Case } from '../../src/domain/case.js'
import type { AnyDetector } from '../../src/domain/detector.js'
import type { Measure } from '../../src/domain/measure.js'
import { lights, PLAIN, SLICED, tagged, watched, watching } from './lighthouses.js'

const NORTH = lights('north', { both: 90, out: 30 })
const SOUTH = lights('south', { both: 60, out: 20 })
const BOTH = [...SOUTH, ...NORTH]
/** Only in the harbour lights went out. */
const HARBOUR = tagged(NORTH, ({ tuned }) => tuned[0]!.correct === false)

const FIRST: Measure = { ...SLICED, id: 'a-rate', title: 'First' }
const LAST: Measure = { ...SLICED, id: 'z-rate', title: 'Last' }
const beacons = (measures: readonly Measure[] = [SLICED]) => watching(measures, {}, 'beacons')

function evaluated(all: readonly AnyDetector[], cases: readonly Case[], config: PartialConfig = {}) {
  const { observation, context } = watched(all, cases, config)
  return evaluate(observation, context)
}

/** Throws when it is read, with the error given. */
const breaking = (error: unknown): Measure => ({
  ...PLAIN,
  of: () => {
    throw error
  },
})

describe('an evaluation', () => {
  it('describes each detector that is on, with its measures by id', () => {
    const config: PartialConfig = { detectors: { buoys: { level: 'off' } } }
    const { detectors } = evaluated([watching([LAST, FIRST]), watching([FIRST], {}, 'buoys'), beacons()], BOTH, config)
    const described = { version: 1, title: 'Lights that went out' }
    expect(detectors).toMatchObject([
      {
        ...described,
        id: 'lighthouses',
        docs: { why: 'ships' },
        measures: [
          { id: 'a-rate', title: 'First' },
          { id: 'z-rate', title: 'Last' },
        ],
      },
      { ...described, id: 'beacons', measures: [{ id: 'lit-rate' }] },
    ])
    expect(detectors).toHaveLength(2)
  })

  it('has findings by detector, measure and task, the pooled one first', () => {
    const { findings } = evaluated([watching([LAST, FIRST]), beacons()], BOTH)
    expect(findings.map(({ detector, measure, task }) => `${detector} ${measure} ${task ?? ''}`)).toEqual([
      'beacons lit-rate ',
      'beacons lit-rate north',
      'beacons lit-rate south',
      'lighthouses a-rate ',
      'lighthouses a-rate north',
      'lighthouses a-rate south',
      'lighthouses z-rate ',
      'lighthouses z-rate north',
      'lighthouses z-rate south',
    ])
  })

  it('names what a gain hides, what is relaxed and what is waived', () => {
    const config: PartialConfig = {
      detectors: { beacons: { level: 'warn' } },
      waivers: [
        { detector: 'lighthouses', measure: 'lit-rate', reason: 'fog', owner: 'keeper', expires: '2099-01-01' },
      ],
    }
    const won = lights('west', { both: 100, on: 200 })
    const { findings } = evaluated([watching([SLICED]), beacons()], [...NORTH, ...won], config)
    const pooled = (detector: string) => findings.find((one) => one.detector === detector && one.task === null)!
    expect(pooled('lighthouses').details).toMatchObject({ hiddenLosses: ['north'] })
    expect(pooled('beacons')).toMatchObject({ status: 'noted', wouldBe: 'pass' })
    expect(findings.filter(({ waiver }) => waiver !== null).map(({ task }) => task)).toEqual(['north'])
  })

  it('shows pictures of each task and of all', () => {
    const { exhibits } = evaluated([watching([PLAIN], { exhibits: [{ kind: 'seen', of: () => ['a light'] }] })], BOTH)
    expect(exhibits.map(({ detector, task, data }) => [detector, task, data])).toEqual(
      [null, 'north', 'south'].map((task) => ['lighthouses', task, ['a light']]),
    )
  })

  it('shows examples where the config lets it, and none otherwise', () => {
    const shown = evaluated([watching([SLICED])], HARBOUR, { examples: true })
    expect(shown.findings[0]!.examples).toHaveLength(3)
    // Those of the finding and those of the slice.
    expect(shown.examples).toHaveLength(6)
    const hidden = evaluated([watching([SLICED])], HARBOUR, { examples: false })
    expect(hidden.findings[0]).toEqual({ ...shown.findings[0], examples: [] })
    expect(hidden.examples).toEqual([])
  })

  it('searches slices, unless only the verdict is asked or nothing was counted by slice', () => {
    const { observation, context } = watched([watching([SLICED])], HARBOUR)
    expect(evaluate(observation, context).slices.harmed.map(({ name }) => name)).toEqual(['harbour'])
    expect(evaluate(observation, { ...context, only: 'deciding' }).slices).toEqual(NOTHING_SEARCHED)
    const { census, crashed } = observation
    const uncounted = { census, crashed, slices: null, observed: () => observation.observed() }
    expect(evaluate(uncounted, context).slices).toEqual(NOTHING_SEARCHED)
  })
})

describe('a detector that throws', () => {
  it('is a fault, and the others go on', () => {
    const error = new Error('struck a rock')
    const { findings, faults, crashed, slices } = evaluated([watching([breaking(error)]), beacons()], HARBOUR)
    expect(faults).toEqual([{ detector: 'lighthouses', code: 'detector-crashed', message: 'struck a rock' }])
    expect(crashed).toEqual(new Map([['lighthouses', error]]))
    expect(findings.map(({ detector, status, reason }) => [detector, status, reason?.code])).toEqual([
      ['beacons', 'fail', 'beyond-margin'],
      ['lighthouses', 'unmeasured', 'detector-crashed'],
    ])
    expect(slices.harmed.map(({ detector }) => detector)).toEqual(['beacons'])
  })

  it('may be any of several, and throw anything', () => {
    const { faults } = evaluated(
      [watching([breaking('fog')]), beacons(), watching([breaking(new Error('rock'))], {}, 'buoys')],
      BOTH,
    )
    expect(faults.map(({ detector, message }) => [detector, message])).toEqual([
      ['buoys', 'rock'],
      ['lighthouses', 'fog'],
    ])
  })

  it('while it makes a picture has ended too', () => {
    const of = () => {
      throw new Error('no paint')
    }
    const { faults, exhibits } = evaluated([watching([PLAIN], { exhibits: [{ kind: 'seen', of }] })], BOTH)
    expect([faults.map(({ message }) => message), exhibits]).toEqual([['no paint'], []])
  })

  it('only on slices is found among the others, by itself', () => {
    // It reads a column that it did not name for slices.
    const forgetful: Measure = { ...SLICED, sliced: ['litBaseline'] }
    const { faults, findings, slices } = evaluated([beacons(), watching([forgetful])], HARBOUR)
    expect(faults).toEqual([
      { detector: 'lighthouses', code: 'detector-crashed', message: 'no count column "litTuned" is declared' },
    ])
    expect(findings.map(({ detector, status }) => [detector, status])).toEqual([
      ['beacons', 'fail'],
      ['lighthouses', 'unmeasured'],
    ])
    expect(slices.harmed.map(({ detector, name }) => [detector, name])).toEqual([['beacons', 'harbour']])
  })

  it('is not blamed twice: what throws without it too is thrown on', () => {
    const { observation, context } = watched([watching([SLICED])], HARBOUR)
    const { census, crashed, slices } = observation
    const torn = () => {
      throw new Error('torn chart')
    }
    expect(() => evaluate({ census, crashed, slices, observed: torn }, context)).toThrow('torn chart')
  })
})
