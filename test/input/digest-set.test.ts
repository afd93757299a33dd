import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Digest } from '../../src/domain/hash.js'
import { DigestSet } from '../../src/input/digest-set.js'

/** Few values of each word, 0 and 1 among them, so that entries collide; the last two words do not count. */
const word = fc.oneof(fc.constantFrom(0, 1, 2, 0xffffffff), fc.integer({ min: 0, max: 0xffffffff }))
const digest = fc.tuple(word, word, word, word)

/** An entry whose second word is 0 is kept as 1: one of the errors towards "has" that the set allows. */
const entry = ([high, low]: Digest) => `${high} ${low || 1}`

describe('DigestSet', () => {
  it('has what a plain Set has', () => {
    fc.assert(
      fc.property(fc.array(digest), fc.array(digest), (added, asked) => {
        const set = new DigestSet()
        for (const each of added) set.add(each)
        const plain = new Set(added.map(entry))
        for (const each of [...added, ...asked]) expect(set.has(each)).toBe(plain.has(entry(each)))
      }),
    )
  })

  it('keeps every entry while it grows', () => {
    const set = new DigestSet()
    const at = (i: number): Digest => [Math.imul(i, 0x9e3779b1) >>> 0, i % 7, 0, 0]
    for (let i = 0; i < 20_000; i++) set.add(at(i))
    for (let i = 0; i < 20_000; i++) expect(set.has(at(i))).toBe(true)
    for (let i = 20_000; i < 40_000; i++) expect(set.has(at(i))).toBe(false)
  })
})
