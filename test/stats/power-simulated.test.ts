import { describe, expect, it } from 'vitest'
import { harmInterval } from '../../src/stats/interval.js'
import { degreesOfFreedom } from '../../src/stats/jackknife.js'
import { midPMcNemar, tangoInterval } from '../../src/stats/paired.js'
import { failChance, passChance } from '../../src/stats/power.js'
import { failChanceYesNo, passChanceYesNo } from '../../src/stats/power-yes-no.js'
import { mulberry32 } from '../audit/support.js'

const ALPHA = 0.05
const TAIL = 0.005
const MARGIN = 0.05
const BUCKETS = 128

interface Rates {
  readonly pass: number
  readonly fail: number
}

/** Mean changes over four samples per case and arm, spread over hashed buckets and judged as a run judges them. */
function simulateMeans(cases: number, harm: number, runs: number): Rates & { readonly sigma: number; df: number } {
  const random = mulberry32(4)
  let [pass, fail, squares, df] = [0, 0, 0, 0]
  for (let run = 0; run < runs; run++) {
    const sums = new Float64Array(BUCKETS)
    const counts = new Float64Array(BUCKETS)
    for (let i = 0; i < cases; i++) {
      const easy = harm + (1 - harm) * random()
      let change = 0
      for (let k = 0; k < 4; k++) change += (Number(random() < easy) - Number(random() < easy - harm)) / 4
      const bucket = Math.floor(random() * BUCKETS)
      sums[bucket]! += change
      counts[bucket]! += 1
      squares += change ** 2 / (runs * cases)
    }
    const total = sums.reduce((a, b) => a + b)
    const filled = [...counts.keys()].filter((bucket) => counts[bucket]! > 0)
    const interval = harmInterval(
      {
        harm: total / cases,
        deleted: filled.map((bucket) => (total - sums[bucket]!) / (cases - counts[bucket]!)),
        degreesOfFreedom: degreesOfFreedom([...counts]),
        range: 1,
        clusters: cases,
        paired: null,
      },
      ALPHA,
    )
    df += degreesOfFreedom([...counts]) / runs
    if (interval.high <= MARGIN) pass++
    else if (interval.canFail && interval.p < TAIL) fail++
  }
  return { pass: pass / runs, fail: fail / runs, sigma: Math.sqrt(squares - harm ** 2), df }
}

function simulateYesNo(cases: number, harmed: number, helped: number, runs: number): Rates {
  const random = mulberry32(5)
  let [pass, fail] = [0, 0]
  for (let run = 0; run < runs; run++) {
    const counts = { n: cases, harmed: 0, helped: 0 }
    for (let i = 0; i < cases; i++) {
      const u = random()
      if (u < harmed) counts.harmed++
      else if (u < harmed + helped) counts.helped++
    }
    if (tangoInterval(counts, ALPHA).high <= MARGIN) pass++
    else if (midPMcNemar(counts) < TAIL) fail++
  }
  return { pass: pass / runs, fail: fail / runs }
}

describe('the chance of a verdict on a mean', () => {
  it.each([
    [20, 0.2],
    [50, 0.1],
    [100, 0],
    [200, 0],
    [200, 0.05],
  ])('%i cases, harm %f: prediction and simulation agree within 4 points', (cases, harm) => {
    const { pass, fail, sigma, df } = simulateMeans(cases, harm, 800)
    const plan = { sigma, harm, range: 1, margin: MARGIN, alpha: ALPHA, tail: TAIL, degreesOfFreedom: df }
    expect(Math.abs(passChance(plan, cases) - pass)).toBeLessThan(0.04)
    expect(Math.abs(failChance(plan, cases) - fail)).toBeLessThan(0.04)
  })
})

describe('the chance of a verdict on yes/no outcomes', () => {
  it.each([
    [20, 0.2, 0],
    [50, 0.075, 0.075],
    [50, 0.12, 0.03],
    [100, 0.075, 0.075],
    [200, 0.175, 0.075],
  ])('%i cases, %f harmed, %f helped: the exact sum and simulation agree within 3 points', (cases, harmed, helped) => {
    const { pass, fail } = simulateYesNo(cases, harmed, helped, 2_000)
    const plan = { harmed, helped, margin: MARGIN, alpha: ALPHA, tail: TAIL }
    expect(Math.abs(passChanceYesNo(plan, cases) - pass)).toBeLessThan(0.03)
    expect(Math.abs(failChanceYesNo(plan, cases) - fail)).toBeLessThan(0.03)
  })
})
