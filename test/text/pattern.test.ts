import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern, PatternError } from '../../src/text/pattern.js'

function errorOf(source: string): PatternError {
  try {
    compilePattern(source)
  } catch (error) {
    if (error instanceof PatternError) return error
    throw error
  }
  throw new Error(`${source} compiles`)
}

/** Far more than any of these takes, far less than one backtracking engine does. */
const QUICK_MS = 5_000

function msOf(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

describe('compilePattern', () => {
  it.each([
    ['answer: (\\d+)', 'The answer: 42.', { text: 'answer: 42', index: 4, groups: ['42'] }],
    ['(?i)ANSWER', 'The answer', { text: 'answer', index: 4, groups: [] }],
    ['(a)|(b)', 'xb', { text: 'b', index: 1, groups: [null, 'b'] }],
    ['(?P<unit>kg|g)', '5 kg', { text: 'kg', index: 2, groups: ['kg'] }],
    ['a.c', 'a\nc', null],
    ['(?s)a.c', 'a\nc', { text: 'a\nc', index: 0, groups: [] }],
    ['^b$', 'a\nb\nc', null],
    ['(?m)^b$', 'a\nb\nc', { text: 'b', index: 2, groups: [] }],
    ['', 'abc', { text: '', index: 0, groups: [] }],
    ['\\x00', 'a\0b', { text: '\0', index: 1, groups: [] }],
    ['.', '\ud800', { text: '\ud800', index: 0, groups: [] }],
    ['b.c', '😀b\udc00c', { text: 'b\udc00c', index: 2, groups: [] }],
    ['^.$', '😀', { text: '😀', index: 0, groups: [] }],
    ['\\p{Greek}+', 'ab λόγος', { text: 'λόγος', index: 3, groups: [] }],
  ])('%s in %j finds %j', (source, text, match) => {
    const pattern = compilePattern(source)
    expect(pattern.find(text)).toEqual(match)
    expect(pattern.test(text)).toBe(match !== null)
  })

  it.each([
    ['a(?=b)', 1, /lookaround.*Match the context too/],
    ['a(?!b)', 1, /lookaround/],
    ['(?<=a)b', 0, /lookaround/],
    ['x(?<!a)b', 1, /lookaround/],
    ['(a)\\1', 3, /backreferences/],
    ['(?P<w>a)\\k<w>', 8, /backreferences/],
    ['(?>a)', 0, /atomic groups/],
    ['ba++', 2, /possessive/],
    ['x\\u0041', 1, /\\x\{…\}/],
    ['a\\Z', 1, /\\z/],
    ['(?x)a', 0, /flag is not supported/],
    ['a(?#c)', 1, /comments/],
    ['a{1001}', 1, /repeat count.*1000/],
    ['(a', null, /missing closing \)/],
    ['x[a', 1, /missing closing \]: \[a/],
    ['*a', 0, /missing argument/],
    ['a\\', null, /trailing backslash/],
  ])('%s is refused', (source, offset, message) => {
    const error = errorOf(source)
    expect(error.message).toMatch(message)
    expect(error.offset).toBe(offset)
  })

  it('knows the size of its program', () => {
    expect(compilePattern('(a?){500}').size).toBeGreaterThan(20 * compilePattern('(a?){5}').size)
  })

  it('gives no offset where the fragment stands twice', () => {
    expect(errorOf('a(?=b)(?=c)').offset).toBeNull()
  })

  it('refuses what nests too deeply', () => {
    expect(errorOf(`${'('.repeat(5000)}${')'.repeat(5000)}`).message).toMatch(/nests too deeply/)
  })

  it('keeps control characters out of messages', () => {
    expect(errorOf('[\u001b[').message).not.toContain('\u001b')
  })

  it.each(['(a+)+$', '(a|aa)*c', '(a?){50}a{50}b', '(.*a){12}b', '(\\w+\\s?)*!'])(
    '%s takes linear time on a long text',
    (source) => {
      const pattern = compilePattern(source)
      const text = `${'a'.repeat(2 ** 17)}b!`
      expect(msOf(() => pattern.test(text))).toBeLessThan(QUICK_MS)
      expect(msOf(() => pattern.find(text))).toBeLessThan(QUICK_MS)
    },
  )

  it('agrees with the native engine where that one is safe', () => {
    const source = fc.constantFrom(
      '[a-c]+',
      '(a|b)c',
      'a(b)?c*',
      '\\d{2,3}',
      '(?:ab|a)(bc|c)?',
      '^a|c$',
      '\\bab',
      '[^a]',
    )
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', ' ', '\ud83d\ude00'), maxLength: 12 })
    fc.assert(
      fc.property(source, text, (pattern, input) => {
        const native = new RegExp(pattern, 'u').exec(input)
        const found = compilePattern(pattern).find(input)
        expect(found?.index).toBe(native?.index)
        expect(found?.text).toBe(native?.[0])
        expect(found?.groups).toEqual(native?.slice(1).map((group) => group ?? null))
      }),
    )
  })

  it('throws nothing but PatternError, and its matches stand in the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ unit: 'binary' }), (source, text) => {
        try {
          const found = compilePattern(source).find(text)
          if (found !== null) expect(text.slice(found.index, found.index + found.text.length)).toBe(found.text)
        } catch (error) {
          expect(error).toBeInstanceOf(PatternError)
        }
      }),
    )
  })
})
