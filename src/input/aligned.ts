import type { Case } from '../domain/case.js'
import { type Digest, murmur128 } from '../domain/hash.js'
import { ARMS, type Arm } from '../domain/record.js'
import type { CaseBuilder } from './case-builder.js'
import { DigestSet } from './digest-set.js'
import type { Reading } from './reading.js'

/** Thrown where the arms do not follow each other closely enough to be paired in one pass. */
export class NotAligned extends Error {}

/** Bytes of records that may wait for their partner in the other arm. */
const MAX_WAITING_BYTES = 8 << 20

const OTHER = { baseline: 'tuned', tuned: 'baseline' } as const

interface Run {
  readonly key: string
  /** Known where the arm is the first to show the key. */
  readonly digest: Digest | null
  readonly readings: Reading[]
}

type Readings = Readonly<Record<Arm, AsyncIterator<Reading[]>>>

/**
 * Pairs two arms in one pass, both read in step: a run of records with one key in one arm waits for the run with that
 * key in the other. Memory holds what waits and 16 bytes or so a case. Throws NotAligned as soon as a key comes back
 * after its case was given out, or too much waits; the caller then begins again with an index.
 */
export async function* pairAligned(readings: Readings, builder: CaseBuilder): AsyncGenerator<Case[]> {
  try {
    yield* match(readings, new Matcher(builder))
  } finally {
    // What is left half read must let go of its file before it is read again.
    for (const arm of ARMS) await readings[arm].return?.(undefined)
  }
}

async function* match(readings: Readings, matcher: Matcher): AsyncGenerator<Case[]> {
  const taken = { baseline: 0, tuned: 0 }
  const done = { baseline: false, tuned: false }
  while (!done.baseline || !done.tuned) {
    const arm = done.tuned || (!done.baseline && taken.baseline <= taken.tuned) ? 'baseline' : 'tuned'
    const next = await readings[arm].next()
    if (next.done) {
      done[arm] = true
      continue
    }
    taken[arm] += next.value.length
    yield matcher.accept(arm, next.value)
  }
  yield matcher.end()
}

export class Matcher {
  private readonly builder: CaseBuilder
  private readonly open: Record<Arm, Run | null> = { baseline: null, tuned: null }
  private readonly waiting = { baseline: new Map<string, Run>(), tuned: new Map<string, Run>() }
  private waitingBytes = 0
  private readonly finished = new DigestSet()

  constructor(builder: CaseBuilder) {
    this.builder = builder
  }

  accept(arm: Arm, readings: readonly Reading[]): Case[] {
    const cases: Case[] = []
    for (const reading of readings) {
      const run = this.open[arm]
      if (run !== null && run.key === reading.key) {
        run.readings.push(reading)
        continue
      }
      this.close(arm, cases)
      this.begin(arm, reading)
    }
    return cases
  }

  /** Cases that were paired elsewhere, by their digests' first two words. Throws NotAligned for one that was seen here. */
  paired(digests: Uint32Array): void {
    const held = new Set(this.held().map((digest) => keyOf(digest[0], digest[1])))
    for (let i = 0; i < digests.length; i += 2) {
      const digest = [digests[i]!, digests[i + 1]!, 0, 0] as const
      if (this.finished.has(digest) || held.has(keyOf(digest[0], digest[1]))) throw new NotAligned()
      this.finished.add(digest)
    }
  }

  end(): Case[] {
    const cases: Case[] = []
    for (const arm of ARMS) this.close(arm, cases)
    for (const arm of ARMS) {
      for (const { readings } of this.waiting[arm].values()) {
        cases.push(this.builder.build({ baseline: [], tuned: [], [arm]: readings }))
      }
    }
    return cases
  }

  /** Digests of what is not yet paired. */
  private held(): readonly Digest[] {
    const waiting = ARMS.flatMap((arm) => [
      ...this.waiting[arm].values(),
      ...[this.open[arm]].flatMap((run) => run ?? []),
    ])
    return waiting.map(({ key, digest }) => digest ?? murmur128(key))
  }

  /** A key that waits in the other arm is not finished; only the first arm to show a key needs to hash it. */
  private begin(arm: Arm, reading: Reading): void {
    const { key } = reading
    const digest = this.waiting[OTHER[arm]].has(key) ? null : murmur128(key)
    if (this.waiting[arm].has(key) || (digest !== null && this.finished.has(digest))) throw new NotAligned()
    this.open[arm] = { key, digest, readings: [reading] }
  }

  private close(arm: Arm, cases: Case[]): void {
    const run = this.open[arm]
    if (run === null) return
    this.open[arm] = null
    const partner = this.waiting[OTHER[arm]].get(run.key)
    if (partner === undefined) {
      this.waiting[arm].set(run.key, run)
      this.waitingBytes += bytesOf(run.readings)
      if (this.waitingBytes > MAX_WAITING_BYTES) throw new NotAligned()
      return
    }
    this.waiting[OTHER[arm]].delete(run.key)
    this.waitingBytes -= bytesOf(partner.readings)
    this.finished.add(run.digest ?? partner.digest ?? murmur128(run.key))
    const [baseline, tuned] = arm === 'baseline' ? [run, partner] : [partner, run]
    cases.push(this.builder.build({ baseline: baseline.readings, tuned: tuned.readings }))
  }
}

function keyOf(high: number, low: number): number {
  return high * 2 ** 21 + (low >>> 11)
}

function bytesOf(readings: readonly Reading[]): number {
  let bytes = 0
  for (const { span } of readings) bytes += span.bytes
  return bytes
}
