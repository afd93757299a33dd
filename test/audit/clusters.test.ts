import { describe, expect, it } from 'vitest'
import { Clusters } from '../../src/audit/clusters.js'
import { kishClusters, thinned } from '../../src/audit/effective-clusters.js'
import { murmur128 } from '../../src/domain/hash.js'
import { mulberry32 } from './support.js'

const filled = (names: readonly string[]) => {
  const clusters = new Clusters()
  for (const name of names) clusters.add(murmur128(name))
  return clusters
}

describe('Clusters', () => {
  it('gives the exact design effect Σm²/Σm while all clusters are kept', () => {
    // Sizes 1, 2, 3: (1 + 4 + 9)/(1 + 2 + 3).
    expect(filled(['a', 'b', 'b', 'c', 'c', 'c']).designEffect).toBeCloseTo(14 / 6, 12)
  })

  it('says 1 where every case is its own cluster', () => {
    const alone = new Clusters()
    for (let i = 0; i < 5000; i++) alone.add(null)
    expect([alone.designEffect, alone.any]).toEqual([1, false])
  })

  it('counts cases that are their own beside those that share one', () => {
    // Sizes 3, 1, 1: (9 + 1 + 1)/5.
    const clusters = filled(['a', 'a', 'a'])
    for (let i = 0; i < 2; i++) clusters.add(null)
    expect(clusters.designEffect).toBeCloseTo(11 / 5, 12)
  })

  it('adds up named and lone cases of several shards', () => {
    // Sizes 3, 1, 1, 1: (9 + 1 + 1 + 1)/6.
    const merged = filled(['a', 'a'])
    merged.add(null)
    const other = filled(['a'])
    for (let i = 0; i < 2; i++) other.add(null)
    merged.merge(other)
    expect(merged.designEffect).toBeCloseTo(12 / 6, 12)
  })

  it('says 1 of no case at all', () => expect(filled([]).designEffect).toBe(1))

  it('is the same for any order and any split, also when clusters are pushed out', () => {
    const random = mulberry32(4)
    const names = Array.from({ length: 30_000 }, () => `passage-${Math.floor(random() ** 2 * 8000)}`)
    const shards = [0, 1, 2].map((shard) => filled(names.filter((_, i) => i % 3 === shard)))
    const merged = filled([])
    for (const shard of shards) merged.merge(shard)
    expect(merged.designEffect).toBe(filled(names).designEffect)
    expect(filled([...names].reverse()).designEffect).toBe(filled(names).designEffect)
  })

  it('stays near the truth when it keeps a sample of the clusters', () => {
    const random = mulberry32(5)
    const sizes = Array.from({ length: 6000 }, () => 1 + Math.floor(random() * 9))
    const names = sizes.flatMap((size, i) => new Array<string>(size).fill(`conversation-${i}`))
    const truth = sizes.reduce((total, m) => total + m * m, 0) / sizes.reduce((total, m) => total + m, 0)
    // 1,024 sizes uniform on 1…9: the standard error of the ratio is about 0.05.
    expect(Math.abs(filled(names).designEffect - truth)).toBeLessThan(0.2)
  })
})

describe('thinned', () => {
  it('gives the design effect of cases that were drawn from clusters', () => {
    const random = mulberry32(6)
    const names = Array.from({ length: 100 }, (_, i) => new Array<string>(5 + i).fill(`passage-${i}`)).flat()
    const all = filled(names)
    const parts = Array.from({ length: 200 }, () => filled(names.filter(() => random() < 0.1)).designEffect)
    const mean = parts.reduce((sum, effect) => sum + effect, 0) / parts.length
    // Of 547 cases a part with 5 % of noise; 200 parts leave about .02.
    expect(Math.abs(thinned(all, 0.1).designEffect - mean)).toBeLessThan(0.1)
    expect(thinned(all, 1)).toEqual({ any: true, designEffect: all.designEffect })
  })

  it('leaves a small sample of large clusters nearly all of its cases', () => {
    const clusters = thinned({ any: true, designEffect: 46 }, 512 / 5000)
    expect(kishClusters(512, clusters, new Array<number>(128).fill(4))).toBeCloseTo(512 / (1 + (45 * 512) / 5000), 10)
  })
})
