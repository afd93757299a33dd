import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FORMATS, type Format, shapeOf } from '../../src/text/format.js'
import { formulaShare } from '../../src/text/formulas.js'

const TEXTS: Record<Format, readonly string[]> = {
  empty: ['', '  \n\t'],
  json: ['{"tide": "high"}', '[1, 2]', '{"tide": "hi'],
  'fenced-json': ['```json\n{"tide": 1}\n```', '\n```\n[{"a": 1}]\n```\n'],
  'json-in-prose': [
    'The tide: {"tide": 1}. Ask me more.',
    'Sure.\n```json\n{"a": 1}\n```',
    '{"a": 1}\n\nThat is the answer.',
  ],
  xml: ['<answer>3</answer>', '<tide>\n<high>3</high>\n<low>9</low>\n</tide>', '<p>High water at three.</p>'],
  code: [
    'def tide(hour):\n    if hour > 3:\n        return "high"\n    return "low"',
    'const tide = (hour) => {\n  return hour > 3;\n};\nconsole.log(tide(4));',
    'import math\n\nclass Tide:\n    def high(self):\n        return 3\n',
    '#include <stdio.h>\n\nint main() {\n  printf("high");\n  return 0;\n}',
    'class Solution:\n    def tides(self, hours):\n        # the first one\n        total = sum(hours)\n        return total',
  ],
  'fenced-code': ['```python\nprint(3)\n```', '~~~\nx = 1\n~~~\n'],
  'code-in-prose': ['Use this:\n\n```python\nprint(3)\n```\n\nIt prints 3.', '```\na\n```\n\n```\nb\n```'],
  table: [
    '| when | tide |\n| --- | --- |\n| 3 | high |',
    'Tides:\n\n| when | tide |\n|---|---|\n| 3 | high |\n| 9 | low |',
  ],
  list: [
    '- high at three\n- low at nine',
    '1. Wake.\n2. Look at the sea.\n3. Decide.',
    'Bring:\n\n* boots\n* a coat\n* bread',
  ],
  sections: [
    '# Tides\n\nThey come twice.\n\n## Causes\n\nThe moon.',
    '**Morning**\n\nHigh water.\n\n**Evening**\n\nLow water.',
  ],
  formulas: [
    'We get $a^2 + b^2 = c^2$ and so $c = \\sqrt{a^2 + b^2}$.',
    '\\[ \\int_0^1 x^2 dx = \\frac{1}{3} \\]\nDone.',
  ],
  answer: ['42', '[No]', 'Yes, it is prime.', '\\boxed{7}', 'The answer is 42.', 'high water'],
  prose: [
    'High water comes twice a day, since the earth turns under two bulges of the sea.',
    'I would define a tide by def, not by class; return to me if (as I think) it is unclear.',
    'It is late.\n\nThe tide has turned, and the boats lie on the sand.',
    'You can import fish from Norway; they call it skrei, and it is good.',
    'It cost $5 and then $6, which is more than the $4 that I had in mind for it.',
  ],
}

describe('shapeOf', () => {
  const rows = FORMATS.flatMap((format) => TEXTS[format].map((text) => [format, text] as const))

  it.each(rows)('is %s for %j', (format, text) => {
    expect(shapeOf(text).format).toBe(format)
  })

  it('does not depend on line ends', () => {
    for (const [format, text] of rows) expect(shapeOf(text.replaceAll('\n', '\r\n')).format, text).toBe(format)
  })

  it('is one of the formats for any text', () => {
    const piece = fc.constantFrom(
      '```',
      '|',
      '-',
      '#',
      '$',
      '\\(',
      '\\)',
      '{"',
      '<a>',
      '\n',
      ' ',
      'word',
      '**',
      '\u0000',
      '\ud800',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
        expect(FORMATS).toContain(shapeOf(pieces.join('')).format)
      }),
      { seed: 9, numRuns: 1_000 },
    )
  })

  // Each would take minutes or overflow the stack if anything here were worse than linear, or recursive.
  it.each([
    '{"a":',
    '[',
    '{',
    '```\n',
    '| ',
    '- ',
    '$',
    '\\(',
    '<a',
    '"',
    '# ',
    'if (',
    '\\',
    ' ',
    '\t\n',
    'a = ',
    '{"',
  ])('takes a megabyte of %j', (piece) => {
    expect(FORMATS).toContain(shapeOf(piece.repeat(2 ** 20 / piece.length)).format)
  })
})

describe('formulaShare', () => {
  it.each<[string, number]>([
    ['', 0],
    ['no formulas', 0],
    ['$x$', 1 / 3],
    ['$$ab$$', 2 / 6],
    ['\\(ab\\)', 2 / 6],
    ['$5 and\n$6', 0],
    ['\\[ab', 0],
  ])('of %j is %d', (text, share) => {
    expect(formulaShare(text)).toBeCloseTo(share, 12)
  })
})
