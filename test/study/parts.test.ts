import { describe, expect, it } from 'vitest'
import { tangoInterval } from '../../src/stats/paired.js'
import { aliasSampler } from './alias.js'
import { type MeasureCell, nameOf, type WorldName } from './cell.js'
import { countsOf } from './counts.js'
import { fullGrid } from './grid.js'
import { lawOf } from './law.js'
import { randomOf, xoshiro } from './random.js'
import { between } from './report/index.js'
import { isTooLarge } from './report/shares.js'
import { isCurrent, simulate } from './simulate.js'
import { strengthFor, trueHarm } from './truth.js'
import { worlds } from './worlds/index.js'

const cell = (own: Partial<MeasureCell> = {}): MeasureCell => ({
  kind: 'measure',
  world: 'outcomes',
  n: 25,
  rate: 0.2,
  agreement: 0.5,
  samples: 1,
  clusters: 'none',
  harm: 0,
  runs: 40,
  ...own,
})

describe('random numbers of the study', () => {
  it('are those of the generator’s authors', () => {
    // From the authors' C code with state 1, 2, 3, 4; as in rand_xoshiro's tests.
    const random = xoshiro([1, 2, 3, 4])
    expect([random.bits(), random.bits(), random.bits(), random.bits()]).toEqual([11520, 0, 5927040, 70819200])
  })

  it('follow the shares of an alias table', () => {
    const shares = [0.001, 0.5, 0, 0.2, 0.299]
    const draw = aliasSampler(shares)
    const random = randomOf('alias')
    const drawn = shares.map(() => 0)
    for (let i = 0; i < 200_000; i++) drawn[draw(random)]!++
    shares.forEach((share, index) => {
      expect(Math.abs(drawn[index]! / 200_000 - share)).toBeLessThanOrEqual(
        4 * Math.sqrt((share * (1 - share)) / 200_000),
      )
    })
  })
})

describe('a cell', () => {
  it('gives the same counts whatever ran before it', () => {
    const first = simulate(cell({ clusters: 'uneven' }))
    simulate(cell({ world: 'formats', rate: 0.6 }))
    expect(simulate(cell({ clusters: 'uneven' }))).toEqual(first)
    expect(simulate(cell({ clusters: 'uneven', n: 26 })).probe).not.toBe(first.probe)
  })

  it('is current until the code gives other numbers or a detector has another version', () => {
    const result = simulate(cell())
    expect(isCurrent(result)).toBe(true)
    expect(isCurrent({ ...result, probe: `0${result.probe.slice(1)}` })).toBe(result.probe.startsWith('0'))
    expect(isCurrent({ ...result, versions: { ...result.versions, 'cross-task-regression': 0 } })).toBe(false)
  })

  it('has a name of its own', () => {
    const names = fullGrid().map(nameOf)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('paired yes/no cells agree with exact sums over all tables', () => {
  // Independent of the engine: the distribution of the discordant cases is trinomial, mid-p is summed term by term.
  const exact = (n: number, harmed: number, helped: number, errs: (harmed: number, helped: number) => boolean) => {
    let total = 0
    for (let b = 0; b <= n; b++) {
      for (let c = 0; b + c <= n; c++) {
        if (errs(b, c)) {
          const logs = logFactorial(n) - logFactorial(b) - logFactorial(c) - logFactorial(n - b - c)
          total += Math.exp(logs) * harmed ** b * helped ** c * (1 - harmed - helped) ** (n - b - c)
        }
      }
    }
    return total
  }
  const runs = 20_000
  const near = (events: number, expected: number) =>
    expect(Math.abs(events / runs - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / runs))

  it.each([12, 30])('without harm, n = %i: the test errs as its sum says', (n) => {
    const discordant = 0.5 * 0.2 * 0.8
    const { shown } = countsOf(cell({ n, runs }))
    near(
      shown!,
      exact(n, discordant, discordant, (b, c) => midP(b, c) < 0.05),
    )
  })

  it.each([12, 30])('at the margin, n = %i: the harmful end errs as its sum says', (n) => {
    const spoilt = 0.05 / 0.8
    const helped = 0.08 * (1 - spoilt)
    const { harmfulEndErrs } = countsOf(cell({ n, runs, harm: 1 }))
    near(
      harmfulEndErrs!,
      exact(n, helped + 0.05, helped, (b, c) => tangoInterval({ n, harmed: b, helped: c }, 0.05).high < 0.05),
    )
  })
})

function logFactorial(n: number): number {
  let sum = 0
  for (let k = 2; k <= n; k++) sum += Math.log(k)
  return sum
}

/** P(X > harmed) + ½·P(X = harmed), X ~ Binomial(harmed + helped, ½). */
function midP(harmed: number, helped: number): number {
  const n = harmed + helped
  const chance = (k: number) => Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k)) / 2 ** n
  let tail = chance(harmed) / 2
  for (let k = harmed + 1; k <= n; k++) tail += chance(k)
  return tail
}

describe('the true harm', () => {
  const settings: readonly [WorldName, number][] = [
    ['outcomes', 0.2],
    ['scores', 0.1],
    ['brier', 0.2],
    ['formats', 0.6],
    ['reliability', 0.2],
    ['discrimination', 0.2],
    ['distinct', 0.5],
  ]
  it.each(settings)('of %s is 0 without harm and the margin at the strength for it', (world, rate) => {
    const law = lawOf(worlds[world]({ rate, agreement: 0.5, samples: 1 }))
    expect(Math.abs(trueHarm(law, 0))).toBeLessThan(1e-9)
    const { margin } = law.world
    // A mean over sampled cases is found from whole copies of each kind.
    expect(Math.abs(trueHarm(law, strengthFor(law, margin)) - margin)).toBeLessThan(world === 'distinct' ? 1e-4 : 1e-8)
  })

  it('of right and wrong grows by the share of right outputs that are spoilt', () => {
    const law = lawOf(worlds.outcomes({ rate: 0.2, agreement: 0.5, samples: 1 }))
    expect(strengthFor(law, 0.05)).toBeCloseTo(0.05 / 0.8, 12)
  })

  it('beyond what spoiling everything does is an error', () => {
    const law = lawOf(worlds.outcomes({ rate: 0.999, agreement: 0.5, samples: 1 }))
    expect(() => strengthFor(law, 0.05)).toThrow(/cannot be harmed/)
  })
})

describe('reports of the study', () => {
  it('keep what stands around the generated block, and change nothing the second time', () => {
    const page = 'before\n<!-- study: begin -->\nold\n<!-- study: end -->\nafter\n'
    const once = between(page, 'new')
    expect(once).toBe('before\n<!-- study: begin -->\n\nnew\n\n<!-- study: end -->\nafter\n')
    expect(between(once, 'new')).toBe(once)
    expect(() => between('no markers', 'new')).toThrow(/lacks the lines/)
  })

  it('call an error rate too large only beyond simulation noise', () => {
    expect(isTooLarge({ events: 700, n: 10_000 })).toBe(false)
    expect(isTooLarge({ events: 720, n: 10_000 })).toBe(true)
    expect(isTooLarge({ events: 72, n: 1_000 })).toBe(false)
    expect(isTooLarge({ events: 0, n: 0 })).toBe(false)
  })
})
