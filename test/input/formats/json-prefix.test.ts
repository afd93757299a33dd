import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonPrefix } from '../../../src/input/formats/json-prefix.js'

describe('jsonPrefix', () => {
  it.each([
    ['{"kites": [1, 2, {"wind": true}], "sea": null}', { kites: [1, 2, { wind: true }], sea: null }],
    ['{"kites": [1, 2, {"wi', { kites: [1, 2, {}] }],
    ['{"kites": "half a str', { kites: undefined }],
    ['[{"a": NaN, "b": -Infinity, "c": 1', [{ a: null, b: null, c: undefined }]],
    ['  [', []],
    ['{"a": tru', { a: undefined }],
    ['wind', undefined],
    ['', undefined],
    ['{"__proto__": {"polluted": 1}', { ['__proto__']: { polluted: 1 } }],
  ])('of %j is what the text shows', (text, expected) => {
    expect(JSON.stringify(jsonPrefix(text))).toBe(JSON.stringify(expected))
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('of a whole value is the value, and of any beginning of it never throws', () => {
    const value = fc.jsonValue({ maxDepth: 4 }).filter((any) => typeof any === 'object' && any !== null)
    fc.assert(
      fc.property(value, fc.nat(), (any, at) => {
        const text = JSON.stringify(any)
        expect(JSON.stringify(jsonPrefix(text))).toBe(text)
        jsonPrefix(text.slice(0, at % (text.length + 1)))
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  it('stops at depth and at size', () => {
    expect(() => jsonPrefix('['.repeat(100_000))).not.toThrow()
    expect(() => jsonPrefix(`[${'1,'.repeat(100_000)}1]`)).not.toThrow()
  })
})
