import type { Codec } from '../domain/codec/codec.js'
import { smallestOf } from '../domain/codec/collections.js'
import { fixed, stateOf } from '../domain/codec/state.js'
import { list, natural, pair, record, text } from '../domain/codec/values.js'
import { byCodeUnit, Smallest } from '../domain/order.js'
import { bucketCodec } from './buckets.js'
import { keptExampleCodec } from './examples.js'
import { type SampledCase, type SamplePlace, type Waiting, WaitingCase } from './waiting-case.js'

/** Cases of a task that are kept for measures which must see many texts at once. */
export const MOST_OF_TASK = 512
/** Over all tasks, as long as each may keep its least. */
const MOST_OF_RUN = 8_192
const LEAST_OF_TASK = 32

/** Characters of outputs that may wait in the sample of a task, and over all tasks. */
const WAITING_OF_TASK = 2 ** 23
const WAITING_OF_RUN = 2 ** 26

/** Cases that each of so many tasks may keep. */
export function sampleLimit(tasks: number): number {
  return Math.max(LEAST_OF_TASK, Math.min(MOST_OF_TASK, Math.floor(MOST_OF_RUN / tasks)))
}

/**
 * The cases with the smallest hashes: the same whatever order they came in, and of a smaller limit a part of those of a
 * larger one, so that a sample may shrink when tasks turn up.
 */
export class CaseSample {
  private readonly kept = new Smallest<SampledCase>(MOST_OF_TASK, byHash)
  private limit = MOST_OF_TASK
  /** Characters that may wait. */
  private room = WAITING_OF_TASK
  /** Characters that wait, those of cases included that were pushed out since they were last counted. */
  private waiting = 0
  /** Beyond it other parts of the cases keep enough. */
  private bound = Number.POSITIVE_INFINITY
  /** What `cases` gave out, until it changes: others remember what they made of it. */
  private listed: readonly SampledCase[] | null = null

  /** Whether a case with this hash would be kept: what it would keep need not be made otherwise. */
  wants(hash: number): boolean {
    if (hash > this.bound) return false
    const last = this.kept.items[this.limit - 1]
    return last === undefined || hash <= last.hash
  }

  /** Of a case that it wants. What `make` throws is thrown here, by `settle`, or where the content is read. */
  addLater(place: SamplePlace, content: Waiting): void {
    this.add(new WaitingCase(place, content))
    this.waiting += content.size
    if (this.waiting > this.room) this.settle(this.room / 2)
  }

  add(case_: SampledCase): void {
    this.kept.add(case_)
    this.changed()
  }

  /**
   * Makes contents until no more than so many characters wait: of those first that are the last to be pushed out. Throws
   * what making one throws; then nothing is kept, since it would be thrown again wherever the sample is read.
   */
  settle(room = 0): void {
    const waiting = this.kept.items.filter((case_) => case_ instanceof WaitingCase)
    this.waiting = waiting.reduce((sum, case_) => sum + case_.waiting, 0)
    try {
      for (const case_ of waiting) {
        if (this.waiting <= room) return
        this.waiting -= case_.waiting
        case_.settled()
      }
    } catch (error) {
      this.kept.items.length = 0
      this.listed = null
      throw error
    }
  }

  /** As the sample of one of so many tasks. */
  shrinkFor(tasks: number): void {
    this.limit = Math.min(this.limit, sampleLimit(tasks))
    this.room = Math.min(this.room, WAITING_OF_RUN / tasks)
    this.changed()
    if (this.waiting > this.room) this.settle(this.room / 2)
  }

  /** Ascending. */
  get hashes(): Float64Array {
    return Float64Array.from(this.kept.items, ({ hash }) => hash)
  }

  /** Lets go of what lies beyond, and wants no more of it. */
  keepUpTo(reach: number): void {
    this.bound = Math.min(this.bound, reach)
    const beyond = this.kept.items.findIndex(({ hash }) => hash > reach)
    if (beyond >= 0) this.kept.items.length = beyond
    this.changed()
  }

  merge(other: CaseSample): void {
    this.kept.merge(other.kept)
    this.limit = Math.min(this.limit, other.limit)
    this.changed()
  }

  /** A list that stays as it is; the same one until the sample changes. */
  get cases(): readonly SampledCase[] {
    this.listed ??= [...this.kept.items]
    return this.listed
  }

  /** Up to this hash no case is missing. */
  get reach(): number {
    return this.kept.items[this.limit - 1]?.hash ?? Number.POSITIVE_INFINITY
  }

  private changed(): void {
    this.listed = null
    if (this.kept.items.length > this.limit) this.kept.items.length = this.limit
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
    room: fixed,
    bound: fixed,
    waiting: fixed,
    listed: fixed,
  })
}
