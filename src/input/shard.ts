import { murmur128 } from '../domain/hash.js'

/** Independent of the hashes by which cases are put into buckets and samples. */
const SHARD_SEED = 2

/** Which cases a run observes: those of whole files, or of files that every shard reads the ones that fall to it. */
export interface Shard {
  /** From 1. */
  readonly number: number
  readonly of: number
  readonly by: ShardedBy
}

export const SHARDED_BY = ['cases', 'files'] as const
export type ShardedBy = (typeof SHARDED_BY)[number]

/** More would be tasks of a few cases each. */
export const MOST_SHARDS = 10_000

/** Whether a shard observes the case with this key; null where it observes all that it reads. */
export function caseFilter({ number, of, by }: Shard): ((key: string) => boolean) | null {
  if (by === 'files' || of === 1) return null
  return (key) => murmur128(key, SHARD_SEED)[0] % of === number - 1
}
