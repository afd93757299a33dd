import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LineKind, lineKind } from '../../src/text/line-kind.js'

const kindOf = (line: string) => lineKind(line, 0, line.length)

const KINDS: readonly (readonly [line: string, kind: LineKind])[] = [
  ['The tide is rising.', 'text'],
  ['Tide = high water', 'weak-code'],
  ['tide += 2', 'weak-code'],
  ["tides['cork'] = 3", 'weak-code'],
  ['tide = = 3', 'text'],
  ['tide == 3', 'text'],
  ['Tide\u00a0= high water', 'weak-code'],
  ['measure(cork, 3)', 'weak-code'],
  ['measure(cork, 3) and rest', 'text'],
  ['Measure twice (at least)', 'text'],
  ['rise();  ', 'weak-code'],
  ['Then it rose {', 'weak-code'],
  ['return tide', 'strong-code'],
  ['return to the harbour. Then rest.', 'text'],
  ['if tide > 3:', 'strong-code'],
  ['if it rains, stay in', 'text'],
  ['# The tide', 'heading'],
  ['    # the tide', 'weak-code'],
  ['- high', 'item'],
  ['3. high', 'item'],
  ['120) high', 'item'],
  ['1200. high', 'text'],
  ['3.5 m', 'text'],
  ['3 m at noon', 'text'],
  ['3 = tide;', 'weak-code'],
  ['| a | b |', 'row'],
  ['<p>high', 'tag'],
  ['---', 'rule'],
  ['\u00a0\t', 'blank'],
]

describe('lineKind', () => {
  it.each(KINDS)('of %j is %s', (line, kind) => {
    expect(kindOf(line)).toBe(kind)
  })

  it('sees no further than the line', () => {
    const text = 'The tide\n= 3;\n(x)\nreturn'
    expect([lineKind(text, 0, 8), lineKind(text, 9, 13)]).toEqual(['text', 'weak-code'])
  })

  /** A line that begins with a blank is not looked at quickly: all patterns are held against it. */
  it('is told from a quick look as all patterns would tell it', () => {
    const piece = fc.oneof(
      fc.constantFrom(...KINDS.map(([line]) => line)),
      fc.constantFrom(' ', '=', '-', '+=', '(', ')', ';', '{', '.', "'", '\t', '\r', '\u00a0', 'é', '中', '\ud800'),
      fc.constantFrom('def ', 'import ', 'tide', 'x', 'class', 'for', 'SELECT ', '3', '12', '1234', '. ', ') '),
    )
    const line = fc.array(piece, { maxLength: 6 }).map((pieces) => `T${pieces.join('')}`.slice(0, 230))
    fc.assert(
      fc.property(
        fc.oneof(
          line,
          line.map((own) => own.slice(1)),
        ),
        (own) => {
          fc.pre(/^[A-Za-z\d]/.test(own))
          expect(kindOf(own)).toBe(kindOf(` ${own}`))
        },
      ),
      { numRuns: 4_000 },
    )
  })
})
