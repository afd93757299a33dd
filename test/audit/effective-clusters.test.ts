import { describe, expect, it } from 'vitest'
import { kishClusters, pooledClusters, thinned } from '../../src/audit/effective-clusters.js'

const EVEN = new Array<number>(128).fill(4)
const ALONE = { any: false, designEffect: 1 }
const PAIRS = { any: true, designEffect: 2 }

describe('kishClusters', () => {
  it('divides cases by the size of the cluster that a case is in on average', () => {
    expect(kishClusters(512, PAIRS, EVEN)).toBe(256)
    expect(kishClusters(512, ALONE, EVEN)).toBe(512)
  })

  it('is lowered by a giant cluster that fills one bucket', () => {
    // Half of 512 cases in one bucket, 256/127 in each other: Σw² = 1/4 + 127·(1/254)² = .251969; (Σw² − 1/128)/(127/128).
    const giant = [256, ...new Array<number>(127).fill(256 / 127)]
    const squares = 1 / 4 + 1 / (4 * 127)
    expect(kishClusters(512, PAIRS, giant)).toBeCloseTo(127 / 128 / (squares - 1 / 128), 10)
  })

  it('does not look at buckets where no case names a cluster', () => {
    expect(kishClusters(512, ALONE, [512])).toBe(512)
  })

  it('does not trust buckets that are less than one and a half times as uneven as the sizes', () => {
    // Excess of Σw² over 1/128 for C clusters: (127/128)/C. Two kinds of buckets, m ± d, give Σw² = (1 + d²/m²)/128.
    const uneven = (clusters: number) => {
      const d = 4 * Math.sqrt(127 / clusters)
      return Array.from({ length: 128 }, (_, i) => 4 + (i % 2 === 0 ? d : -d))
    }
    expect(kishClusters(512, PAIRS, uneven(172))).toBe(256)
    expect(kishClusters(512, PAIRS, uneven(169))).toBeCloseTo(169, 8)
  })
})

describe('kishClusters of a part of the buckets', () => {
  it('is lowered by what is uneven among them, not by the others that are empty', () => {
    const even = new Array<number>(85).fill(400)
    expect(kishClusters(85 * 400, PAIRS, even, 85)).toBe((85 * 400) / 2)
    expect(kishClusters(85 * 400, PAIRS, even)).toBeCloseTo(127 / 128 / (1 / 85 - 1 / 128), 8)
  })
})

describe('kishClusters at its limits', () => {
  it('takes buckets exactly one and a half times as uneven as the sizes for chance', () => {
    // All in one bucket: Σw² = 1, one cluster; 3 cases in pairs: 1.5.
    expect(kishClusters(3, PAIRS, [3])).toBe(1.5)
    expect(kishClusters(4, PAIRS, [4])).toBe(1)
  })

  it('is no negative number where the sum of squares rounds to below 1/128', () => {
    const n = 59_891_903
    const nearlyEven = Array.from({ length: 128 }, (_, i) => n + (i < 21 ? 1 : i < 42 ? -1 : 0))
    expect(kishClusters(128 * n, PAIRS, nearlyEven)).toBe(64 * n)
  })
})

describe('pooledClusters', () => {
  const task = (cases: number, designEffect = 1) => ({
    task: 'coast',
    cases,
    value: { kind: 'change', change: 0 } as const,
    clusters: { any: designEffect > 1, designEffect },
    buckets: 128,
    bucketCases: new Array<number>(128).fill(cases / 128),
  })

  it('of tasks weighted by their cases is their sum', () => {
    expect(pooledClusters([task(100), task(300)], ({ cases }) => cases)).toBeCloseTo(
      1 / Math.hypot(1 / 400, 1 / 400),
      10,
    )
  })

  it('counts a tiny task by its weight: 1/√Σ(w/C)²', () => {
    // Weights ½ each: 1/√((.5/10)² + (.5/1000)²).
    expect(pooledClusters([task(10), task(1000)], () => 1)).toBeCloseTo(19.999000074993752, 10)
    expect(pooledClusters([task(20, 2), task(1000)], () => 1)).toBeCloseTo(19.999000074993752, 10)
  })
})

describe('thinned', () => {
  it('keeps of the others in a cluster the share that was drawn', () => {
    expect(thinned({ any: true, designEffect: 5 }, 0.25)).toEqual({ any: true, designEffect: 2 })
    expect(thinned(ALONE, 0.5)).toEqual(ALONE)
  })
})
