import { describe, expect, it } from 'vitest'
import { decidableMargin } from '../../src/trial/decidable-margin.js'
import { planRates } from '../../src/trial/plan-rates.js'

const plan = (cases: number) => planRates({ rate: 0.8, churn: 0.15, margin: 0.05, alpha: 0.05, cases })

describe('decidableMargin', () => {
  it('keeps the margin where a harmless tune holds it four times in five', () => {
    expect(decidableMargin(plan(600))).toBe(0.05)
  })

  it('is the smallest that a harmless tune holds four times in five', () => {
    const margin = decidableMargin(plan(200))
    expect(margin).toBeGreaterThan(0.05)
    const wider = planRates({ rate: 0.8, churn: 0.15, margin, alpha: 0.05, cases: 200 })
    const tighter = planRates({ rate: 0.8, churn: 0.15, margin: margin - 0.005, alpha: 0.05, cases: 200 })
    expect(wider.passChance).toBeGreaterThan(0.78)
    expect(tighter.passChance).toBeLessThan(0.8)
  })

  it('keeps a margin that would have to be more than twice as wide', () => {
    expect(decidableMargin(plan(20))).toBe(0.05)
  })
})
