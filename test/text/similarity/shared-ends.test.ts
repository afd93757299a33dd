import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharedEnds } from '../../../src/text/similarity/shared-ends.js'
import { wordsOf } from '../../../src/text/similarity/words.js'

/** What is left of each text of the first arm. */
function content(texts: readonly string[], other: readonly string[] = []): string[] {
  const words = texts.map((text) => text.split(' '))
  const { baseline: ends } = sharedEnds({ baseline: texts.map(wordsOf), tuned: other.map(wordsOf) })
  return words.map((own, i) => own.slice(ends[i]!.head, own.length - ends[i]!.tail).join(' '))
}

describe('the frame of many outputs', () => {
  it('is what nearly all of them open or end with, names and numbers too', () => {
    const bills = ['7 days', '30 days', 'May and June', 'a week'].map(
      (term) => `The Berlin 2026 rule for ${term} is due now`,
    )
    expect(content(bills)).toEqual(['7 days', '30 days', 'May and June', 'a week'])
  })

  it('is nothing where an output is merely repeated, or where there is one', () => {
    expect(content(['rain all day', 'rain all day', 'sun'])).toEqual(['rain all day', 'rain all day', 'sun'])
    expect(content(['rain all day'])).toEqual(['rain all day'])
    expect(content([])).toEqual([])
  })

  it('may be missing on one output in ten', () => {
    const towns = Array.from({ length: 10 }, (_, i) => `Sure here is town${i} for you`)
    expect(content([...towns.slice(1), 'No idea about it'])).toEqual([
      ...towns.slice(1).map((_, i) => `town${i + 1}`),
      'No idea about it',
    ])
  })

  it('of the other arm is found where an arm follows it less often, or behind another word', () => {
    const bill = (i: number) => `The rule for bills of number${i} applies`
    const always = Array.from({ length: 20 }, (_, i) => bill(i))
    const sometimes = always.map((text, i) => (i % 4 === 0 ? text : `Sure here ${text}`))
    expect(content(sometimes, always)).toEqual(content(always, sometimes))
    expect(content(sometimes, always)[1]).toBe('number1')
  })

  it('leaves a word of every output', () => {
    const days = Array.from({ length: 18 }, (_, i) => `yes it is day${i}`)
    expect(content([...days, 'yes it is', 'yes']).slice(-3)).toEqual(['day17', 'is', 'yes'])
  })

  it('takes words put before and after every output, and leaves the rest as it was', () => {
    const word = fc.constantFrom('rain', 'sun', 'fog', 'Oslo', '17')
    const words = (minLength: number) => fc.array(word, { minLength, maxLength: 9 }).map((all) => all.join(' '))
    const greeting = fc
      .array(fc.constantFrom('hello', 'Mr', 'Bell', '99', 'bye'), { minLength: 1, maxLength: 20 })
      .map((all) => all.join(' '))
    // Five words of its own, so that what is left is more than the one word that always is.
    const texts = fc.array(words(5), { minLength: 2, maxLength: 30 })
    fc.assert(
      fc.property(texts, greeting, greeting, (plain, before, after) => {
        fc.pre(new Set(plain).size > 1)
        const framed = plain.map((text) => `${before} ${text} ${after}`)
        const own = content(plain, framed)
        fc.pre(own.every((text) => text.split(' ').length > 1))
        expect(content(framed, plain)).toEqual(own)
      }),
    )
  })
})
