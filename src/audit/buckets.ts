import type { Codec } from '../domain/codec/codec.js'
import { malformed, whole } from '../domain/codec/values.js'

/** Rows of a tally that are left out one at a time. */
export const BUCKETS = 128

/**
 * A third of the buckets tells what the other two are held to, where a baseline tells it. Each third in turn would measure
 * all cases, but such values move together: a lucky third is both told by others and tells them.
 */
export function isTelling(bucket: number): boolean {
  return bucket % 3 === 0
}

/** Buckets that do not tell. */
export const TOLD_BUCKETS = Array.from({ length: BUCKETS }, (_, bucket) => bucket).filter(
  (bucket) => !isTelling(bucket),
).length

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
