import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auroc, rightAndWrong } from '../../src/stats/auroc.js'
import {
  debiasedSquaredError,
  expectedCalibrationError,
  levelEntropy,
  murphy,
  reliabilityBins,
} from '../../src/stats/calibration-error.js'
import { type GridSums, LEVELS, levelOf, outputsOf } from '../../src/stats/confidence-grid.js'
import { equalMassBins } from '../../src/stats/equal-mass-bins.js'
import { EQUAL_WIDTH_BINS, equalWidthBin, equalWidthError } from '../../src/stats/equal-width-bins.js'
import { smoothCalibrationError } from '../../src/stats/smooth-calibration.js'
import { brierAtTemperature, fitTemperature } from '../../src/stats/temperature.js'
import { type Cell, gridOf } from './references/grid.js'

interface DataSet {
  readonly cells: readonly Cell[]
  readonly [value: string]: unknown
}

// Computed by fixtures/references/generate-calibration.py from single outputs; each key names the method.
const references = JSON.parse(
  readFileSync(new URL('../../fixtures/references/calibration.json', import.meta.url), 'utf8'),
) as { 'data sets': Record<string, DataSet> }

const { 'free confidences': free, ...onLevels } = references['data sets'] as Record<string, DataSet> & {
  'free confidences': DataSet
}

const EMPTY = gridOf([])

function added(a: GridSums, b: GridSums): GridSums {
  const add = (x: readonly number[], y: readonly number[]) => x.map((value, i) => value + y[i]!)
  return { n: add(a.n, b.n), confidence: add(a.confidence, b.confidence), correct: add(a.correct, b.correct) }
}

function reference<T>(set: DataSet, name: string): T {
  return set[Object.keys(set).find((key) => key.startsWith(name))!] as T
}

/** Mulberry32: uniform numbers in [0, 1). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** n outputs with uniform confidences in [low, high), each right with the chance given. */
function simulated(random: () => number, n: number, chance: (q: number) => number, [low, high] = [0, 1]): GridSums {
  const cells = Array.from({ length: n }, (): Cell => {
    const q = low! + (high! - low!) * random()
    return [q, 1, random() < chance(q) ? 1 : 0]
  })
  return gridOf(cells)
}

const confidence = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(0, 1, 0.5, 0.8, 0.9, 0.95, 0.99),
  fc.double({ min: -25, max: 25, noNaN: true }).map((logit) => 1 / (1 + Math.exp(-logit))),
)
const cell = fc.tuple(confidence, fc.nat(9), fc.nat(9)).map(([q, right, wrong]): Cell => [q, right + wrong, right])
const anyCells = fc.array(cell, { maxLength: 40 })
const filledCells = anyCells.filter((cells) => cells.some(([, n]) => n > 0))

// The laws below hold for every seed that was tried; one is fixed so that a run can be repeated.
fc.configureGlobal({ seed: 1973 })

describe('levelOf', () => {
  it('never falls where q rises', () => {
    fc.assert(
      fc.property(confidence, confidence, (a, b) => levelOf(Math.min(a, b)) <= levelOf(Math.max(a, b))),
      {
        numRuns: 5000,
      },
    )
  })

  it('never falls between neighbouring doubles at the edges of levels', () => {
    for (let edge = -500; edge <= 500; edge++) {
      const levels = neighbours(1 / (1 + Math.exp(-edge / 25)), 8).map(levelOf)
      expect(levels).toEqual([...levels].sort((a, b) => a - b))
      expect(levels.at(-1)! - levels[0]!).toBeLessThanOrEqual(1)
    }
  })

  it('puts q and 1 − q on mirrored levels', () => {
    const upper = confidence.map((q) => Math.max(q, 1 - q)).filter((q) => q !== 0.5)
    const mirrored = (q: number) => levelOf(1 - q) === LEVELS - 1 - levelOf(q)
    fc.assert(fc.property(upper, mirrored), { numRuns: 5000 })
  })

  it('keeps the atoms to 0 and 1 alone', () => {
    expect([0, Number.MIN_VALUE, 1 - 2 ** -53, 1].map(levelOf)).toEqual([0, 1, LEVELS - 2, LEVELS - 1])
  })

  it.each([Number.NaN, -0.1, 1.1, Number.POSITIVE_INFINITY])('throws on %d', (q) => {
    expect(() => levelOf(q)).toThrow(new RangeError(`confidence ${q} is not between 0 and 1`))
  })
})

/** The doubles up to `reach` steps below and above q > 0. */
function neighbours(q: number, reach: number): number[] {
  const bits = new BigInt64Array(new Float64Array([q]).buffer)[0]!
  const steps = Array.from({ length: 2 * reach + 1 }, (_, i) => bits + BigInt(i - reach))
  return [...new Float64Array(new BigInt64Array(steps).buffer)]
}

