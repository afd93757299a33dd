import { type Observation, type Prepare, placeOf } from '../audit/observation.js'
import type { CasePlace } from '../audit/tally.js'
import type { Case } from '../domain/case.js'
import { DetectorCrash } from '../domain/crash.js'
import type { AnyDetector, Prepared } from '../domain/detector.js'
import { Smallest } from '../domain/order.js'
import type { TaskPolicy } from '../domain/policy.js'
import { exchanged } from './case-variants.js'
import type { Plant } from './faults/fault.js'
import { deltaBetween, type Recording, recordingOf } from './recording.js'
import { type Part, Units } from './units.js'

/** Cases in which faults are planted: those with the smallest hashes. */
export const MOST_PLANTED = 2_048

/** By orientation: the arms as they are, and exchanged. */
export type Both<T> = readonly [asTheyAre: T, exchanged: T]

/** What planting a fault in a case changes. */
export interface Planted {
  readonly parts: Both<readonly Part[]>
  /** What a detector keeps of the case, where it changes, by number of the tally. */
  readonly features: Both<ReadonlyMap<number, unknown>>
}

export interface PlantedCase {
  readonly hash: number
  readonly cluster: number
  readonly task: string
  readonly id: string
  /** In the order of the plants; null where the case cannot carry it. */
  readonly plants: readonly (Planted | null)[]
}

interface Sampled {
  readonly features: unknown
  readonly cluster: number
}

export interface CollectorContext {
  readonly detectors: readonly AnyDetector[]
  readonly policyOf: (task: string) => TaskPolicy
  readonly prepare: Prepare
  readonly plants: readonly Plant[]
  /** What the cases are counted into as they are. */
  readonly observation: Observation
}

/** While cases are counted, keeps what exchanging their arms, and planting faults in them, would change. */
export class Collector {
  readonly observation: Observation
  readonly units = new Units()
  readonly plants: readonly Plant[]
  /** Cases seen that both arms have. */
  cases = 0
  private readonly context: CollectorContext
  private readonly numbers = new Map<string, number>()
  private readonly kept = new Smallest<PlantedCase>(MOST_PLANTED, (a, b) => a.hash - b.hash || (a.id < b.id ? -1 : 1))
  private readonly turned = new Map<string, Sampled>()

  constructor(context: CollectorContext) {
    this.context = context
    this.observation = context.observation
    this.plants = context.plants
  }

  /** Of a case that the observation has counted. Throws DetectorCrash. */
  async add(case_: Case): Promise<void> {
    const place = placeOf(case_)
    if (case_.baseline.length === 0) {
      this.units.addAlone(case_)
      return
    }
    this.cases++
    const straight = this.record(case_, place)
    const turned = this.record(exchanged(case_), place)
    for (const [tally, { features }] of turned) {
      if (features !== null) this.turned.set(sampleKey(tally, case_), { features, cluster: place.cluster })
    }
    this.units.add(place.cluster, case_, partsBetween(straight, turned, place))
    await this.plant(case_, place, [straight, turned])
  }

  get plantedCases(): readonly PlantedCase[] {
    return this.kept.items
  }

  /** Number of a task and detector. */
  tallyOf(task: string, detector: string): number {
    const key = `${detector}\u0000${task}`
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    this.numbers.set(key, this.numbers.size)
    return this.numbers.size - 1
  }

  /** What a detector keeps of a sampled case when its arms are exchanged, and the hash of the case's cluster. */
  exchangedOf(tally: number, case_: Pick<Case, 'id'>): Sampled {
    return this.turned.get(sampleKey(tally, case_))!
  }

  private async plant(case_: Case, place: CasePlace, recorded: Both<Recordings>): Promise<void> {
    const last = this.kept.items[MOST_PLANTED - 1]
    if (this.plants.length === 0 || (last !== undefined && place.sampleHash > last.hash)) return
    const plants: (Planted | null)[] = []
    for (const plant of this.plants) {
      const own = await plant.plant(case_)
      const other = own === null ? null : await plant.plant(exchanged(case_))
      plants.push(own === null || other === null ? null : this.planted(place, recorded, [own, other]))
    }
    this.kept.add({ hash: place.sampleHash, cluster: place.cluster, task: case_.task, id: case_.id, plants })
  }

  private planted(place: CasePlace, recorded: Both<Recordings>, [own, other]: Both<Case>): Planted {
    const after: Both<Recordings> = [this.record(own, place), this.record(other, place)]
    return {
      parts: [partsBetween(recorded[0], after[0], place), partsBetween(recorded[1], after[1], place)],
      features: [changedFeatures(recorded[0], after[0]), changedFeatures(recorded[1], after[1])],
    }
  }

  /** By number of the tally. */
  private record(case_: Case, place: CasePlace): Recordings {
    const recordings = new Map<number, Recording>()
    for (const [detector, prepared, sampled] of this.detectorsOf(case_, place)) {
      recordings.set(
        this.tallyOf(case_.task, detector),
        recordedBy(detector, () => recordingOf(prepared, case_, sampled)),
      )
    }
    return recordings
  }

  private *detectorsOf(
    { task }: Case,
    place: CasePlace,
  ): Iterable<[detector: string, prepared: Prepared, sampled: boolean]> {
    const { detectors, policyOf, prepare, observation } = this.context
    for (const detector of detectors) {
      const prepared = prepare(detector, policyOf(task))
      if (prepared !== null) yield [detector.id, prepared, observation.samples(task, detector.id, place.sampleHash)]
    }
  }
}

/** Throws DetectorCrash. */
function recordedBy(detector: string, record: () => Recording): Recording {
  try {
    return record()
  } catch (error) {
    throw new DetectorCrash(detector, error)
  }
}

type Recordings = ReadonlyMap<number, Recording>

function sampleKey(tally: number, { id }: Pick<Case, 'id'>): string {
  return `${tally} ${id}`
}

function partsBetween(from: Recordings, to: Recordings, { bucket }: CasePlace): Part[] {
  return [...to].flatMap(([tally, recording]) => {
    const delta = deltaBetween(from.get(tally)!, recording)
    return delta.cells.length === 0 ? [] : [{ tally, bucket, ...delta }]
  })
}

function changedFeatures(from: Recordings, to: Recordings): Map<number, unknown> {
  const changed = [...to].flatMap(([tally, { features }]): [number, unknown][] =>
    isSame(features, from.get(tally)!.features) ? [] : [[tally, features]],
  )
  return new Map(changed)
}

/** Of plain data, flat arrays of numbers among them. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (a instanceof Uint32Array && b instanceof Uint32Array)
    return a.length === b.length && a.every((value, i) => value === b[i])
  const [left, right] = [Object.entries(a), Object.entries(b)]
  return (
    left.length === right.length && left.every(([key, own], i) => right[i]![0] === key && isSame(own, right[i]![1]))
  )
}
