import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMPARISONS, compareNumbers } from '../../../src/detectors/infeasible-content/rule-compare.js'

const half = { absolute: 0.5, relative: 0 }
const tenth = { absolute: 0, relative: 0.125 }

// All values are exact in binary, so that the edge is the edge.
describe('compareNumbers at the edge of a tolerance', () => {
  it.each([
    ['==', 1.5, 1, half, true],
    ['==', 1.500001, 1, half, false],
    ['==', 1, 1.5, half, true],
    ['!=', 1.5, 1, half, false],
    ['!=', 1.500001, 1, half, true],
    ['<=', 1.5, 1, half, true],
    ['<=', 1.500001, 1, half, false],
    ['<', 1.5, 1, half, false],
    ['<', 1.499999, 1, half, true],
    ['>=', 1, 1.5, half, true],
    ['>=', 1, 1.500001, half, false],
    ['>', 1, 1.5, half, false],
    ['>', 1, 1.499999, half, true],
    ['==', 8, 7, tenth, true],
    ['==', 7, 8, tenth, true],
    ['==', 8, 6.999999, tenth, false],
    ['==', -8, -7, tenth, true],
    ['==', 1e-300, 0, tenth, false],
    ['==', 1.1, 1, { absolute: 0.1, relative: 0 }, false],
    ['==', 8, 7, { absolute: 0.5, relative: 0.125 }, true],
  ] as const)('%s: %d against %d within %j is %s', (op, a, b, tolerance, holds) => {
    expect(compareNumbers(op, a, b, tolerance)).toBe(holds)
  })
})

describe('compareNumbers without a tolerance', () => {
  it.each([
    ['==', 0.1 + 0.2, 0.3, true],
    ['!=', 0.1 + 0.2, 0.3, false],
    ['<=', 0.1 + 0.2, 0.3, true],
    ['>=', 0.3, 0.1 + 0.2, true],
    ['<', 0.3, 0.1 + 0.2, true],
    ['>', 0.1 + 0.2, 0.3, true],
    ['<', 0.3, 0.3, false],
    ['==', 1_000_000_007, 1_000_000_008, false],
    ['<=', 1_000_000_008, 1_000_000_007, false],
    ['==', 1_000_000_007.5, 1_000_000_008, true],
    ['==', 5e-17, 0, false],
    ['==', 0, -0, true],
    ['==', 2.23607, 2.2361, false],
  ] as const)('%s: %d against %d is %s', (op, a, b, holds) => {
    expect(compareNumbers(op, a, b, null)).toBe(holds)
  })
})

describe('compareNumbers', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true })
  const share = fc.double({ min: 0, max: 0.99, noNaN: true })
  const tolerance = fc.option(fc.record({ absolute: fc.double({ min: 0, max: 1e9, noNaN: true }), relative: share }))

  it('mirrors when the sides change places, and != denies ==', () => {
    fc.assert(
      fc.property(number, number, tolerance, (a, b, within) => {
        expect(compareNumbers('==', a, b, within)).toBe(compareNumbers('==', b, a, within))
        expect(compareNumbers('!=', a, b, within)).toBe(!compareNumbers('==', a, b, within))
        expect(compareNumbers('<=', a, b, within)).toBe(compareNumbers('>=', b, a, within))
        expect(compareNumbers('<', a, b, within)).toBe(compareNumbers('>', b, a, within))
      }),
    )
  })

  it('is exact between whole numbers', () => {
    const exact = {
      '==': (a: number, b: number) => a === b,
      '!=': (a: number, b: number) => a !== b,
      '<': (a: number, b: number) => a < b,
      '<=': (a: number, b: number) => a <= b,
      '>': (a: number, b: number) => a > b,
      '>=': (a: number, b: number) => a >= b,
    }
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: -2, max: 2 }), (a, step) => {
        for (const op of COMPARISONS) expect(compareNumbers(op, a, a + step, null)).toBe(exact[op](a, a + step))
      }),
    )
  })
})