// The nodes are .002 apart: 4e-6 off at worst here. To nine digits, on the same nodes: references/calibration.test.ts.
describe('smoothCalibrationError', () => {
  it.each(Object.entries(onLevels))('comes within 1e-5 of the integral without nodes: %s', (_, set) => {
    const difference = smoothCalibrationError(gridOf(set.cells))! - reference<number>(set, 'smECE: ')
    expect(Math.abs(difference)).toBeLessThan(1e-5)
  })
})

// Here outputs of one level, up to .01 wide in q, become ties with their mean confidence, and bins move to the edges of
// levels. But for smECE's, a tolerance is about four standard deviations of what that changes, the most that 1,000 other
// draws of this data set showed.
describe('free confidences: values come near the references of single outputs', () => {
  const grid = gridOf(free.cells)
  const bins = equalMassBins(grid.n)
  const near = (actual: number | null, name: string, tolerance: number) =>
    expect(Math.abs(actual! - reference<number>(free, name))).toBeLessThan(tolerance)

  it('auroc, within .001', () => near(auroc(grid), 'auroc', 0.001))
  it('expectedCalibrationError, within .012', () => near(expectedCalibrationError(grid, bins), 'expected', 0.012))
  it('debiasedSquaredError, within .003', () => near(debiasedSquaredError(grid, bins), 'debiased', 0.003))
  it('fitTemperature, within .006', () => near(fitTemperature(grid), 'temperature', 0.006))
  it('brierAtTemperature, within .00015', () => near(brierAtTemperature(grid, 2.5), 'brier at 2.5', 1.5e-4))
  it('smoothCalibrationError, within .0005', () => near(smoothCalibrationError(grid), 'smECE: ', 0.0005))
})

describe('auroc', () => {
  it('lies between 0 and 1, and becomes 1 − itself when right and wrong are exchanged', () => {
    fc.assert(
      fc.property(anyCells, (cells) => {
        const grid = gridOf(cells)
        const area = auroc(grid)
        const exchanged = auroc({ ...grid, correct: grid.n.map((n, level) => n - grid.correct[level]!) })
        if (area === null || exchanged === null) return area === exchanged
        return area >= 0 && area <= 1 && Math.abs(area + exchanged - 1) < 1e-12
      }),
    )
  })

  it.each([
    ['no wrong output', 5],
    ['no right output', 0],
  ])('is null with %s', (_, correct) => expect(auroc(gridOf([[0.7, 5, correct]]))).toBeNull())
})

describe('added grids', () => {
  it('add up right and wrong outputs', () => {
    fc.assert(
      fc.property(anyCells, anyCells, (someCells, otherCells) => {
        const [a, b] = [gridOf(someCells), gridOf(otherCells)]
        const [one, other, both] = [a, b, added(a, b)].map(rightAndWrong)
        expect(both).toEqual({ right: one!.right + other!.right, wrong: one!.wrong + other!.wrong })
      }),
    )
  })

  it('leave auroc, murphy, expectedCalibrationError and the temperature as they are if both are the same', () => {
    fc.assert(
      fc.property(filledCells, (cells) => {
        const grid = gridOf(cells)
        const twice = added(grid, grid)
        const bins = equalMassBins(grid.n)
        expect(equalMassBins(twice.n)).toEqual(bins)
        expect(auroc(twice)).toBe(auroc(grid))
        expect(murphy(twice)).toEqual(murphy(grid))
        expect(expectedCalibrationError(twice, bins)).toBe(expectedCalibrationError(grid, bins))
        expect(fitTemperature(twice)).toBe(fitTemperature(grid))
      }),
    )
  })

  it('have at most the mean expectedCalibrationError of their parts in the same bins', () => {
    fc.assert(
      fc.property(filledCells, filledCells, (someCells, otherCells) => {
        const [a, b] = [gridOf(someCells), gridOf(otherCells)]
        const both = added(a, b)
        const bins = equalMassBins(both.n)
        const share = outputsOf(a) / outputsOf(both)
        const mean = share * expectedCalibrationError(a, bins)! + (1 - share) * expectedCalibrationError(b, bins)!
        expect(expectedCalibrationError(both, bins)).toBeLessThanOrEqual(mean + 1e-12)
      }),
    )
  })
})

