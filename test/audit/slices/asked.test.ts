import { describe, expect, it } from 'vitest'
import { askedOf } from '../../../src/audit/slices/asked.js'
import { isSliced, SlicedColumns } from '../../../src/audit/slices/searched.js'
import type { PartialConfig } from '../../../src/config/partial.js'
import { type AnyDetector, defineDetector } from '../../../src/domain/detector.js'
import type { Measure, Role } from '../../../src/domain/measure.js'
import { count, sum } from '../../../src/domain/tally.js'
import { EVEN, lights, PLAIN, SLICED, watched, watching } from '../lighthouses.js'

const NORTH = lights('north', { both: 30, out: 4 })
const SOUTH = lights('south', { both: 20, out: 2 })
const BOTH = [...NORTH, ...SOUTH]

function asked(all: readonly AnyDetector[], config: PartialConfig = {}, cases = BOTH) {
  const { observation, context } = watched(all, cases, config)
  return askedOf(observation, context)
}

/** A detector whose options give its measure a role. */
const byOptions = defineDetector<{ readonly role: Role }>({
  id: 'lighthouses',
  version: 1,
  title: 'Lights that went out',
  docs: { why: 'ships', how: 'counting', limits: 'fog', sources: [] },
  options: { type: 'object', properties: { role: {} }, additionalProperties: false },
  defaults: { role: 'guarded' },
  prepare: ({ role }) => watching([{ ...SLICED, role }]).prepare({}),
})
const roleIn = (tasks: string, role: Role) => ({ tasks, detectors: { lighthouses: { options: { role } } } })

describe('what slices are asked', () => {
  it('are the measures that they count and that may decide', () => {
    const other: Measure = { ...SLICED, id: 'dark-rate', role: 'watched' }
    const found = asked([watching([SLICED, { ...PLAIN, id: 'plain-rate' }, other]), watching([SLICED], {}, 'beacons')])
    expect(found.map(({ detector, measure }) => `${detector.id} ${measure.id}`)).toEqual([
      'lighthouses lit-rate',
      'lighthouses dark-rate',
      'beacons lit-rate',
    ])
    expect(found[0]!.reading).toMatchObject({ measure: SLICED, withLost: false })
  })

  const nothing: readonly (readonly [string, Measure, PartialConfig])[] = [
    ['is off', SLICED, { detectors: { lighthouses: { level: 'off' } } }],
    ['warns', SLICED, { detectors: { lighthouses: { level: 'warn' } } }],
    ['is noted by the config', SLICED, { detectors: { lighthouses: { roles: { 'lit-rate': 'noted' } } } }],
    ['is noted by itself', { ...SLICED, role: 'noted' }, {}],
  ]
  it.each(nothing)('is nothing that %s', (_, measure, config) => {
    expect(asked([watching([measure])], config)).toEqual([])
  })

  it('are measures with a margin, be it the config’s', () => {
    const margins = { 'lit-rate': 0.1 }
    const detector = watching([{ ...SLICED, margin: null }])
    const { observation, context } = watched([detector], BOTH, { detectors: { lighthouses: { margins } } })
    expect(askedOf(observation, context)).toHaveLength(1)
    const bare = { ...context.policy.detectors.lighthouses!, margins: {} }
    const policy = { ...context.policy, detectors: { lighthouses: bare } }
    expect(askedOf(observation, { ...context, policy })).toEqual([])
  })

  it('is nothing of a detector that is turned off once the cases were observed', () => {
    const { observation, context } = watched([watching([SLICED])], BOTH)
    const off = { ...context.policy.detectors.lighthouses!, level: 'off' } as const
    const policy = { ...context.policy, detectors: { lighthouses: off } }
    expect(askedOf(observation, { ...context, policy })).toEqual([])
  })

  it('are measures that some tasks have, where the detector is off in others', () => {
    const off = { tasks: 'south', detectors: { lighthouses: { level: 'off' } } } as const
    expect(asked([watching([SLICED])], { overrides: [off] })).toHaveLength(1)
  })

  it('is nothing of a detector that crashed or is not configured', () => {
    const { observation, context } = watched([watching([SLICED])], BOTH)
    const crashed = new Map([['lighthouses', new Error('rock')]])
    const { census, slices } = observation
    expect(askedOf({ census, slices, crashed, observed: () => observation.observed() }, context)).toEqual([])
    const unknown = watching([SLICED], {}, 'buoys')
    expect(askedOf(observation, { ...context, detectors: [unknown] })).toEqual([])
  })

  it('is each measure once, in the variant that decides most, of the tasks that have it', () => {
    const found = asked([byOptions], { overrides: [roleIn('south', 'watched')] })
    expect(found.map(({ measure, variants }) => [measure.role, variants])).toEqual([
      ['guarded', ['["lighthouses",{"role":"guarded"}]']],
    ])
    const raised = asked([byOptions], { overrides: [roleIn('north', 'noted'), roleIn('south', 'watched')] })
    expect(raised.map(({ measure, variants }) => [measure.role, variants])).toEqual([
      ['watched', ['["lighthouses",{"role":"watched"}]']],
    ])
  })

  it('names a variant once that several tasks have', () => {
    expect(asked([watching([SLICED])]).map(({ variants }) => variants)).toEqual([['["lighthouses",{}]']])
  })

  it('is guarded by what the tasks that have it carry', () => {
    const needing = watching([{ ...SLICED, needs: ['confidence'] }])
    // No case carries a confidence: the measure is watched then, and still asked.
    expect(asked([needing])).toHaveLength(1)
  })
})

describe('isSliced', () => {
  const not: readonly (readonly [string, Partial<Measure>])[] = [
    ['pooled from the tasks’ values', { pool: EVEN }],
    ['without a direction of harm', { worse: null }],
    ['without an interval', { interval: 'none' }],
    ['that is not available', { unavailable: { code: 'several-formats' } }],
  ]
  it.each(not)('leaves out a measure %s', (_, given) => {
    expect(isSliced({ ...SLICED, ...given })).toBe(false)
  })

  it('takes a measure that names what slices count, be that nothing beside its cases', () => {
    expect(isSliced(SLICED)).toBe(true)
    expect(isSliced({ ...SLICED, sliced: [] })).toBe(true)
    expect(isSliced(PLAIN)).toBe(false)
  })
})

describe('SlicedColumns', () => {
  it('are those that sliced measures read, and say where the detector’s cells lie', () => {
    const columns = [
      { id: 'fog', ...count(2) },
      { id: 'seen', ...sum(2) },
      { id: 'storms', ...count() },
      { id: 'cases', ...count() },
    ]
    const measure: Measure = { ...SLICED, sliced: ['seen'] }
    const unread: Measure = { ...PLAIN, id: 'storm-rate', cases: ['storms'] }
    const prepared = { ...watching([measure, unread]).prepare({}), columns }
    const { layout, cells } = new SlicedColumns('variant', prepared)
    expect([...layout.columns].map(({ column, at }) => [column.id, at])).toEqual([
      ['seen', 0],
      ['cases', 6],
    ])
    // A sum takes three cells, of which the first is named; what is not counted is −1.
    expect([...cells]).toEqual([-1, -1, 0, -1, -1, 3, -1, -1, -1, 6])
  })
})
