import { describe, expect, it } from 'vitest'
import { BUCKETS, bucketCodec, ONCE } from '../../src/audit/buckets.js'

describe('bucketCodec', () => {
  it('reads what it wrote: every bucket, and the row that is kept once', () => {
    for (const bucket of [ONCE, 0, 1, BUCKETS - 1]) expect(bucketCodec.read(bucketCodec.write(bucket))).toBe(bucket)
  })

  it.each([ONCE - 1, BUCKETS, 1000])('refuses %d', (bucket) => {
    expect(() => bucketCodec.read(bucket)).toThrow('no bucket')
  })

  it.each([0.5, '3', null])('refuses %j', (json) => {
    expect(() => bucketCodec.read(json)).toThrow('no whole number')
  })
})
