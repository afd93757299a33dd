import { describe, expect, it } from 'vitest'
import { tangoInterval } from '../../src/stats/paired.js'
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

const YES_NO: Outlook = {
  sigma: Math.sqrt(0.15),
  range: 1,
  margin: 0.05,
  alpha: 0.05,
  tail: 0.025,
  yesNo: true,
  buckets: 128,
}
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
