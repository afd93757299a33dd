import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Line, LineSplitter } from '../../src/input/lines.js'
import { problemOf } from './weather.js'

function split(bytes: Buffer, cuts: readonly number[] = [], maxLineBytes = 1000): Line[] {
  const splitter = new LineSplitter({ path: 'forecasts.jsonl', maxLineBytes })
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  const lines: Line[] = []
  let from = 0
  for (const end of ends) {
    lines.push(...splitter.push(bytes.subarray(from, end)))
    from = end
  }
  return [...lines, ...splitter.end()]
}

const numbered = (lines: readonly Line[]) => lines.map(({ number, text }) => [number, text])

const piece = fc.oneof(
  fc.constantFrom('\n', '\r\n', '\ufeff', 'é', '雨', '🌧', ' ', '\t'),
  fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\u0000', '')),
)
const text = fc.array(piece).map((pieces) => pieces.join(''))
const bytes = fc
  .oneof(
    text.map((each) => Buffer.from(each)),
    fc.uint8Array({ min: 1 }).map((each) => Buffer.from(each)),
  )
  .filter((each) => !each.includes(0))
const cuts = fc.array(fc.nat(), { maxLength: 12 })

describe('LineSplitter', () => {
  it.each<[string, string, (string | number)[][]]>([
    [
      'lines',
      'rain\nsun\n',
      [
        [1, 'rain'],
        [2, 'sun'],
      ],
    ],
    [
      'a last line without a newline',
      'rain\nsun',
      [
        [1, 'rain'],
        [2, 'sun'],
      ],
    ],
    [
      'CRLF, leaving the CR to JSON',
      'rain\r\nsun\r\n',
      [
        [1, 'rain\r'],
        [2, 'sun\r'],
      ],
    ],
    [
      'blank lines, which it counts',
      '\nrain\n \t\r\n\nsun\n\n',
      [
        [2, 'rain'],
        [5, 'sun'],
      ],
    ],
    [
      'a byte order mark, which it drops',
      '\ufeffrain\nsun\n',
      [
        [1, 'rain'],
        [2, 'sun'],
      ],
    ],
    [
      'a byte order mark further down, which it keeps',
      'rain\n\ufeffsun\n',
      [
        [1, 'rain'],
        [2, '\ufeffsun'],
      ],
    ],
    ['a byte order mark and nothing else', '\ufeff\n', []],
    ['nothing', '', []],
    ['U+2028, which is no newline', 'rain\u2028sun\n', [[1, 'rain\u2028sun']]],
  ])('reads %s', (_, input, expected) => {
    expect(numbered(split(Buffer.from(input)))).toEqual(expected)
  })

  it('gives the same lines wherever the chunks are cut', () => {
    fc.assert(
      fc.property(bytes, cuts, (input, at) => {
        expect(split(input, at)).toEqual(split(input))
      }),
    )
  })

  it('gives the same lines a byte at a time', () => {
    const input = Buffer.from('\ufeff{"id":"雨"}\r\n\n{"id":"🌧"}\n{"id":"é"}')
    expect(split(input, [...input.keys()])).toEqual(split(input))
  })

  it('gives the lines that String.split gives, without the blank ones', () => {
    fc.assert(
      fc.property(text, cuts, (input, at) => {
        const well = Buffer.from(input)
          .toString()
          .replace(/^\ufeff/, '')
        const expected = well.split('\n').flatMap((line, i) => (/^\s*$/.test(line) ? [] : [[i + 1, line]]))
        expect(numbered(split(Buffer.from(input), at))).toEqual(expected)
      }),
    )
  })

  it('says where the bytes of each line stand', () => {
    fc.assert(
      fc.property(bytes, cuts, (input, at) => {
        for (const { offset, bytes: length, text: line } of split(input, at)) {
          const again = input.subarray(offset, offset + length).toString()
          expect(offset === 0 ? again.replace(/^\ufeff/, '') : again).toBe(line)
        }
      }),
    )
  })

  it.each<[string, number[], boolean]>([
    ['ASCII', [0x72, 0x61], true],
    ['a replacement character that was written so', [0xef, 0xbf, 0xbd], true],
    ['Latin-1', [0x72, 0xe9, 0x61], false],
    ['a character that is cut off', [0x72, 0xe9, 0x9b], false],
    ['a surrogate in UTF-8', [0xed, 0xa0, 0x80], false],
    ['an overlong slash', [0xc0, 0xaf], false],
  ])('tells whether %s is UTF-8', (_, input, valid) => {
    expect(split(Buffer.from(input)).map((line) => line.validUtf8)).toEqual([valid])
  })

  it.each([
    ['at the end of a chunk', 'rain\nsunshine', []],
    ['before a newline', 'rain\nsunshine\n', []],
    ['over several chunks', 'rain\nsunshine\n', [6, 8, 10]],
  ])('refuses a line over the limit %s', (_, input, at) => {
    expect(problemOf(() => split(Buffer.from(input), at, 7))).toEqual({
      code: 'line-too-long',
      place: { file: 'forecasts.jsonl', line: 2 },
      limit: 7,
    })
  })

  it('takes a line as long as the limit, its newline not counted', () => {
    expect(numbered(split(Buffer.from('rain\nsun\n'), [2, 6], 4))).toEqual([
      [1, 'rain'],
      [2, 'sun'],
    ])
  })

  it('refuses a NUL byte as binary data, with its line', () => {
    expect(problemOf(() => split(Buffer.from('rain\n\n\u0000PNG\n')))).toMatchObject({ code: 'not-text', line: 3 })
  })
})
