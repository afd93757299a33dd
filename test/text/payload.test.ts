import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonFault, parseLenient, payloadOf } from '../../src/text/payload.js'

const say = (text: string) => {
  const payload = payloadOf(text)
  return payload === null
    ? 'none'
    : `${payload.wrapping} ${payload.strict ? 'strict' : payload.lenient ? 'lenient' : 'broken'}`
}

describe('payloadOf', () => {
  it.each<[string, string]>([
    ['{"tide": "high"}', 'bare strict'],
    ['\n\n  {"tide": 3}\n', 'bare strict'],
    ['\ufeff{"tide": 3}', 'bare strict'],
    ['[1, 2, 3]', 'bare strict'],
    ['[]', 'bare strict'],
    ['{}', 'bare strict'],
    ['["high", "low"]', 'bare strict'],
    ['{"tide": "high\nwater"}', 'bare lenient'],
    ['{"tide": "high"', 'bare broken'],
    ['{"tide": high}', 'bare broken'],
    ['{"tide": "\\sin"}', 'bare broken'],
    ['[1, 2', 'bare broken'],
    ['{"a": "}"}', 'bare strict'],
    ['{"a": 1} That is all.', 'in-prose strict'],
    ['Here it is: {"a": 1}. Good luck.', 'in-prose strict'],
    ['Here it is: {"a": "x\ny"}', 'in-prose lenient'],
    ['```json\n{"a": 1}\n```', 'fenced strict'],
    ['Sure!\n\n```\n{"a": 1}\n```\nDone.', 'fenced strict'],
    ['```json\n{"a": 1', 'fenced broken'],
    ['~~~\n[{"a": 1}]\n~~~', 'fenced strict'],
    ['```python\nx = 1\n```\n\n```json\n{"a": 1}\n```', 'fenced strict'],
  ])('reads %j as %s', (text, expected) => {
    expect(say(text)).toBe(expected)
  })

  it.each([
    '',
    'high',
    '\\boxed{1}',
    '{x | x > 0}',
    '{1, 2}',
    '[Yes]',
    '[PLAN]',
    '[1] Smith et al. say so.',
    '[2, 3] is an interval.',
    '[the chart](https://example.org)',
    '[ ] buy bread',
    '[true story] it rained',
    'The set {a, b} is finite.',
    "{'a': 1}",
    '```python\nd = {"a": 1}\nprint(d)\n```'.replace('{"a": 1}', '{}'),
    '42',
    '"high"',
  ])('%j does not set out to be JSON', (text) => {
    expect(say(text)).toBe('none')
  })

  it('of a whole text leaves the white space around it', () => {
    for (const json of ['{"a": [1]}', '["a", 2]', '{}', '[1]']) {
      expect(payloadOf(` \n${json}\r\n\t`)).toEqual({ wrapping: 'bare', strict: true, lenient: true, text: json })
    }
  })

  it('never throws, and is strict exactly where JSON.parse takes the payload', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      '"a"',
      ':',
      ',',
      '1',
      'true',
      '\n',
      '\\',
      '```',
      'x',
      '\u0000',
      '\ud800',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const payload = payloadOf(pieces.join(''))
        if (payload === null) return
        let parses = true
        try {
          JSON.parse(payload.text)
        } catch {
          parses = false
        }
        expect(payload.strict).toBe(parses)
        expect(payload.lenient).toBe(parseLenient(payload.text) !== undefined)
      }),
      { seed: 5, numRuns: 2_000 },
    )
  })

  it('finds any JSON object, bare, fenced and in prose', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (value) => {
        const text = JSON.stringify(value)
        expect(say(text)).toBe('bare strict')
        expect(say(`\`\`\`json\n${text}\n\`\`\``)).toBe('fenced strict')
        const inProse = payloadOf(`The answer is ${text} as asked.`)
        expect(inProse?.text).toBe(text)
      }),
      { seed: 6 },
    )
  })
})

describe('parseLenient', () => {
  it('lets raw control characters in strings pass, and nothing else', () => {
    expect(parseLenient('{"a": "x\ny\tz"}')).toEqual({ a: 'x\ny\tz' })
    expect(parseLenient('{"a": "x\\\ny"}')).toBeUndefined()
    expect(parseLenient("{'a': 1}")).toBeUndefined()
    expect(parseLenient('{"a": 1,}')).toBeUndefined()
    expect(parseLenient('NaN')).toBeUndefined()
  })
})

describe('jsonFault', () => {
  it('is what the parser says and where, but for line and column', () => {
    expect(jsonFault('{"tide": 4 "moon": 2}')).toMatch(/at position 11$/)
    expect(jsonFault('{"tide": ')).not.toBeNull()
  })

  it('is null where the text parses, raw line breaks in strings let pass', () => {
    expect(jsonFault('{"tide": "high\nwater"}')).toBeNull()
    expect(jsonFault('[1, 2]')).toBeNull()
  })
})
