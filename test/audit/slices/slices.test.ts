import { describe, expect, it } from 'vitest'
import { MOST_NAMES, Slices } from '../../../src/audit/slices/slices.js'
import { murmur128 } from '../../../src/domain/hash.js'
import type { Facet } from '../../../src/domain/slice.js'
import { mulberry32 } from '../support.js'

const facet = (name: string, axis: Facet['axis'] = 'tag'): Facet => ({ axis, name })

/** What is counted of every slice, as plain data. */
function countedBy(slices: Slices) {
  return slices.slices().map(({ axis, name, cases, clusters, shared }) => ({
    name: `${axis} ${name}`,
    cases,
    designEffect: clusters.designEffect,
    shared: Object.fromEntries([...shared].sort()),
  }))
}

/** Cases of one to four of 300 tags: far more than are followed. */
function drawn(seed: number): Facet[][] {
  const random = mulberry32(seed)
  return Array.from({ length: 1500 }, () =>
    Array.from({ length: 1 + Math.floor(4 * random()) }, () => facet(`port-${Math.floor(300 * random())}`)).filter(
      ({ name }, i, all) => all.findIndex((other) => other.name === name) === i,
    ),
  )
}

function filled(cases: readonly (readonly Facet[])[]): Slices {
  const slices = new Slices()
  for (const facets of cases) slices.add(facets, murmur128(facets[0]!.name))
  return slices
}

describe('Slices', () => {
  it('follows the smallest names of an axis and says that there are more', () => {
    const slices = filled(drawn(1))
    expect(slices.slices()).toHaveLength(MOST_NAMES)
    expect(slices.cut).toEqual(['tag'])
    expect(filled([[facet('cork')]]).cut).toEqual([])
  })

  it('counts the same in any order and any split, also when names are pushed out', () => {
    const cases = drawn(2)
    const whole = countedBy(filled(cases))
    expect(countedBy(filled([...cases].reverse()))).toEqual(whole)
    const parts = [0, 1, 2].map((part) => filled(cases.filter((_, i) => i % 3 === part)))
    const merged = new Slices()
    for (const part of parts.reverse()) merged.merge(part)
    expect(countedBy(merged)).toEqual(whole)
  })

  it('counts every case of the slices that it follows, and every case that two of them share', () => {
    const cases = drawn(3)
    const slices = filled(cases)
    const names = new Set(slices.slices().map(({ name }) => name))
    for (const { name, cases: counted, shared } of slices.slices()) {
      const own = cases.filter((facets) => facets.some((one) => one.name === name))
      expect(counted).toBe(own.length)
      for (const other of names) {
        if (other <= name) continue
        const both = own.filter((facets) => facets.some((one) => one.name === other)).length
        expect(shared.get(`tag\u0000${other}`) ?? 0).toBe(both)
      }
    }
    expect(slices.all.cases).toBe(cases.length)
  })

  it('keeps memory bounded whatever names come', () => {
    const slices = new Slices()
    for (let i = 5000; i > 0; i--) {
      const name = String(i).padStart(5, '0')
      slices.add([facet(name), facet(`${name}x`), facet('constant', 'domain')], null)
    }
    const shared = slices.slices().reduce((total, slice) => total + slice.shared.size, 0)
    expect(slices.slices().length).toBe(MOST_NAMES + 1)
    expect(shared).toBeLessThanOrEqual((MOST_NAMES + 1) ** 2)
  })

  it('takes names with NUL and __proto__ as they are', () => {
    const slices = filled([[facet('a\u0000b'), facet('__proto__')], [facet('a\u0000b')]])
    const merged = new Slices()
    merged.merge(slices)
    expect(countedBy(merged)).toEqual(countedBy(slices))
    expect(merged.slices().map(({ name, cases }) => [name, cases])).toEqual([
      ['__proto__', 1],
      ['a\u0000b', 2],
    ])
  })
})
