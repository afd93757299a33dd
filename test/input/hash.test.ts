import { describe, expect, it } from 'vitest'
import { murmur128 } from '../../src/domain/hash.js'

const hex = (words: readonly number[]) => words.map((word) => word.toString(16).padStart(8, '0')).join(' ')

/** Values of mmh3 (the reference C++ behind Python): struct.unpack('<4I', mmh3.hash_bytes(text, seed, x64arch=False)). */
describe('murmur128', () => {
  it.each<[string, string, string]>([
    ['', '00000000 00000000 00000000 00000000', '88c4adec 54d201b9 54d201b9 54d201b9'],
    ['a', 'a794933c 5556b01b 5556b01b 5556b01b', '49db9b04 1c5281c5 1c5281c5 1c5281c5'],
    ['rain', '2e645279 214805f0 214805f0 214805f0', '982ddb89 cf46938f cf46938f cf46938f'],
    ['weather\u0000q1', 'be8843f1 8a26e2e9 1f0930ed f9add33b', '1a7c6d23 b9ec45df 7a8aa0a6 de37a554'],
    ['123456789012', '806f7e99 74204f1c fb110ecb 413fe4f1', '479afd6a 3618d054 3d3a9450 13ea1d28'],
    ['1234567890123456', '203ddfb8 19f43d83 3f40b44c d2d7a0bd', '54473663 6d43b406 fb3ed1e3 6de2f2f5'],
    ['12345678901234567', '43418b6f 6ce2409e 9d9e3142 409a807c', '9715f7e0 8d5c338b cbe80936 4113176a'],
    [
      'The quick brown fox jumps over the lazy dog',
      '2f1583c3 ecee2c67 5d7bf66c e5e91d2c',
      'd5a4c21d 340673eb 2baeff5d 9f7eae99',
    ],
    ['雨が降るでしょうか？', 'db5d129f eb4213b6 59b0ae70 60b4d254', '5b0bfc27 7c14ed54 b7432a7a 97b5345e'],
    ['rain ☔ 🌧', '2a3badda 6e6d5949 67c559c2 978ad318', 'c85f13dd 7932eed2 a040b855 9e66f7ca'],
    ['x'.repeat(1000), '02508d27 189b6cff c11edb6e 79f64f4b', '87354402 6ef9595f 45c4aaa4 02e21cbe'],
  ])('of %j is what the reference gives, with seed 0 and 1', (text, zero, one) => {
    expect(hex(murmur128(text))).toBe(zero)
    expect(hex(murmur128(text, 1))).toBe(one)
  })

  it('takes a lone surrogate for U+FFFD', () => {
    expect(murmur128('rain \ud83c')).toEqual(murmur128('rain \ufffd'))
  })

  it('does not depend on what was hashed before', () => {
    const first = murmur128('drizzle')
    murmur128('☔'.repeat(5000))
    expect(murmur128('drizzle')).toEqual(first)
  })
})
