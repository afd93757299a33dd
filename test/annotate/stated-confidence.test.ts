import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileStated } from '../../src/annotate/stated-confidence.js'
import { PatternError } from '../../src/text/pattern.js'

const inTag = compileStated({ tag: 'confidence' })
const tagged = (stated: string) => inTag(`It rains. <confidence>${stated}</confidence>`)

describe('compileStated by tag', () => {
  it.each([
    ['0.9', 0.9],
    [' 0.90 ', 0.9],
    ['.5', 0.5],
    ['1', 1],
    ['1.', 1],
    ['0', 0],
    ['-0', 0],
    ['9e-1', 0.9],
    ['85%', 0.85],
    ['90 %', 0.9],
    ['**0.9**', 0.9],
    ['8/10', 0.8],
    ['100%', 1],
    ['85', 'out-of-range'],
    ['120%', 'out-of-range'],
    ['-0.1', 'out-of-range'],
    ['11/10', 'out-of-range'],
    ['0/0', 'out-of-range'],
    ['1e300', 'out-of-range'],
    ['high', null],
    ['', null],
    ['NaN', null],
    ['0,9', null],
    ['about 0.9', null],
    ['0.9 or 0.8', null],
    ['9'.repeat(400), null],
  ])('reads %j as %s', (stated, share) => {
    expect(tagged(stated)).toBe(share)
  })

  it('lets the last tag count, even where it says nothing', () => {
    expect(inTag('<confidence>0.1</confidence> <Confidence>0.2</CONFIDENCE>')).toBe(0.2)
    expect(inTag('<confidence>0.1</confidence> <confidence>low</confidence>')).toBeNull()
  })

  it('reads a tag that a stop sequence cut', () => {
    expect(inTag('It rains. <confidence>0.7')).toBe(0.7)
  })

  it.each(['', 'confidence 0.9', '</confidence>', '<confidence-2>0.9</confidence-2>'])('finds none in %j', (text) => {
    expect(inTag(text)).toBeNull()
  })

  it('takes a tag with special characters as it is', () => {
    expect(compileStated({ tag: 'p.(x)' })('<p.(x)>1</p.(x)><pa(x)>0</pa(x)>')).toBe(1)
  })
})

describe('compileStated by scale', () => {
  it.each([
    ['85', 'percent', 0.85],
    ['0.5', 'percent', 0.005],
    ['0.5%', 'percent', 0.005],
    ['8/10', 'percent', 0.8],
    ['101', 'percent', 'out-of-range'],
    ['85', 'either', 0.85],
    ['100.', 'either', 1],
    ['0.5', 'either', 0.5],
    ['1', 'either', 1],
    ['101', 'either', 'out-of-range'],
  ] as const)('reads %s on the scale %s as %s', (stated, scale, share) => {
    expect(compileStated({ tag: 'c' }, scale)(`<c>${stated}</c>`)).toBe(share)
  })

  it('never gives a number outside 0 to 1', () => {
    const scale = fc.constantFrom('share', 'percent', 'either')
    fc.assert(
      fc.property(fc.double(), fc.constantFrom('', '%', ' %', '/10'), scale, (value, unit, on) => {
        const stated = compileStated({ tag: 'c' }, on)(`<c>${value}${unit}</c>`)
        return typeof stated !== 'number' || (stated >= 0 && stated <= 1)
      }),
    )
  })
})

describe('compileStated by pattern', () => {
  it.each([
    ['(?i)confidence: ([0-9.]+)', 'Confidence: 0.4. No: confidence: 0.6', 0.6],
    ['Confidence: (\\d+)', 'Confidence: 85%', 0.85],
    ['Confidence: (\\d+)', 'Confidence: 85 %', 0.85],
    ['(\\d+)%', '10%, then 85%', 0.85],
    ['Confidence: (\\d+%)', 'Confidence: 85%', 0.85],
    ['Confidence: (\\w+)', 'Confidence: high', null],
    ['Confidence: (\\d+)?', 'Confidence: ', null],
    ['(?m)^c=(.*)$', 'c=.1\nc=.2\nd=.3', 0.2],
    ['^c=(\\S+)', 'c=.1 c=.2', 0.1],
    ['0\\.\\d+', '0.25', 0.25],
    ['none', 'text', null],
  ])('reads %s in %j', (pattern, text, share) => {
    expect(compileStated({ pattern })(text)).toBe(share)
  })

  it('throws for a pattern that cannot be read', () => {
    expect(() => compileStated({ pattern: '(' })).toThrow(PatternError)
  })

  it('ends on a megabyte of matches, which state nothing', () => {
    expect(compileStated({ pattern: '(\\d)%' })('9%'.repeat(500_000))).toBeNull()
  })
})
