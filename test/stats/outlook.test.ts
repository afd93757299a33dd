import { describe, expect, it } from 'vitest'
import { failChance, passChance } from '../../src/stats/power.js'
import { failChanceYesNo, passChanceYesNo } from '../../src/stats/power-yes-no.js'
import {
  chanceToFail,
  chanceToPass,
  clustersToPass,
  excludableHarm,
  expectedFreedom,
  type Outlook,
} from '../../src/stats/sample-size.js'
import { YES_NO } from './outlooks.js'

const MEAN: Outlook = { ...YES_NO, yesNo: false, sigma: 0.3, range: null }
const { alpha, tail, margin } = YES_NO

describe('yes/no outcomes', () => {
  it('are summed over all counts up to 4,096 cases: as many helped as half the churn, harmed by the harm more', () => {
    for (const cases of [100, 4_096]) {
      const pass = passChanceYesNo({ harmed: 0.085, helped: 0.075, margin, alpha }, cases)
      expect(chanceToPass(YES_NO, cases, 0.01)).toBeCloseTo(pass, 9)
      const fail = failChanceYesNo({ harmed: 0.175, helped: 0.075, margin, alpha, tail }, cases)
      expect(chanceToFail(YES_NO, cases, 0.1)).toBeCloseTo(fail, 9)
    }
    expect(chanceToPass(YES_NO, 100.4)).toBe(chanceToPass(YES_NO, 100))
  })

  it('are taken as normal from 4,097 on, with harm − harm² more variance, quantiles of a normal and no range', () => {
    const harm = 0.06
    const plan = { sigma: Math.sqrt(0.15 + harm - harm ** 2), harm, range: null, margin, alpha, degreesOfFreedom: null }
    expect(chanceToPass(YES_NO, 4_097, harm)).toBe(passChance(plan, 4_097))
    expect(chanceToFail(YES_NO, 4_097, harm)).toBe(failChance({ ...plan, tail }, 4_097))
  })

  it('leave room for the harm: not more are helped than keeps harmed and helped within all cases', () => {
    // Of all cases .6 more are harmed than helped: .8 and .2.
    const expected = failChanceYesNo({ harmed: 0.8, helped: 0.2, margin, alpha, tail }, 20)
    expect(chanceToFail({ ...YES_NO, sigma: 1 }, 20, 0.6)).toBeCloseTo(expected, 12)
  })
})

describe('means', () => {
  it('have the quantiles of a t over the buckets that clusters fill, and their own spread whatever the harm', () => {
    const plan = { sigma: 0.3, harm: 0.04, range: 1, margin, alpha, degreesOfFreedom: expectedFreedom(90, 128) }
    expect(chanceToPass({ ...MEAN, range: 1 }, 90, 0.04)).toBe(passChance(plan, 90))
    expect(chanceToFail({ ...MEAN, range: 1 }, 90, 0.04)).toBe(failChance({ ...plan, tail }, 90))
  })
})

describe('excludableHarm', () => {
  const holds = (outlook: Outlook, clusters: number, harm: number) =>
    chanceToPass({ ...outlook, margin: harm }, clusters) >= 0.8

  it('is found to a millionth above the spread of one cluster too, where few clusters leave much open', () => {
    for (const clusters of [2, 4, 300]) {
      const harm = excludableHarm(MEAN, clusters)!
      expect([holds(MEAN, clusters, harm), holds(MEAN, clusters, harm * (1 - 2e-6))]).toEqual([true, false])
    }
    expect(excludableHarm(MEAN, 2)).toBeGreaterThan(MEAN.sigma)
  })

  it('is in the unit of the spread, however small or large that is', () => {
    for (const clusters of [2, 50]) {
      const one = excludableHarm({ ...MEAN, sigma: 1 }, clusters)!
      for (const sigma of [1e-9, 1e9])
        expect(excludableHarm({ ...MEAN, sigma }, clusters)! / sigma / one).toBeCloseTo(1, 5)
    }
  })

  it('is at most the range, which is tried last', () => {
    const harm = excludableHarm({ ...MEAN, sigma: 0.02, range: 0.5 }, 12)!
    expect(harm).toBeGreaterThan(4 * 0.02)
    expect(harm).toBeLessThan(0.5)
    expect(excludableHarm({ ...MEAN, sigma: 0.3, range: 0.5 }, 3)).toBeNull()
  })
})

describe('clustersToPass', () => {
  it('is null for a margin of 0, even where nothing varies', () => {
    expect(clustersToPass({ ...MEAN, sigma: 0, margin: 0 })).toBeNull()
    expect(clustersToPass({ ...MEAN, sigma: 0, margin: 1e-9 })).toBe(1)
  })
})
