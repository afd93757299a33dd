import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countNgrams, ngrams, opening } from '../../../src/text/similarity/shingles.js'
import { cut, markedWords, wordsOf } from '../../../src/text/similarity/words.js'

const equal = (a: string, b: string) => expect([...wordsOf(a)], `${a} / ${b}`).toEqual([...wordsOf(b)])

describe('wordsOf', () => {
  it.each([
    ['Bali, Indonesia', '**bali** - _indonesia_'],
    ['snake_case', 'Snake Case'],
    ['ÉCOLE élève', 'e\u0301cole e\u0301le\u0300ve'],
    ['ΑΘΗΝΑ', 'αθηνα'],
    ['  \n', ''],
    ['wait... what', 'wait what'],
  ])('%j has the words of %j', (a, b) => equal(a, b))

  it.each([
    ['the quick otter', 3],
    ["it's 3.14", 4],
    ['हिन्दी भाषा', 2],
    ['東京都', 2],
    ['東', 1],
    ['東京 is big', 3],
    ['ラーメン', 3],
    ['🐾✨', 2],
    ['👍🏽', 1],
    ['𠮷野家', 2],
    ['?!', 1],
    ['', 0],
    ['\ud800', 1],
  ])('%j has %d words', (text, count) => expect(wordsOf(text)).toHaveLength(count))

  it('has the words of the parts that a pattern finds, of any characters from scripts with spaces', () => {
    const piece = fc.constantFrom(...'aZ3éÉñ\u0301ßΣς я.!\n-_\u00a0\u0000', 'The tide', 'café', '42nd')
    fc.assert(
      fc.property(fc.string({ unit: piece, maxLength: 40 }), (text) => {
        const parts = text.normalize('NFKC').match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? []
        fc.pre(parts.length > 0)
        expect([...wordsOf(text)]).toEqual(parts.map((part) => wordsOf(part)[0]))
      }),
      { numRuns: 2_000 },
    )
  })

  it('differs for different words of up to three letters', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz']
    const all = letters.flatMap((a) => letters.flatMap((b) => [a, a + b, ...letters.map((c) => a + b + c)]))
    expect(new Set(all.map((word) => wordsOf(word)[0])).size).toBe(new Set(all).size)
  })
})

describe('markedWords', () => {
  const marks = (text: string) => [...markedWords(text)].map((word) => word & 1)

  it.each([
    ['One god is Zeus', [0, 0, 0, 1]],
    ['one god. Zeus', [0, 0, 0]],
    ['One: **Zeus**', [0, 0]],
    ['it is **"Zeus"**', [0, 0, 1]],
    ['so I say A', [0, 0, 0, 0]],
    ['roll 20 on line\n3', [0, 1, 0, 0, 1]],
    ['das ist Äthiopien, это Москва', [0, 0, 1, 0, 1]],
    ['- 1. Zeus', [1, 0]],
  ])('%j stands out at %j', (text, expected) => expect(marks(text)).toEqual(expected))
})

describe('cut', () => {
  it('never splits a surrogate pair', () => {
    expect(cut('ab🐾cd', 3)).toBe('ab')
    expect(cut('ab🐾cd', 4)).toBe('ab🐾')
    expect(cut('abc', 3)).toBe('abc')
    expect(cut('🐾', 0)).toBe('')
  })
})

describe('ngrams', () => {
  const words = wordsOf('to be or not to be or not')

  it('counts all and keeps the distinct ones in ascending order', () => {
    for (const [n, total, distinct] of [
      [1, 8, 4],
      [2, 7, 4],
      [4, 5, 4],
      [9, 0, 0],
    ] as const) {
      const found = ngrams(words, n)
      expect(found).toHaveLength(distinct)
      expect(found).toEqual(found.toSorted())
      expect(countNgrams([words], n)).toEqual({ total, distinct })
    }
  })

  it('counts those of several texts as a Set of what is written out would', () => {
    const text = fc.array(fc.constantFrom('tide', 'cork', 'bell', 'rope'), { maxLength: 30 })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), fc.integer({ min: 1, max: 4 }), (texts, n) => {
        const all = texts.flatMap((own) => own.slice(n - 1).map((_, i) => own.slice(i, i + n).join(' ')))
        const words = texts.map((own) => wordsOf(own.join(' ')))
        expect(countNgrams(words, n)).toEqual({ total: all.length, distinct: new Set(all).size })
      }),
    )
  })

  it('counts a hash of 0 once', () => {
    // The one word that hashes to 0 by itself, found by trying all.
    const words = Uint32Array.of(2_632_811_814, 1, 2_632_811_814)
    expect([...ngrams(words, 1)]).toContain(0)
    expect(countNgrams([words], 1)).toEqual({ total: 3, distinct: 2 })
  })

  it('sees the order of words', () => {
    expect(ngrams(wordsOf('a b'), 2)).not.toEqual(ngrams(wordsOf('b a'), 2))
  })

  it('opening is the first words, or what there is of them', () => {
    expect(opening(wordsOf('To be, or else'), 3)).toBe(opening(words, 3))
    expect(opening(wordsOf('to be'), 3)).not.toBe(opening(words, 3))
    expect(opening(wordsOf(''), 3)).toBeNull()
  })
})
