import type { Codec } from '../domain/codec/codec.js'
import { malformed, whole } from '../domain/codec/values.js'

/** Rows of a tally that are left out one at a time. */
export const BUCKETS = 128

/** The row of columns that are kept once. It is never left out: no case is counted in it. */
export const ONCE = -1

/** A bucket, or ONCE. */
export const bucketCodec: Codec<number> = {
  write: (bucket) => whole.write(bucket),
  read: (json) => {
    const bucket = whole.read(json)
    return bucket >= ONCE && bucket < BUCKETS ? bucket : malformed('no bucket')
  },
}
