import { describe, expect, it } from 'vitest'
import { tangoInterval } from '../../src/stats/paired.js'
import { passChance } from '../../src/stats/power.js'
import {
  casesToShow,
  chanceToFail,
  chanceToPass,
  clustersToFail,
  clustersToPass,
  detectableHarm,
  excludableHarm,
  expectedFreedom,
  type Outlook,
} from '../../src/stats/sample-size.js'
import { spreadOfJackknife, spreadOfTango } from '../../src/stats/spread.js'
import { studentQuantileOfTail } from '../../src/stats/student.js'
import { YES_NO } from './outlooks.js'

const MEAN: Outlook = { ...YES_NO, yesNo: false, sigma: 0.3 }

describe('casesToShow', () => {
  const asked = {
    omega2: 0.1111,
    sigma2: { baseline: 0, tuned: 0 },
    samples: { baseline: 1, tuned: 1 },
    delta: 0.03,
    alpha: 0.05,
    power: 0.8,
  }

  // Miller 2024, arXiv:2411.00640, §5: ω² = 1/9, δ = .03, 80 % power.
  it('gives the published 969 for two sides', () => expect(casesToShow({ ...asked, sides: 2 })).toBe(969))

  // python3: math.ceil((st.norm.isf(.05) + st.norm.ppf(.8))**2 * .1111 / .03**2), without ceil 763.2
  it('gives 764 for one side', () => expect(casesToShow({ ...asked, sides: 1 })).toBe(764))

  // Miller's σ²/K: 4 samples of variance .16 in each arm add 2·.16/4 to ω²; (1.95996 + .84162)²·.1911/.0009 = 1666.6
  it('adds the variance of samples over their number', () => {
    const sampled = { ...asked, sigma2: { baseline: 0.16, tuned: 0.16 }, samples: { baseline: 4, tuned: 4 } }
    expect(casesToShow({ ...sampled, sides: 2 })).toBe(1667)
  })
})

describe('detectableHarm', () => {
  // python3: df = 128·C/(C + 127) − 1; u = range·st.t.isf(.05, df)/(2·C)
  // (st.t.isf(tail, df) + st.t.isf(.2, df))·hypot(.3/√C, 2·u)
  it.each([
    [{ range: 1, tail: 0.025 }, 300, 0.05151260627002258],
    [{ range: null, tail: 0.025 }, 300, 0.04906349334952079],
    [{ range: 1, tail: 0.01 }, 20, 0.3783945533720884],
  ])('of a mean with %o over %i clusters is %f', (outlook, clusters, expected) => {
    expect(detectableHarm({ ...MEAN, ...outlook }, clusters)).toBeCloseTo(expected, 11)
  })

  // python3: scipy.optimize.brentq of st.norm.isf(tail)·√(churn + h) + st.norm.ppf(.8)·√(churn + h − h²) − h·√C
  it.each([
    [Math.sqrt(0.15), 300, 0.0767139890282263],
    [Math.sqrt(0.15), 1_000, 0.0384099408662768],
    [0, 50, 0.14971715001171657],
  ])('of yes/no outcomes with a spread of %f over %i cases is %f', (sigma, cases, expected) => {
    const harm = detectableHarm({ ...YES_NO, sigma }, cases)
    expect(harm).toBeGreaterThanOrEqual(expected)
    expect(harm).toBeLessThanOrEqual(expected * (1 + 1e-6))
  })

  it('of yes/no outcomes is 1 where even harm to all would not show', () => {
    // One case: z·√1 + 0 = 1.96 > 1.
    expect(detectableHarm({ ...YES_NO, sigma: 0 }, 1)).toBe(1)
  })
})

describe('excludableHarm', () => {
  it('is where the chance of a pass crosses 80 %, from the side that holds, to a millionth', () => {
    const margin = excludableHarm(MEAN, 300)!
    expect(chanceToPass({ ...MEAN, margin }, 300)).toBeGreaterThanOrEqual(0.8)
    expect(chanceToPass({ ...MEAN, margin: margin * (1 - 2e-6) }, 300)).toBeLessThan(0.8)
  })

  // Nothing varies: the end lies t²·range/C above 0, t = st.t.ppf(.95, 128·50/177 − 1) = 1.6897388
  it('of clusters that do not differ is what no event leaves open, t²·range/clusters', () => {
    const t = studentQuantileOfTail(0.05, (128 * 50) / 177 - 1)
    expect(excludableHarm({ ...MEAN, sigma: 0 }, 50)! / (t ** 2 / 50)).toBeCloseTo(1, 5)
  })

  it('is null where the sample cannot exclude even the largest change', () => {
    // Two clusters: t²·range/2 with one degree of freedom at least is above the range.
    expect(excludableHarm({ ...MEAN, sigma: 0 }, 2)).toBeNull()
    expect(excludableHarm({ ...MEAN, sigma: 0, range: null }, 2)).not.toBeNull()
  })
})

