import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstNumberIn, numberIn, numbersIn, soleNumber } from '../../src/text/answers-number.js'

describe('numberIn', () => {
  it.each([
    ['It costs $1,234.50.', 1234.5],
    ['1{,}234', 1234],
    ['1\\,234', 1234],
    ['12,345,678 drops', 12_345_678],
    ['1, 2, 3', 3],
    ['1,2,3', 3],
    ['12,34', 34],
    ['-5', -5],
    ['−5', -5],
    ['-$5', -5],
    ['$-5$', -5],
    ['x=-5', -5],
    ['3-5', 5],
    ['covid-19', 19],
    ['(2)-1', 1],
    ['3/4', 0.75],
    ['3 / 4', 0.75],
    ['-3/4', -0.75],
    ['1/0', 0],
    ['12/24/2020', 2020],
    ['\\frac{3}{4}', 0.75],
    ['-\\dfrac34', -0.75],
    ['\\frac{-3}{4}', -0.75],
    ['2\\frac{1}{2}', 2.5],
    ['6.02 \\times 10^{23}', 6.02e23],
    ['3×10^-4', 3e-4],
    ['1e-5', 1e-5],
    ['5east', 5],
    ['.5', 0.5],
    ['v3.14.15', 15],
    ['5.', 5],
    ['5,', 5],
    ['007', 7],
  ])('reads %j as %d', (text, value) => {
    expect(numberIn(text)?.value).toBeCloseTo(value, 12)
  })

  it.each(['', 'five', '½', '∞', `${'9'.repeat(400)}`])('finds none in %j', (text) => {
    expect(numberIn(text)).toBeNull()
  })

  it.each([
    ['50%', true],
    ['50 \\%', true],
    ['50 percent', true],
    ['50', false],
    ['50 percentiles', false],
  ])('sees whether %j has a percent sign', (text, percent) => {
    expect(numberIn(text)).toEqual({ value: 50, percent })
  })

  it('reads back every double that is written with grouped thousands', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (whole) => {
        const digits = String(Math.abs(whole)).replace(/\B(?=(\d{3})+$)/g, ',')
        return numberIn(`so ${whole < 0 ? '-' : ''}${digits} in all`)?.value === whole
      }),
    )
  })

  it('gives the first and the last of all', () => {
    const text = '3 drops, 40% rain, 1/2 snow'
    expect([...numbersIn(text)].map(({ value }) => value)).toEqual([3, 40, 0.5])
    expect(firstNumberIn(text)).toEqual({ value: 3, percent: false })
    expect(numberIn(text)).toEqual({ value: 0.5, percent: false })
  })
})

describe('soleNumber', () => {
  it.each([
    ['18', 18],
    [' $1,234 ', 1234],
    ['30°', 30],
    ['-\\frac{1}{2}', -0.5],
    ['45%', 45],
  ])('reads %j', (text, value) => {
    expect(soleNumber(text)?.value).toBe(value)
  })

  it.each(['18 dollars', '1,2', '2, 3', 'x', '', '\\sqrt{2}', '1/2/3', '1'.repeat(101)])('refuses %j', (text) => {
    expect(soleNumber(text)).toBeNull()
  })
})
