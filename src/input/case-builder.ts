import type { ArmCaseName, Case, CaseName } from '../domain/case.js'
import type { Codec } from '../domain/codec/codec.js'
import { smallestOf } from '../domain/codec/collections.js'
import { arm, armCaseName, caseName, place } from '../domain/codec/names.js'
import { stateOf } from '../domain/codec/state.js'
import { natural, pair, perArm, record, text } from '../domain/codec/values.js'
import { murmur128 } from '../domain/hash.js'
import { byCodeUnit, Smallest } from '../domain/order.js'
import type { PairingPolicy } from '../domain/policy.js'
import { ARMS, type Arm, type PerArm, type Place, type Sample } from '../domain/record.js'
import type { Listed, Pairing } from '../domain/report.js'
import { joinParts } from './parts.js'
import type { Reading } from './reading.js'

/** The seed of the hash that chooses which surplus samples are left out. */
const SURPLUS_SEED = 1

const LISTED = 5

/** Puts readings of one key together into a case, and keeps the list of what does not fit. */
export class CaseBuilder {
  readonly ledger = new Ledger()
  private readonly policy: PairingPolicy

  constructor(policy: PairingPolicy) {
    this.policy = policy
  }

  /** A case of one arm alone has no `baseline` and no `tuned` samples to compare; `all` holds what there is. */
  build(given: PerArm<readonly Reading[]>): Case {
    const first = (given.baseline[0] ?? given.tuned[0])!
    const readings = { baseline: this.joined('baseline', given.baseline), tuned: this.joined('tuned', given.tuned) }
    const all = { baseline: this.samples('baseline', readings.baseline), tuned: this.samples('tuned', readings.tuned) }
    const count = Math.min(all.baseline.length, all.tuned.length)
    if (count === 0) this.ledger.unpaired(readings.baseline.length > 0 ? 'baseline' : 'tuned', first)
    else this.ledger.paired(first, readings, all)
    return {
      id: first.id,
      task: first.task,
      cluster: clusterOf(readings),
      tags: tagsOf(readings),
      domain: domainOf(readings),
      baseline: withoutSurplus(first.key, all.baseline, count),
      tuned: withoutSurplus(first.key, all.tuned, count),
      all,
    }
  }

  private joined(arm: Arm, readings: readonly Reading[]): readonly Reading[] {
    const { whole, incomplete } = joinParts(readings)
    if (incomplete > 0) this.ledger.incomplete(arm, readings[0]!)
    return whole
  }

  private samples(arm: Arm, readings: readonly Reading[]): Sample[] {
    const samples = this.policy.repeats ? numbered(readings) : readings.map((reading) => reading.sample)
    if (samples.length < 2) return samples
    samples.sort((a, b) => a.number - b.number)
    const repeats = samples.filter((sample, i) => sample.number === samples[i - 1]?.number)
    if (repeats.length === 0) return samples
    const second = repeats[0]!
    this.ledger.duplicate(arm, readings[0]!, [samples[samples.indexOf(second) - 1]!, second], repeats.length)
    return samples.filter((sample, i) => sample.number !== samples[i - 1]?.number)
  }
}

/** The baseline's cluster: a tuned log must not be able to regroup the cases. Only where it has none, the tuned arm's. */
function clusterOf({ baseline, tuned }: PerArm<readonly Reading[]>): string | null {
  return smallest(baseline, 'cluster') ?? smallest(tuned, 'cluster')
}

/** The smallest that any record names, so that the order of records does not matter. */
function smallest(readings: readonly Reading[], field: 'cluster' | 'domain'): string | null {
  let found: string | null = null
  for (const { [field]: name } of readings) {
    if (name !== null && (found === null || name < found)) found = name
  }
  return found
}

/** The baseline's, as with clusters. */
function tagsOf({ baseline, tuned }: PerArm<readonly Reading[]>): readonly string[] {
  const own = baseline.some(({ tags }) => tags.length > 0) ? baseline : tuned
  const tags = new Set(own.flatMap((reading) => reading.tags))
  return tags.size < 2 ? [...tags] : [...tags].sort(byCodeUnit)
}

