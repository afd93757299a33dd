import { describe, expect, it } from 'vitest'
import { searchSlices } from '../../../src/audit/slices/search.js'
import { SlicedColumns } from '../../../src/audit/slices/searched.js'
import { MOST_NAMES, Slices, slicesCodec } from '../../../src/audit/slices/slices.js'
import type { Facet } from '../../../src/domain/slice.js'
import { lights, SLICED, tagged, watched, watching } from '../lighthouses.js'

const detector = watching([SLICED])
const cases = tagged(
  lights('north', { both: 200, out: 40 }, (i) => `reef ${i % 120}`),
  ({ tuned }) => tuned[0]!.correct === false,
)
const VARIANT = '["lighthouses",{}]'

describe('slices that were written and read', () => {
  const run = () => {
    const { observation, context } = watched([detector], cases)
    const columns = new SlicedColumns(VARIANT, detector.prepare({}))
    const codec = slicesCodec((variant) => (variant === VARIANT ? columns : null))
    return { observation, context, codec, json: JSON.parse(JSON.stringify(codec.write(observation.slices))) }
  }

  it('are searched with the same result', () => {
    const { observation, context, codec, json } = run()
    const read = codec.read(json)
    const found = searchSlices(observation, observation.slices, context)
    expect(found.search.harmed).toHaveLength(1)
    expect(searchSlices(observation, read, context)).toEqual(found)
    expect(codec.write(read)).toEqual(json)
    expect(json.all).toMatchObject({ axis: 'task', name: '', cases: 240 })
    expect(read.all.key).toBe(observation.slices.all.key)
  })

  it('add up with others as they did before', () => {
    const { observation, context, codec, json } = run()
    const twice = (other: Slices) => {
      const sum = new Slices()
      sum.merge(other)
      sum.merge(other)
      return searchSlices(observation, sum, context)
    }
    expect(twice(codec.read(json))).toEqual(twice(observation.slices))
  })

  it('of a detector that is not there are refused', () => {
    const { json } = run()
    expect(() => slicesCodec(() => null).read(json)).toThrow('an unknown detector')
  })

  it('know which axes were cut, and follow the same names further', () => {
    const { codec } = run()
    const full = new Slices()
    for (let i = 0; i < MOST_NAMES + 1; i++) full.add([{ axis: 'tag', name: `port-${i + 1000}` }], null)
    const read = codec.read(JSON.parse(JSON.stringify(codec.write(full))))
    for (const slices of [full, read])
      slices.add(
        [
          { axis: 'tag', name: 'port-2000' },
          { axis: 'tag', name: 'a' },
        ],
        null,
      )
    expect(read.cut).toEqual(['tag'])
    expect(read.slices().map(({ name }) => name)).toEqual(full.slices().map(({ name }) => name))
  })
})

describe('slices of several axes', () => {
  const tag = (name: string): Facet => ({ axis: 'tag', name })
  const domain = (name: string): Facet => ({ axis: 'domain', name })
  const filled = (all: readonly (readonly Facet[])[]) => {
    const slices = new Slices()
    for (const facets of all) slices.add(facets, null)
    return slices
  }
  const merged = (...parts: readonly Slices[]) => {
    const sum = new Slices()
    for (const part of parts) sum.merge(part)
    return sum
  }
  const shared = (slices: Slices) => slices.slices().map(({ key, shared: with_ }) => [key, Object.fromEntries(with_)])

  it('may have the same names', () => {
    const both = [[tag('quay'), domain('quay')], [tag('quay'), tag('reef')], [domain('quay')]]
    expect(shared(merged(filled(both)))).toEqual(shared(filled(both)))
    expect(shared(filled(both))).toContainEqual(['domain\u0000quay', { 'tag\u0000quay': 1 }])
  })

  it('share cases also where names of one of them are pushed out', () => {
    const many = Array.from({ length: 2 * MOST_NAMES }, (_, i) => [domain(`bay-${1000 + i}`), tag('quay')])
    const half = (odd: number) => filled(many.filter((_, i) => i % 2 === odd))
    const sum = merged(half(1), half(0))
    expect(shared(sum)).toEqual(shared(filled(many)))
    expect(sum.slices()).toHaveLength(MOST_NAMES + 1)
  })

  it('are cut where those of some shard were', () => {
    const few = filled([[tag('a')]])
    const many = filled(Array.from({ length: MOST_NAMES + 1 }, (_, i) => [tag(`port-${1000 + i}`)]))
    expect(many.cut).toEqual(['tag'])
    expect(merged(many).cut).toEqual(['tag'])
    expect(merged(many, few).cut).toEqual(['tag'])
    expect(merged(few).cut).toEqual([])
  })
})
