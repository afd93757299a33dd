import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, parseRecord } from '../../src/input/json.js'
import { badLineOf } from './weather.js'

const nested = (levels: number) => `{"id":"q1","output":${'['.repeat(levels)}${']'.repeat(levels)}}`

describe('parseRecord', () => {
  it('gives back any record that JSON can hold', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (record) => {
        const text = JSON.stringify(record)
        expect(parseRecord(text)).toEqual({ raw: JSON.parse(text), nonFinite: 0 })
      }),
    )
  })

  it.each<[string, object, number]>([
    ['{"score":NaN}', { score: null }, 1],
    ['{"score":Infinity,"loss":-Infinity}', { score: null, loss: null }, 2],
    ['{"logprobs":[-0.5,-Infinity,NaN]}', { logprobs: [-0.5, null, null] }, 2],
    ['{"output":"NaN, Infinity, -Infinity","score":NaN}', { output: 'NaN, Infinity, -Infinity', score: null }, 1],
    ['{"output":"NaN"}', { output: 'NaN' }, 0],
    ['{"output":"a quote \\" and NaN","score":NaN}', { output: 'a quote " and NaN', score: null }, 1],
    ['{"output":"a backslash \\\\","score":NaN}', { output: 'a backslash \\', score: null }, 1],
    ['{"NaN":NaN}', { NaN: null }, 1],
  ])('reads %s with unknowns in place of what JSON lacks', (text, raw, nonFinite) => {
    expect(parseRecord(text)).toEqual({ raw, nonFinite })
  })

  it('reads NaN and Infinity as Python writes them, and leaves them alone in strings', () => {
    const tricky = fc
      .array(fc.constantFrom('NaN', '-Infinity', '"', '\\', 'rain', ',', ':'))
      .map((parts) => parts.join(''))
    const number = fc.oneof(
      fc.double(),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    )
    fc.assert(
      fc.property(fc.dictionary(tricky, fc.oneof(tricky, number)), (record) => {
        const fields = Object.entries(record).map(([key, value]) => `${JSON.stringify(key)}:${asPython(value)}`)
        const strange = Object.values(record).filter((value) => typeof value === 'number' && !Number.isFinite(value))
        const raw: object = JSON.parse(JSON.stringify(record))
        expect(parseRecord(`{${fields.join()}}`)).toEqual({ raw, nonFinite: strange.length })
      }),
    )
  })

  it('keeps __proto__ a key', () => {
    const { raw } = parseRecord('{"id":"q1","__proto__":{"score":1},"constructor":2}')
    expect(Object.keys(raw)).toEqual(['id', '__proto__', 'constructor'])
    expect(raw.score).toBeUndefined()
  })

  it.each([
    ['{"id":"q1","output":"rai', 'the JSON ends early'],
    ['{"id":"q1",', 'the JSON ends early'],
    ['{"id":"q1","tags":["a"\r', 'the JSON ends early'],
    ['{"id":"q1","score":-', 'the JSON ends early'],
    ['{"id":"q1","correct":tru', 'the JSON ends early'],
    ["{'id': 'q1'}", 'this is not JSON'],
    ['{"score":nan}', 'this is not JSON'],
    ['{"score":NaNs}', 'this is not JSON'],
    ['{"id":"q1"}{"id":"q2"}', 'this is not JSON'],
    ['id,output', 'this is not JSON'],
    ['[{"id":"q1"}]', 'the line holds an array of 1, not an object'],
    ['"rain"', 'the line holds "rain", not an object'],
    ['null', 'the line holds null, not an object'],
    ['NaN', 'the line holds null, not an object'],
  ])('refuses %s', (text, what) => {
    expect(badLineOf(() => parseRecord(text)).what).toMatch(what)
  })

  it('shows the beginning of a line that is not JSON, escapes made visible', () => {
    const { what } = badLineOf(() => parseRecord(`\u001b[31m${'rain '.repeat(100)}`))
    expect(what).toMatch(/^this is not JSON: "\\u001b\[31mrain /)
    expect(what.length).toBeLessThan(100)
  })

  it.each([1, 999, 1000])('takes %i levels', (levels) => {
    expect(parseRecord(nested(levels)).nonFinite).toBe(0)
  })

  it.each([1001, 100_000])('refuses %i levels, naming the field', (levels) => {
    expect(badLineOf(() => parseRecord(nested(levels))).what).toBe('"output" is nested deeper than 1000 levels')
  })

  it('refuses 100,000 levels that are never closed', () => {
    expect(badLineOf(() => parseRecord('{"a":'.repeat(100_000))).what).toMatch('the JSON ends early')
  })
})

describe('canonicalJson', () => {
  it.each([
    ['{"role":"user","content":"rain?"}', '{"content":"rain?","role":"user"}'],
    ['[{"b":{"d":1,"c":2},"a":[2,1]}]', '[{"a":[2,1],"b":{"c":2,"d":1}}]'],
    ['{"__proto__":1,"a":2}', '{"__proto__":1,"a":2}'],
  ])('writes %s as %s', (text, expected) => {
    expect(canonicalJson(JSON.parse(text))).toBe(expected)
  })

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalJson(reversed)).toBe(canonicalJson(value))
      }),
    )
  })
})

function asPython(value: string | number): string {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : JSON.stringify(value)
}
