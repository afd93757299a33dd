import { describe, expect, it } from 'vitest'
import { mostNeeded, outlooksOf, type Sized, sizesOf } from '../../src/audit/sizes.js'
import type { HarmInterval } from '../../src/stats/interval.js'
import { chanceToPass, detectableHarm } from '../../src/stats/sample-size.js'
import { MEASURE, measured } from './questions.js'

const SHARE = { alpha: 0.05, tail: 0.025 }

/** 401 cases in 100 clusters, spread .015: σ of a cluster is .15. No event is left open. */
function sized(given: Partial<Sized> = {}, interval: Partial<HarmInterval> = {}): Sized {
  return {
    estimate: { ...estimateOf(interval), n: 401 },
    margin: 0.05,
    measure: { ...MEASURE, range: null },
    worstCase: null,
    mostCases: null,
    ...given,
  }
}

function estimateOf(given: Partial<HarmInterval>): Sized['estimate'] {
  const estimate = measured(given)
  return { ...estimate, interval: estimate.interval! }
}

/** Twice the spread, and a change of .03 instead of .01. */
const worse = (change = 0.03) => {
  const estimate = measured({ spread: 0.03 })
  return { ...estimate, change: { ...estimate.change, value: change } }
}

describe('outlooksOf', () => {
  it('takes the spread of one cluster from that of the estimate, times √clusters', () => {
    const [own, ...rest] = outlooksOf(sized(), SHARE)
    expect(own.sigma).toBeCloseTo(0.15, 15)
    expect(own).toMatchObject({ ...SHARE, range: null, margin: 0.05, yesNo: false, buckets: 128 })
    expect(rest).toEqual([])
  })

  it('sees yes/no outcomes where the interval is Tango’s', () => {
    expect(outlooksOf(sized({}, { method: 'tango' }), SHARE)[0].yesNo).toBe(true)
  })

  it('holds the worst case to the margin less its distance from the estimate, in either direction', () => {
    for (const change of [0.03, -0.01]) {
      const [own, worst] = outlooksOf(sized({ worstCase: worse(change) }), SHARE)
      expect(own).toMatchObject({ margin: 0.05 })
      expect(worst!.margin).toBeCloseTo(0.03, 15)
      expect(worst!.sigma).toBeCloseTo(0.3, 15)
      expect(worst).toMatchObject({ ...SHARE, range: null, buckets: 128 })
    }
  })

  it('leaves out a worst case that was not measured, or without interval', () => {
    const unmeasured = { kind: 'unmeasured', reason: { code: 'nothing-changed' }, n: 0 } as const
    for (const worstCase of [unmeasured, { ...worse(), interval: null }]) {
      expect(outlooksOf(sized({ worstCase }), SHARE)).toHaveLength(1)
    }
  })
})

describe('sizesOf', () => {
  // python3: ceil((st.norm.isf(.05) + st.norm.ppf(.8))**2 * .0225/.0025) = 56 clusters to pass,
  // ceil((st.norm.isf(.025) + st.norm.ppf(.8))**2 * .0225/.01) = 18 to fail; of 4.01 cases each: 224.56, 72.18.
  it('names cases: the clusters needed, times the cases of one, rounded up', () => {
    expect(sizesOf(sized(), SHARE).casesNeeded).toEqual({ toPass: 225, toFail: 73 })
  })

  it('names no size above the cases that a sample holds', () => {
    expect(sizesOf(sized({ mostCases: 225 }), SHARE).casesNeeded).toEqual({ toPass: 225, toFail: 73 })
    expect(sizesOf(sized({ mostCases: 224 }), SHARE).casesNeeded).toEqual({ toPass: null, toFail: 73 })
    expect(sizesOf(sized({ mostCases: 72 }), SHARE).casesNeeded).toEqual({ toPass: null, toFail: null })
  })

  it('asks the worst case too for a pass, and only the measure’s own reading for a fail and for what shows', () => {
    const question = sized({ worstCase: worse() })
    const [own, worst] = outlooksOf(question, SHARE)
    const sizes = sizesOf(question, SHARE)
    // ceil((1.64485 + .84162)**2 * .09/.0009) = 619 clusters; 619 · 4.01 = 2482.19
    expect(sizes.casesNeeded).toEqual({ toPass: 2483, toFail: 73 })
    expect(sizes.passChance).toBe(chanceToPass(worst!, 100))
    expect(sizes.passChance).toBeLessThan(chanceToPass(own, 100))
    expect(sizes.detectable).toBe(detectableHarm(own, 100))
  })

  it('names no size to pass where the worst case alone takes up the margin', () => {
    const { casesNeeded } = sizesOf(sized({ worstCase: worse(0.06) }), SHARE)
    expect(casesNeeded).toEqual({ toPass: null, toFail: 73 })
  })
})

describe('mostNeeded', () => {
  const [outlook] = outlooksOf(sized(), SHARE)

  it('is the size at which the most demanding outlook holds, whichever comes first', () => {
    // (1.64485 + .84162)²·.0225/.0001 = 1391.1
    const strict = { ...outlook, margin: 0.01 }
    expect([mostNeeded([outlook, strict]), mostNeeded([strict, outlook])]).toEqual([1392, 1392])
  })

  it('is null where one of them never holds', () => {
    expect(mostNeeded([outlook, { ...outlook, margin: 0 }])).toBeNull()
  })
})
