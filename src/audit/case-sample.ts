import type { Codec } from '../domain/codec/codec.js'
import { smallestOf } from '../domain/codec/collections.js'
import { stateOf } from '../domain/codec/state.js'
import { list, natural, pair, record, text } from '../domain/codec/values.js'
import { byCodeUnit, Smallest } from '../domain/order.js'
import { bucketCodec } from './buckets.js'
import { type KeptExample, keptExampleCodec } from './examples.js'

/** Cases of a task that are kept for measures which must see many texts at once. */
export const MOST_OF_TASK = 512
/** Over all tasks, as long as each may keep its least. */
const MOST_OF_RUN = 8_192
const LEAST_OF_TASK = 32

/** Cases that each of so many tasks may keep. */
export function sampleLimit(tasks: number): number {
  return Math.max(LEAST_OF_TASK, Math.min(MOST_OF_TASK, Math.floor(MOST_OF_RUN / tasks)))
}

export interface SampledCase {
  /** By which cases are chosen: independent of the bucket and of the case's content. */
  readonly hash: number
  readonly id: string
  readonly bucket: number
  /** What the detector asked to keep. */
  readonly features: unknown
  /** By measure. */
  readonly examples: readonly (readonly [measure: string, example: KeptExample])[]
}

/**
 * The cases with the smallest hashes: the same whatever order they came in, and of a smaller limit a part of those of a
 * larger one, so that a sample may shrink when tasks turn up.
 */
export class CaseSample {
  private readonly kept = new Smallest<SampledCase>(MOST_OF_TASK, byHash)
  private limit = MOST_OF_TASK

  /** Whether a case with this hash would be kept: what it would keep need not be made otherwise. */
  wants(hash: number): boolean {
    const last = this.kept.items[this.limit - 1]
    return last === undefined || hash <= last.hash
  }

  add(case_: SampledCase): void {
    this.kept.add(case_)
    this.shrinkTo(this.limit)
  }

  shrinkTo(limit: number): void {
    this.limit = limit
    if (this.kept.items.length > limit) this.kept.items.length = limit
  }

  merge(other: CaseSample): void {
    this.kept.merge(other.kept)
    this.shrinkTo(Math.min(this.limit, other.limit))
  }

  get cases(): readonly SampledCase[] {
    return this.kept.items
  }

  /** Up to this hash no case is missing. */
  get reach(): number {
    return this.kept.items[this.limit - 1]?.hash ?? Number.POSITIVE_INFINITY
  }
}

/** The cases of both samples up to the hash that both reach: a sample of all of them together. */
export function union(a: CaseSample, b: CaseSample): readonly SampledCase[] {
  const reach = Math.min(a.reach, b.reach)
  return [...a.cases, ...b.cases].filter(({ hash }) => hash <= reach).sort(byHash)
}

function byHash(a: SampledCase, b: SampledCase): number {
  return a.hash - b.hash || byCodeUnit(a.id, b.id)
}

/** `features`: what the detector keeps of a case. */
export function caseSampleCodec(features: Codec<unknown>): Codec<CaseSample> {
  const sampled = record<SampledCase>({
    hash: natural,
    id: text,
    bucket: bucketCodec,
    features,
    examples: list(pair(text, keptExampleCodec)),
  })
  return stateOf(() => new CaseSample(), {
    kept: smallestOf(() => new Smallest<SampledCase>(MOST_OF_TASK, byHash), sampled),
    limit: natural,
  })
}
