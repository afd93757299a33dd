import { describe, expect, it } from 'vitest'
import { passAtK } from '../../src/stats/pass-at-k.js'

describe('passAtK', () => {
  it('is the share of right samples for k = 1, and 1 where fewer than k are wrong', () => {
    for (let correct = 0; correct <= 12; correct++) expect(passAtK({ n: 12, correct }, 1)).toBeCloseTo(correct / 12, 15)
    expect(passAtK({ n: 12, correct: 5 }, 8)).toBe(1)
  })

  it('has the mean 1 − (1 − share)^k over binomial counts', () => {
    const [n, k, share] = [9, 4, 0.3]
    let chance = (1 - share) ** n
    let mean = 0
    for (let correct = 0; correct <= n; correct++) {
      mean += chance * passAtK({ n, correct }, k)
      chance *= ((n - correct) / (correct + 1)) * (share / (1 - share))
    }
    expect(mean).toBeCloseTo(1 - (1 - share) ** k, 14)
  })

  it('refuses more than there are samples, and none', () => {
    expect(() => passAtK({ n: 5, correct: 1 }, 6)).toThrow(new RangeError('pass@6 of 5 samples'))
    expect(() => passAtK({ n: 5, correct: 1 }, 0)).toThrow(RangeError)
  })
})
