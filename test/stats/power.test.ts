import { describe, expect, it } from 'vitest'
import { failChance, passChance } from '../../src/stats/power.js'
import { failChanceYesNo, passChanceYesNo } from '../../src/stats/power-yes-no.js'

const ALPHA = 0.05
const TAIL = 0.005
const MARGIN = 0.05

// python3: scipy.integrate.quad over st.chi's density, r = chi/√df the estimated over the true standard error e:
// f(r) = st.norm.cdf((margin − t·(u + hypot(r·e, u)) − harm)/e), t = st.t.isf(alpha, df), u = range·t/(2·clusters)
describe('passChance', () => {
  it.each([
    [{ sigma: 0.3, harm: 0, range: 1, margin: 0.05, alpha: 0.05, degreesOfFreedom: 20 }, 60, 0.12806196946863116],
    [{ sigma: 0.3, harm: 0.02, range: 1, margin: 0.1, alpha: 0.05, degreesOfFreedom: 9 }, 40, 0.13085097959010883],
    [
      { sigma: 0.5, harm: -0.01, range: null, margin: 0.08, alpha: 0.025, degreesOfFreedom: 100 },
      300,
      0.8702661385150128,
    ],
  ])('of %o over %i clusters is %f', (plan, clusters, expected) => {
    expect(passChance(plan, clusters)).toBeCloseTo(expected, 7)
  })

  it('is 1 or 0 where clusters do not differ: as harm, with what no event leaves open, is within the margin or not', () => {
    // u = 1.6449/200, so the end lies 2·z·u = z²/100 = .02706 above the harm.
    const plan = { sigma: 0, harm: 0.01, range: 1, alpha: 0.05, degreesOfFreedom: null }
    expect(passChance({ ...plan, margin: 0.0371 }, 100)).toBe(1)
    expect(passChance({ ...plan, margin: 0.037 }, 100)).toBe(0)
    expect(passChance({ ...plan, range: null, margin: 0.01 }, 100)).toBe(1)
  })
})

// The same integral of 1 − st.norm.cdf((max(st.t.isf(tail, df)·r·e, margin − t·(u + hypot(r·e, u))) − harm)/e)
describe('failChance', () => {
  const shared = { alpha: 0.05 }
  it.each([
    [{ sigma: 0.3, harm: 0.1, range: 1, margin: 0.05, tail: 0.005, degreesOfFreedom: 20 }, 60, 0.41824073093998704],
    [{ sigma: 0.3, harm: 0.15, range: 1, margin: 0.02, tail: 0.01, degreesOfFreedom: 9 }, 40, 0.6389486040044681],
    [
      { sigma: 0.5, harm: 0.12, range: null, margin: 0.05, tail: 0.001, degreesOfFreedom: 100 },
      300,
      0.8332580244627235,
    ],
  ])('of %o over %i clusters is %f', (plan, clusters, expected) => {
    expect(failChance({ ...shared, ...plan }, clusters)).toBeCloseTo(expected, 6)
  })
})

describe('the chance of a verdict on a mean', () => {
  // python3: scipy.stats.nct.sf(scipy.stats.t.isf(.005, df), df, harm / (sigma / clusters**.5))
  it.each([
    [10, 0.5, 20, 0.3, 0.37164689414081575],
    [40, 0.5, 50, 0.2, 0.5538014860378897],
    [110, 0.4, 400, 0.06, 0.6476114630824801],
  ])(
    'is that of a noncentral t where the margin is 0: %i degrees of freedom',
    (df, sigma, clusters, harm, expected) => {
      const plan = { sigma, harm, range: null, margin: 0, alpha: ALPHA, tail: TAIL, degreesOfFreedom: df }
      expect(failChance(plan, clusters)).toBeCloseTo(expected, 6)
    },
  )

  it('needs ten clusters for a fail', () => {
    const plan = { sigma: 0.1, harm: 1, range: 1, margin: 0.05, alpha: ALPHA, tail: TAIL, degreesOfFreedom: null }
    expect(failChance(plan, 9)).toBe(0)
    expect(failChance(plan, 10)).toBeCloseTo(1, 9)
  })
})

describe('the chance of a verdict on yes/no outcomes', () => {
  it('is off by more than ten points where it is taken as normal, at 100 cases', () => {
    const exact = passChanceYesNo({ harmed: 0.075, helped: 0.075, margin: MARGIN, alpha: ALPHA }, 100)
    const normal = passChance(
      { sigma: Math.sqrt(0.15), harm: 0, range: 1, margin: MARGIN, alpha: ALPHA, degreesOfFreedom: null },
      100,
    )
    expect(exact - normal).toBeGreaterThan(0.1)
  })

  it('without discordant cases passes from z²(1 − margin)/margin cases on and never fails', () => {
    const plan = { harmed: 0, helped: 0, margin: MARGIN, alpha: ALPHA, tail: TAIL }
    expect(passChanceYesNo(plan, 51)).toBe(0)
    expect(passChanceYesNo(plan, 52)).toBe(1)
    expect(failChanceYesNo(plan, 1_000)).toBe(0)
  })
})