function domainOf({ baseline, tuned }: PerArm<readonly Reading[]>): string | null {
  return smallest(baseline, 'domain') ?? smallest(tuned, 'domain')
}

/** Numbers repeats that carry none by the hash of their line, from the smallest number that is free. */
function numbered(readings: readonly Reading[]): Sample[] {
  const taken = new Set(readings.map((reading) => reading.number))
  let next = 0
  const ordered = readings.toSorted((a, b) => byCodeUnit(a.order, b.order))
  return ordered.map((reading) => {
    if (reading.number !== null) return { ...reading.sample, number: reading.number }
    while (taken.has(next)) next++
    return { ...reading.sample, number: next++ }
  })
}

function withoutSurplus(key: string, samples: readonly Sample[], count: number): readonly Sample[] {
  if (samples.length === count) return samples
  const ranked = samples.map((sample) => ({ sample, rank: murmur128(`${key}\u0000${sample.number}`, SURPLUS_SEED)[0] }))
  ranked.sort((a, b) => a.rank - b.rank || a.sample.number - b.sample.number)
  return ranked
    .slice(0, count)
    .map(({ sample }) => sample)
    .sort((a, b) => a.number - b.number)
}

const byName = (a: CaseName, b: CaseName) => byCodeUnit(a.task, b.task) || byCodeUnit(a.id, b.id)
const byArmName = (a: ArmCaseName, b: ArmCaseName) => byName(a, b) || byCodeUnit(a.arm, b.arm)

/** Two records that claim the same sample. */
export interface Duplicate extends ArmCaseName {
  readonly sample: number
  readonly places: readonly [Place, Place]
}

class Tracked<Name> {
  count = 0
  private readonly first: Smallest<Name>

  constructor(compare: (a: Name, b: Name) => number) {
    this.first = new Smallest(LISTED, compare)
  }

  add(name: Name, count = 1): void {
    this.count += count
    this.first.add(name)
  }

  merge(other: Tracked<Name>): void {
    this.count += other.count
    this.first.merge(other.first)
  }

  listed(): Listed<Name> {
    return { count: this.count, first: this.first.items }
  }
}

/** What pairing found: counts and the smallest names, the same for any order of records and any split into shards. */
export class Ledger {
  cases = 0
  /** Of them, how many have the same outputs in both arms, and a prompt in both. */
  identical = 0
  withPrompts = 0
  readonly surplus = { baseline: 0, tuned: 0 }
  readonly only = { baseline: new Tracked(byName), tuned: new Tracked(byName) }
  private readonly promptMismatches = new Tracked(byName)
  private readonly duplicates = new Tracked<Duplicate>(byArmName)
  private readonly withoutOutput = new Tracked(byArmName)
  private readonly errors = new Tracked(byArmName)
  private readonly empty = new Tracked(byArmName)

  /** A case of which a log speaks and holds no output. */
  incomplete(arm: Arm, { task, id }: Reading): void {
    this.withoutOutput.add({ task, id, arm })
  }

  firstIncomplete(): Listed<ArmCaseName> {
    return this.withoutOutput.listed()
  }

  unpaired(arm: Arm, { task, id }: Reading): void {
    this.only[arm].add({ task, id })
  }

  paired({ task, id }: Reading, readings: PerArm<readonly Reading[]>, all: PerArm<readonly Sample[]>): void {
    this.cases++
    if (!samePrompt(readings)) this.promptMismatches.add({ task, id })
    if (ARMS.every((arm) => readings[arm].some(({ prompt }) => prompt !== null))) this.withPrompts++
    if (sameOutputs(readings)) this.identical++
    const surplus = all.baseline.length - all.tuned.length
    if (surplus !== 0) this.surplus[surplus > 0 ? 'baseline' : 'tuned'] += Math.abs(surplus)
    for (const arm of ARMS) {
      const failed = { error: 0, empty: 0 }
      for (const { sample } of readings[arm]) if (sample.failed !== null) failed[sample.failed]++
      if (failed.error > 0) this.errors.add({ task, id, arm }, failed.error)
      if (failed.empty > 0) this.empty.add({ task, id, arm }, failed.empty)
    }
  }