describe('clustersToPass and clustersToFail', () => {
  it('clustersToPass is the fewest that pass with 80 %, everything taken as normal', () => {
    for (const outlook of [MEAN, { ...MEAN, range: null }, { ...MEAN, margin: 0.4 }]) {
      const clusters = clustersToPass(outlook)!
      const { sigma, range, margin, alpha } = outlook
      const chance = (n: number) => passChance({ sigma, harm: 0, range, margin, alpha, degreesOfFreedom: null }, n)
      expect(chance(clusters)).toBeGreaterThanOrEqual(0.8)
      if (clusters > 1) expect(chance(clusters - 1)).toBeLessThan(0.8)
    }
  })

  it('clustersToPass of yes/no outcomes without churn is 52: the first above z²·(1 − margin)/margin', () => {
    expect(clustersToPass({ ...YES_NO, sigma: 0 })).toBe(52)
  })

  it('clustersToPass is null where 2^40 clusters would not do', () => {
    // (1.645 + .8416)²·.3²/margin² = 5.6e11 for a margin of 1e-6, above 2^40 = 1.1e12 for one of 5e-7.
    expect(clustersToPass({ ...MEAN, range: null, margin: 1e-6 })! / 5.564e11).toBeCloseTo(1, 3)
    expect(clustersToPass({ ...MEAN, range: null, margin: 5e-7 })).toBeNull()
  })

  it('clustersToFail is never below the ten buckets that a fail needs', () => {
    expect(clustersToFail({ ...MEAN, margin: 2 })).toBe(10)
  })

  it('a size of one passes where one cluster does', () => {
    expect(clustersToPass({ ...MEAN, range: null, sigma: 0 })).toBe(1)
  })
})

describe('expectedFreedom', () => {
  it('is that of equal clusters hashed into buckets, at least 1', () => {
    // 128·300/427 − 1
    expect(expectedFreedom(300, 128)).toBeCloseTo(88.92974238875878, 12)
    expect(expectedFreedom(1, 128)).toBe(1)
    // 128·2/129 − 1 = .98
    expect(expectedFreedom(2, 128)).toBe(1)
  })
})

describe('sizes of a run', () => {
  it.each([YES_NO, MEAN])('a harmless tune passes with 80 % at the size that clustersToPass names', (outlook) => {
    const clusters = clustersToPass(outlook)!
    expect(Math.abs(chanceToPass(outlook, clusters) - 0.8)).toBeLessThan(0.02)
  })

  it.each([YES_NO, MEAN])('twice the margin fails with 80 % at the size that clustersToFail names', (outlook) => {
    const clusters = clustersToFail(outlook)!
    expect(Math.abs(chanceToFail(outlook, clusters, 0.1) - 0.8)).toBeLessThan(0.04)
  })

  it.each([YES_NO, MEAN])(
    'the harm that detectableHarm names fails with about 80 % where the margin is 0',
    (outlook) => {
      const harm = detectableHarm(outlook, 1_000)
      expect(Math.abs(chanceToFail({ ...outlook, margin: 0 }, 1_000, harm) - 0.8)).toBeLessThan(0.06)
    },
  )

  it.each([YES_NO, MEAN])('the margin that excludableHarm names is held with 80 %', (outlook) => {
    const margin = excludableHarm(outlook, 300)!
    expect(Math.abs(chanceToPass({ ...outlook, margin }, 300) - 0.8)).toBeLessThan(0.02)
  })

  it('names no size for a margin of 0 or below', () => {
    expect(clustersToPass({ ...YES_NO, margin: 0 })).toBe(null)
    expect(clustersToPass({ ...MEAN, margin: -0.01 })).toBe(null)
    expect(clustersToFail({ ...MEAN, margin: 0 })).toBe(null)
  })

  it('yes/no outcomes summed and taken as normal agree where the one way takes over from the other', () => {
    const narrow = { ...YES_NO, margin: 0.01 }
    expect(Math.abs(chanceToPass(narrow, 4_096) - chanceToPass(narrow, 4_097))).toBeLessThan(0.02)
    expect(Math.abs(chanceToFail(narrow, 4_096, 0.02) - chanceToFail(narrow, 4_097, 0.02))).toBeLessThan(0.02)
  })
})

describe('the spread behind an interval', () => {
  it('is found again from the end of a jackknife interval', () => {
    const clusters = 300
    const low = 0.02 - studentQuantileOfTail(0.05, expectedFreedom(clusters, 128)) * (0.4 / Math.sqrt(clusters))
    expect(spreadOfJackknife({ clusters, harm: 0.02, low, alpha: 0.05, buckets: 128 })).toBeCloseTo(0.4, 10)
  })

  it.each([
    [200, 15, 15],
    [200, 30, 6],
    [50, 0, 7],
    [80, 0, 0],
    [10, 5, 5],
  ])('is found again from Tango’s interval: %i cases, %i harmed, %i helped', (n, harmed, helped) => {
    const harm = (harmed - helped) / n
    const { low } = tangoInterval({ n, harmed, helped }, 0.05)
    const sigma = Math.sqrt((harmed + helped) / n - harm ** 2)
    expect(spreadOfTango({ n, harm, low, alpha: 0.05 })).toBeCloseTo(sigma, 10)
  })
})