describe('equalMassBins', () => {
  const bin = fc.integer({ min: 1, max: 20 })

  it('keeps the order of levels and stays within its bins', () => {
    fc.assert(
      fc.property(anyCells, bin, (cells, bins) => {
        const grid = gridOf(cells)
        const binOf = equalMassBins(grid.n, bins)
        expect(binOf).toHaveLength(LEVELS)
        expect(binOf).toEqual([...binOf].sort((a, b) => a - b))
        expect(binOf[0]).toBeGreaterThanOrEqual(0)
        expect(binOf.at(-1)).toBeLessThan(bins)
      }),
    )
  })

  it('never splits a level, nor fills a bin with more than its share and the largest level', () => {
    fc.assert(
      fc.property(filledCells, bin, (cells, bins) => {
        const grid = gridOf(cells)
        const diagram = reliabilityBins(grid, equalMassBins(grid.n, bins))
        const most = outputsOf(grid) / bins + Math.max(...grid.n)
        expect(diagram.reduce((total, { n }) => total + n, 0)).toBe(outputsOf(grid))
        for (const { n } of diagram) expect(n).toBeLessThanOrEqual(most)
      }),
    )
  })

  it('makes bins of equal counts where levels are small', () => {
    const counts = new Array<number>(300).fill(2)
    const sizes = new Array<number>(15).fill(0)
    equalMassBins(counts).forEach((bin, level) => {
      sizes[bin]! += counts[level]!
    })
    expect(sizes).toEqual(new Array<number>(15).fill(40))
  })

  it('puts an empty level into the bin of its neighbours', () => {
    expect(equalMassBins([0, 5, 0, 5, 0], 2)).toEqual([0, 0, 1, 1, 1])
  })

  it('puts all levels into bin 0 without any output', () => {
    expect(equalMassBins([0, 0, 0])).toEqual([0, 0, 0])
  })
})

describe('debiasedSquaredError', () => {
  const RUNS = 400
  const simulate = (chance: (q: number) => number, error: (grid: GridSums, bins: number[]) => number | null) => {
    const random = seeded(1909)
    const values = Array.from({ length: RUNS }, () => {
      const grid = simulated(random, 500, chance, [0, 0.9])
      return error(grid, equalMassBins(grid.n))!
    })
    const mean = values.reduce((total, value) => total + value, 0) / RUNS
    const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0)
    return { mean, standardError: Math.sqrt(squares / (RUNS - 1) / RUNS) }
  }

  it('has mean 0 for a calibrated model, within 3 standard errors', () => {
    const { mean, standardError } = simulate((q) => q, debiasedSquaredError)
    expect(Math.abs(mean)).toBeLessThan(3 * standardError)
  })

  it('has mean d² for a model whose confidence is d too low, within 3 standard errors', () => {
    const { mean, standardError } = simulate((q) => q + 0.1, debiasedSquaredError)
    expect(Math.abs(mean - 0.01)).toBeLessThan(3 * standardError)
  })

  it('has no mean 0 for a calibrated model without the correction', () => {
    const plugIn = (grid: GridSums, bins: number[]) =>
      reliabilityBins(grid, bins).reduce((sum, { n, confidence: q, accuracy }) => sum + n * (q - accuracy) ** 2, 0) /
      500
    const { mean, standardError } = simulate((q) => q, plugIn)
    expect(mean).toBeGreaterThan(30 * standardError)
  })

  it('leaves out bins with one output, and is null where no bin has two', () => {
    const grid = gridOf([
      [0.2, 1, 0],
      [0.9, 4, 2],
    ])
    const ownBin = grid.n.map((_, level) => level)
    expect(debiasedSquaredError(grid, ownBin)).toBeCloseTo((0.9 - 0.5) ** 2 - 0.25 / 3, 12)
    expect(debiasedSquaredError(gridOf([[0.2, 1, 0]]), ownBin)).toBeNull()
  })
})

describe('murphy', () => {
  it('partitions the Brier score of the levels’ mean confidences', () => {
    fc.assert(
      fc.property(filledCells, (cells) => {
        const grid = gridOf(cells)
        const { reliability, resolution, uncertainty } = murphy(grid)!
        const brier = grid.n.reduce((total, n, level) => {
          if (n === 0) return total
          const q = grid.confidence[level]! / n
          return total + grid.correct[level]! * (1 - q) ** 2 + (n - grid.correct[level]!) * q ** 2
        }, 0)
        expect(reliability - resolution + uncertainty).toBeCloseTo(brier / outputsOf(grid), 12)
      }),
    )
  })
})