  /** `pair` is the first of `count` repeats of sample numbers within one case and arm. */
  duplicate(arm: Arm, { task, id }: Reading, [one, two]: readonly [Sample, Sample], count: number): void {
    const places: [Place, Place] = one.place.line <= two.place.line ? [one.place, two.place] : [two.place, one.place]
    this.duplicates.add({ arm, task, id, sample: one.number, places }, count)
  }

  firstDuplicate(): Duplicate | null {
    return this.duplicates.listed().first[0] ?? null
  }

  merge(other: Ledger): void {
    this.cases += other.cases
    this.identical += other.identical
    this.withPrompts += other.withPrompts
    for (const arm of ARMS) {
      this.surplus[arm] += other.surplus[arm]
      this.only[arm].merge(other.only[arm])
    }
    this.promptMismatches.merge(other.promptMismatches)
    this.duplicates.merge(other.duplicates)
    this.withoutOutput.merge(other.withoutOutput)
    this.errors.merge(other.errors)
    this.empty.merge(other.empty)
  }

  pairing(): Pairing {
    return {
      cases: this.cases,
      identical: this.identical,
      onlyBaseline: this.only.baseline.listed(),
      onlyTuned: this.only.tuned.listed(),
      promptMismatches: this.promptMismatches.listed(),
      duplicates: {
        count: this.duplicates.count,
        first: this.duplicates.listed().first.map(({ arm, task, id }) => ({ arm, task, id })),
      },
      errors: this.errors.listed(),
      empty: this.empty.listed(),
    }
  }
}

/** Whether both arms say the same with the same confidence; repeats in any order, since their numbers may be made up. */
function sameOutputs({ baseline, tuned }: PerArm<readonly Reading[]>): boolean {
  if (baseline.length !== tuned.length) return false
  if (baseline.every((reading, i) => compareSaid(reading, tuned[i]!) === 0)) return true
  if (baseline.length === 1) return false
  const after = tuned.toSorted(compareSaid)
  return baseline.toSorted(compareSaid).every((reading, i) => compareSaid(reading, after[i]!) === 0)
}

/** A model that another adapter changed writes other text, or the same with another confidence. */
function compareSaid({ sample: a }: Reading, { sample: b }: Reading): number {
  return (
    byCodeUnit(a.output, b.output) ||
    byCodeUnit(a.failed ?? '', b.failed ?? '') ||
    (a.confidence ?? -1) - (b.confidence ?? -1)
  )
}

function samePrompt(readings: PerArm<readonly Reading[]>): boolean {
  let prompt: string | null = null
  for (const arm of ARMS) {
    for (const reading of readings[arm]) {
      if (reading.prompt === null) continue
      prompt ??= reading.prompt
      if (reading.prompt !== prompt) return false
    }
  }
  return true
}

function trackedCodec<Name>(compare: (a: Name, b: Name) => number, name: Codec<Name>): Codec<Tracked<Name>> {
  return stateOf(() => new Tracked(compare), {
    count: natural,
    first: smallestOf(() => new Smallest(LISTED, compare), name),
  })
}

const trackedArms = trackedCodec(byArmName, armCaseName)

export const ledgerCodec = stateOf(() => new Ledger(), {
  cases: natural,
  identical: natural,
  withPrompts: natural,
  surplus: perArm(natural),
  only: perArm(trackedCodec(byName, caseName)),
  promptMismatches: trackedCodec(byName, caseName),
  duplicates: trackedCodec(
    byArmName,
    record<Duplicate>({ arm, task: text, id: text, sample: natural, places: pair(place, place) }),
  ),
  withoutOutput: trackedArms,
  errors: trackedArms,
  empty: trackedArms,
})
