import { describe, expect, it } from 'vitest'
import { type Candidate, candidatesOf, sharedCases } from '../../../src/audit/slices/candidates.js'
import { Slices } from '../../../src/audit/slices/slices.js'
import type { Facet } from '../../../src/domain/slice.js'

function slicesOf(cases: readonly (readonly Facet[])[]): Slices {
  const slices = new Slices()
  for (const facets of cases) slices.add(facets, null)
  return slices
}

const tag = (name: string): Facet => ({ axis: 'tag', name })
const length = (characters: number): Facet => ({ axis: 'length', name: String(characters) })
const times = (count: number, facets: readonly Facet[]) => Array.from({ length: count }, () => facets)

const LENGTHS = [
  ...times(3, [length(64), tag('quay')]),
  ...times(5, [length(128)]),
  ...times(2, [length(1024), tag('quay')]),
  ...times(4, [length(256), tag('reef')]),
]

const named = (candidates: readonly Candidate[], name: string) => candidates.find((one) => one.name === name)!

describe('candidates', () => {
  it('are the slices that were counted, by axis and name', () => {
    const candidates = candidatesOf(
      slicesOf([
        [tag('reef'), tag('quay')],
        [tag('reef'), { axis: 'shape', name: 'code' }],
      ]),
    )
    expect(candidates.map(({ axis, name, cases }) => [axis, name, cases])).toEqual([
      ['shape', 'code', 1],
      ['tag', 'quay', 1],
      ['tag', 'reef', 2],
    ])
  })

  it('of lengths are both sides of each threshold, by size and not by code unit', () => {
    const lengths = candidatesOf(slicesOf(LENGTHS)).filter(({ axis }) => axis === 'length')
    expect(lengths.map(({ name, cases }) => [name, cases])).toEqual([
      ['128 characters or more', 11],
      ['under 128 characters', 3],
      ['256 characters or more', 6],
      ['under 256 characters', 8],
      ['1024 characters or more', 2],
      ['under 1024 characters', 12],
    ])
  })

  it('of one length are none', () => {
    expect(candidatesOf(slicesOf(times(3, [length(64)])))).toEqual([])
  })
})

describe('sharedCases', () => {
  const candidates = () => candidatesOf(slicesOf([...LENGTHS, ...times(6, [tag('quay'), tag('reef')])]))

  it('are those that are in both, whichever comes first', () => {
    const [quay, reef] = [named(candidates(), 'quay'), named(candidates(), 'reef')]
    expect(sharedCases(quay, reef)).toBe(6)
    expect(sharedCases(reef, quay)).toBe(6)
  })

  it('of a slice with itself are its own', () => {
    const all = candidates()
    for (const one of all) expect(sharedCases(one, one)).toBe(one.cases)
  })

  it('of lengths are counted class by class', () => {
    const all = candidates()
    const long = named(all, '256 characters or more')
    expect(sharedCases(long, named(all, 'quay'))).toBe(2)
    expect(sharedCases(named(all, 'reef'), long)).toBe(4)
    expect(sharedCases(long, named(all, 'under 1024 characters'))).toBe(4)
    expect(sharedCases(long, named(all, 'under 128 characters'))).toBe(0)
  })
})
