import { describe, expect, it } from 'vitest'
import { midPMcNemar, tangoInterval } from '../../src/stats/paired.js'
import { failChanceYesNo, passChanceScore, passChanceYesNo, type YesNoFailPlan } from '../../src/stats/power-yes-no.js'

/** Sums the trinomial chances of all counts that an outcome holds for: no binomial, no shortcut. */
function enumerated(plan: YesNoFailPlan, n: number, happens: (harmed: number, helped: number) => boolean): number {
  let total = 0
  for (let harmed = 0; harmed <= n; harmed++) {
    for (let helped = 0; helped <= n - harmed; helped++) {
      if (happens(harmed, helped)) total += trinomial(plan, { n, harmed, helped })
    }
  }
  return total
}

function trinomial(plan: YesNoFailPlan, { n, harmed, helped }: { n: number; harmed: number; helped: number }): number {
  let ways = 1
  for (let i = 1; i <= harmed; i++) ways *= (n - i + 1) / i
  for (let i = 1; i <= helped; i++) ways *= (n - harmed - i + 1) / i
  const same = Math.max(0, 1 - plan.harmed - plan.helped)
  return ways * plan.harmed ** harmed * plan.helped ** helped * same ** (n - harmed - helped)
}

const at = { margin: 0.1, alpha: 0.05, tail: 0.05 }

describe.each([
  [{ harmed: 0.2, helped: 0.05, ...at }, 30],
  [{ harmed: 0.05, helped: 0.2, ...at }, 25],
  [{ harmed: 0.1, helped: 0.1, ...at, margin: 0.3 }, 40],
  [{ harmed: 0.3, helped: 0.1, ...at, tail: 0.2, margin: 0.4 }, 24],
  [{ harmed: 0.15, helped: 0, ...at }, 20],
  [{ harmed: 0, helped: 0.15, ...at }, 33],
  [{ harmed: 0.6, helped: 0.4, ...at }, 18],
  [{ harmed: 1, helped: 0, ...at }, 12],
  [{ harmed: 0.5, helped: 0.45, ...at, margin: 0.9 }, 9],
  [{ harmed: 0.004, helped: 0.002, ...at, margin: 0.15 }, 20],
])('over all counts of %o, %i cases', (plan, n) => {
  const within = (harmed: number, helped: number) =>
    tangoInterval({ n, harmed, helped }, plan.alpha).high <= plan.margin

  it('passChanceYesNo is the chance that Tango’s end stays within the margin', () => {
    expect(passChanceYesNo(plan, n)).toBeCloseTo(enumerated(plan, n, within), 9)
  })

  it('failChanceYesNo is the chance that it does not and the mid-p is below the tail', () => {
    const fails = (harmed: number, helped: number) =>
      !within(harmed, helped) && midPMcNemar({ harmed, helped }) < plan.tail
    expect(failChanceYesNo(plan, n)).toBeCloseTo(enumerated(plan, n, fails), 9)
  })
})

describe('passChanceYesNo', () => {
  it('is 1 for a margin that no change can exceed, also where every case is harmed', () => {
    expect(passChanceYesNo({ harmed: 1, helped: 0, margin: 1, alpha: 0.05 }, 20)).toBe(1)
  })
})

describe('passChanceScore', () => {
  // python3: p maximises harmed·log(p + margin) + helped·log(p) + (1 − harmed − helped)·log(1 − 2p − margin) by
  // scipy.optimize; st.norm.cdf(((margin − d)·√n + st.norm.ppf(alpha)·√(2p + margin − margin²))/√(harmed + helped − d²))
  it.each([
    [0.08, 0.06, 0.05, 0.05, 400, 0.4690697754],
    [0.03, 0.03, 0.05, 0.05, 100, 0.5355144247],
    [0.05, 0.1, 0.02, 0.025, 200, 0.7104910781],
  ])('of %f harmed, %f helped at margin %f, α %f, %i cases is %f', (harmed, helped, margin, alpha, cases, expected) => {
    expect(passChanceScore({ harmed, helped, margin, alpha }, cases)).toBeCloseTo(expected, 7)
  })

  it('is 1 for a margin of the whole scale, and 0 for one that the true harm reaches', () => {
    expect(passChanceScore({ harmed: 0.9, helped: 0, margin: 1, alpha: 0.05 }, 10)).toBe(1)
    expect(passChanceScore({ harmed: 0.375, helped: 0.125, margin: 0.25, alpha: 0.05 }, 10_000)).toBe(0)
    expect(passChanceScore({ harmed: 0.5, helped: 0.125, margin: 0.25, alpha: 0.05 }, 10_000)).toBe(0)
  })

  // Without a change the score's end is z²/(n + z²): within .05 from z²·.95/.05 = 51.4 cases on.
  it('without any change is 0 up to 51 cases and 1 from 52 on', () => {
    const plan = { harmed: 0, helped: 0, margin: 0.05, alpha: 0.05 }
    expect(passChanceScore(plan, 51)).toBe(0)
    expect(passChanceScore(plan, 52)).toBe(1)
  })

  it('comes near the sum over all counts where many cases change', () => {
    const plan = { harmed: 0.25, helped: 0.25, margin: 0.05, alpha: 0.05 }
    expect(Math.abs(passChanceScore(plan, 2_000) - passChanceYesNo(plan, 2_000))).toBeLessThan(0.01)
  })
})
