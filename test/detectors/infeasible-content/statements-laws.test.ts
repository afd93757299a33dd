import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkStatements } from '../../../src/detectors/infeasible-content/statements/index.js'

const whole = fc.integer({ min: 1, max: 999_999 })
/** Hundredths, so that sums and products are exact. */
const cents = fc.integer({ min: 1, max: 99_999 })
const sign = fc.constantFrom('*', ' × ', ' x ', ' \\times ', ' \\cdot ')

const piece = fc.constantFrom(
  ...'0 1 12 3.5 1,200 + - * / ^ ( ) = == << >> $ % { } \\frac{ \\left( \\boxed{ . , : ! ? x of apples ² ` ** \n & — 2023-02-30 May'.split(
    ' ',
  ),
  ' ',
)

describe('checkStatements', () => {
  test('never throws, and counts no more wrong than checked', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const { checked, wrong, firstWrong } = checkStatements(text)
        expect(wrong).toBeLessThanOrEqual(checked)
        expect(firstWrong === null).toBe(wrong === 0)
        expect(firstWrong?.length ?? 0).toBeLessThanOrEqual(80)
      }),
      { numRuns: 3000 },
    )
  })

  test('reads a text with a note, which is always read in full, as one that may have been told from a first look', () => {
    const texts = fc.array(piece, { maxLength: 60 }).map((pieces) => `${pieces.join('')}\n`)
    fc.assert(
      fc.property(texts, (text) => {
        expect(checkStatements(text)).toEqual(checkStatements(`${text}<<`))
      }),
      { numRuns: 5000 },
    )
  })

  test('lets every right sum and product stand', () => {
    fc.assert(
      fc.property(cents, cents, whole, sign, (a, b, n, times) => {
        const text = `${shown(a)} + ${shown(b)} = ${shown(a + b)}; ${shown(a)}${times}${n} = ${shown(a * n)}; ${n} + ${a} = ${n + a}`
        expect(checkStatements(text)).toEqual({ checked: 3, wrong: 0, firstWrong: null })
      }),
    )
  })

  test('lets every rounded or truncated quotient stand', () => {
    fc.assert(
      fc.property(whole, whole, fc.integer({ min: 1, max: 6 }), (a, b, decimals) => {
        const digits = String((BigInt(a) * 10n ** BigInt(decimals)) / BigInt(b)).padStart(decimals + 1, '0')
        const truncated = `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
        for (const claim of [(a / b).toFixed(decimals), truncated])
          expect(checkStatements(`${a} / ${b} = ${claim}`)).toMatchObject({ wrong: 0 })
      }),
    )
  })

  test('finds every sum that is off by more than a unit of its last digit', () => {
    fc.assert(
      fc.property(cents, cents, fc.integer({ min: 2, max: 500 }), (a, b, off) => {
        expect(checkStatements(`${shown(a)} + ${shown(b)} = ${shown(a + b + off)}.`)).toMatchObject({
          checked: 1,
          wrong: 1,
        })
        expect(checkStatements(`${a} + ${b} = ${a + b + off}.`)).toMatchObject({ checked: 1, wrong: 1 })
      }),
    )
  })
})

function shown(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

describe('checkStatements on hostile text', () => {
  const seeds = [
    '1+',
    '(',
    ')',
    '=',
    '1=',
    '7',
    ',',
    '1,',
    '1+1=3 ',
    'if 1+1=3 ',
    '<',
    '<<=',
    '<<1+1=3>>',
    '=\\frac{',
    '\\',
    '- = ',
    '***=',
    'word = ',
    ' ',
    '=(1+(',
    '.',
    '1% of ',
    '2023-02-30 ',
    '1/1/',
    'May ',
    '=2^',
    '=$',
    '={,}',
    '1{,}',
  ]
  test.each(seeds)('reads a megabyte of %j in linear time', (seed) => {
    const [short, long] = [100_000, 1_000_000].map((size) => elapsed(`${seed.repeat(size / seed.length)}=1`))
    // Ten times the text; quadratic time would be a hundred times the work.
    expect(long).toBeLessThan(30 * Math.max(short!, 20))
  })
})

function elapsed(text: string): number {
  const start = performance.now()
  checkStatements(text)
  return performance.now() - start
}