describe('smoothCalibrationError', () => {
  it('lies between the overall gap and the error of the single levels', () => {
    fc.assert(
      fc.property(filledCells, (cells) => {
        const grid = gridOf(cells)
        const error = smoothCalibrationError(grid)!
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
        const gap = Math.abs(sum(grid.confidence) - sum(grid.correct)) / outputsOf(grid)
        const ownBin = grid.n.map((_, level) => level)
        expect(error).toBeGreaterThanOrEqual(gap - 1e-6)
        expect(error).toBeLessThanOrEqual(expectedCalibrationError(grid, ownBin)! + 1e-6)
      }),
      { numRuns: 50 },
    )
  })

  it('is small for a calibrated model in a large sample', () => {
    expect(smoothCalibrationError(simulated(seeded(2309), 100_000, (q) => q))).toBeLessThan(0.01)
  })

  it('is the gap of a constant overconfidence', () => {
    const grid = simulated(seeded(12236), 100_000, (q) => q - 0.2, [0.3, 1])
    expect(Math.abs(smoothCalibrationError(grid)! - 0.2)).toBeLessThan(0.005)
  })

  it('is the same when confidences and outcomes are mirrored', () => {
    const cells: Cell[] = [
      [0.1, 9, 3],
      [0.7, 20, 9],
      [1, 6, 4],
    ]
    const mirrored = cells.map(([q, n, correct]): Cell => [1 - q, n, n - correct])
    expect(smoothCalibrationError(gridOf(mirrored))).toBeCloseTo(smoothCalibrationError(gridOf(cells))!, 9)
  })

  // Residuals of ±½ at 0 and 1, reflected there: smECE_σ = 4/π·Σ (−1)^((k−1)/2)/k·exp(−k²π²σ²/2) over odd k.
  // python3: scipy.optimize.brentq of that sum − σ
  it('of two atoms that are wrong throughout is .45609, where the kernel is as wide as the interval', () => {
    const wrong = gridOf([
      [0, 5, 5],
      [1, 5, 0],
    ])
    expect(smoothCalibrationError(wrong)! - 0.4560916491490692).toBeCloseTo(0, 5)
  })

  it('is the gap where all levels err to the same side, at 1 too', () => {
    expect(smoothCalibrationError(gridOf([[1, 4, 0]]))).toBeCloseTo(1, 12)
    expect(smoothCalibrationError(gridOf([[0.3, 10, 8]]))).toBeCloseTo(0.5, 12)
    const onOneSide = gridOf([
      [0.2, 10, 5],
      [0.9, 10, 10],
    ])
    expect(smoothCalibrationError(onOneSide)).toBeCloseTo((3 + 1) / 20, 12)
  })

  it('is 0 where every atom is right', () => {
    expect(
      smoothCalibrationError(
        gridOf([
          [0, 5, 0],
          [1, 5, 5],
        ]),
      ),
    ).toBe(0)
  })
})

describe('fitTemperature', () => {
  it('ends at .05 where all outputs are right and at 20 where all are wrong', () => {
    expect(fitTemperature(gridOf([[0.8, 5, 5]]))).toBe(0.05)
    expect(fitTemperature(gridOf([[0.8, 5, 0]]))).toBe(20)
    expect(fitTemperature(gridOf([[1, 5, 5]]))).toBe(0.05)
  })

  it('is null where every confidence is ½, which no temperature moves', () => {
    expect(fitTemperature(gridOf([[0.5, 8, 3]]))).toBeNull()
  })

  it('finds the temperature at which a simulated model was over-confident', () => {
    const cooled = (q: number) => 1 / (1 + ((1 - q) / q) ** 0.5)
    expect(Math.abs(fitTemperature(simulated(seeded(1706), 100_000, cooled))! - 2)).toBeLessThan(0.05)
  })
})

describe('without outputs', () => {
  it('every measure is null and the diagram empty', () => {
    const bins = equalMassBins(EMPTY.n)
    const binned = [expectedCalibrationError(EMPTY, bins), debiasedSquaredError(EMPTY, bins)]
    const levels = [auroc, murphy, levelEntropy, smoothCalibrationError, fitTemperature].map((of) => of(EMPTY))
    expect([...binned, ...levels, brierAtTemperature(EMPTY, 1)]).toEqual(new Array(8).fill(null))
    expect(reliabilityBins(EMPTY, bins)).toEqual([])
  })
})

describe('equalWidthBin', () => {
  it('takes an edge into the bin above it and the double below it into the one below, the last bin closed', () => {
    for (let edge = 1; edge < EQUAL_WIDTH_BINS; edge++) {
      const [below, at] = neighbours(edge / EQUAL_WIDTH_BINS, 1)
      expect([equalWidthBin(below!), equalWidthBin(at!)]).toEqual([edge - 1, edge])
    }
    expect([0, 1].map(equalWidthBin)).toEqual([0, EQUAL_WIDTH_BINS - 1])
  })
})

describe('equalWidthError', () => {
  it('is 0 without outputs', () => expect(equalWidthError({ n: [0], confidence: [0], correct: [0] })).toBe(0))
})

describe('reliabilityBins', () => {
  it('come in the order of their numbers, whatever the order of the levels', () => {
    const grid = { n: [1, 1, 2], confidence: [0.1, 0.5, 1.8], correct: [0, 1, 1] }
    expect(reliabilityBins(grid, [2, 11, 1])).toEqual([
      { n: 2, confidence: 0.9, accuracy: 0.5 },
      { n: 1, confidence: 0.1, accuracy: 0 },
      { n: 1, confidence: 0.5, accuracy: 1 },
    ])
  })
})
