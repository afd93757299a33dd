import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mathForm } from '../../src/text/answers-math.js'

it.each([
  ['$\\frac{14}{3}$', '14/3'],
  ['\\dfrac{1}{2}', '\\frac12'],
  ['\\left( 3, \\frac{\\pi}{2} \\right)', '(3, π/2)'],
  ['\\left[ \\frac{\\pi^2}{8}, 1 \\right]', '[\\frac{\\pi^{2}}{8},1]'],
  ['3 \\sqrt{5}', '3√5'],
  ['\\sqrt5', 'sqrt(5)'],
  ['2\\cdot\\sqrt{5}', '2*sqrt(5)'],
  ['x = 5', '5'],
  ['1,234', '1234'],
  ['1{,}234', '1234'],
  ['0.50', '.5'],
  ['5.0', '5'],
  ['10\\text{ cm}', '10'],
  ['864 \\mbox{ inches}^2', '864'],
  ['\\text{Evelyn}', 'Evelyn'],
  ['30^\\circ', '30°'],
  ['50\\%', '50'],
  ['\\$18', '18'],
  ['6+9i', '6 + 9i'],
  ['4210_{5}', '4210_5'],
  ['(-\\infty, 0]', '(-∞,0]'],
  ['\\frac{\\frac{1}{2}}{3}', '(1/2)/3'],
  ['42.', '42'],
])('mathForm gives %j and %j one form', (one, other) => {
  expect(mathForm(one)).toBe(mathForm(other))
})

it.each([
  ['1/3', '0.3333'],
  ['2x+1', '1+2x'],
  ['[0,1)', '(0,1)'],
  ['(1,234)', '1234'],
  ['-5', '5'],
  ['x=5,y=6', '6'],
  ['\\frac{1}{23}', '\\frac{12}{3}'],
  ['2\\cdot 3', '23'],
  ['east', 'East'],
])('mathForm keeps %j and %j apart', (one, other) => {
  expect(mathForm(one)).not.toBe(mathForm(other))
})

it('mathForm never throws, and takes its own forms as they are', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 2, max: 99 }), (a, b) => {
      const form = mathForm(`\\frac{${a}}{${b}}`)
      return mathForm(form) === form
    }),
  )
  fc.assert(fc.property(fc.string(), (text) => void mathForm(text)))
})
