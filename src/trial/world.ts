import { ONCE } from '../audit/buckets.js'
import { CaseSample } from '../audit/case-sample.js'
import type { Row } from '../audit/cells.js'
import { Census } from '../audit/census.js'
import type { Observed, ObservedTask } from '../audit/observation.js'
import { emptyTally, type TaskTally } from '../audit/tally.js'
import type { SampledCase } from '../audit/waiting-case.js'
import type { Collector, Planted } from './collector.js'
import type { Delta } from './recording.js'
import type { Part, Unit } from './units.js'

/** Which units have their arms exchanged: 1 for those that do, by the unit's number. */
export type Signs = Uint8Array

/** What is planted where: by number of the planted case the fault in it. */
export type Planting = ReadonlyMap<number, Planted>

export const NOTHING_PLANTED: Planting = new Map()

interface Exchange extends Delta {
  readonly unit: number
  readonly bucket: number
}

interface SampledEntry {
  readonly own: SampledCase
  readonly unit: number
  readonly exchanged: unknown
  /** Number of the case among the planted ones; null where it is not one of them. */
  readonly planted: number | null
}

/** Of one task and detector. */
interface TallyParts {
  readonly number: number
  readonly task: string
  readonly detector: string
  readonly tally: TaskTally
  readonly exchanges: readonly Exchange[]
  readonly sampled: readonly SampledEntry[]
}

/**
 * The user's cases, of which any number of data sets can be made: each the same cases with the arms of some units
 * exchanged and faults planted in some cases. Rows are whole numbers, so that adding what changes gives the very rows
 * that observing the changed cases would.
 */
export class World {
  readonly units: readonly Unit[]
  readonly collector: Collector
  private readonly parts: readonly TallyParts[]
  private readonly unitOfCase: Int32Array
  private readonly symmetric: Census

  constructor(collector: Collector) {
    this.collector = collector
    this.units = collector.units.units()
    this.symmetric = collector.units.symmetricCensus()
    const numbers = new Map(this.units.map(({ key }, i) => [key, i]))
    const unitOf = (cluster: number) => numbers.get(collector.units.keyOf(cluster))!
    this.unitOfCase = Int32Array.from(collector.plantedCases, ({ cluster }) => unitOf(cluster))
    this.parts = tallyParts(collector, this.units, unitOf)
  }

  /** The data set, as far as the given detectors look at it. */
  observed(signs: Signs, planting: Planting, detectors: ReadonlySet<string>): Observed {
    const { observation } = this.collector
    const made = new Map<string, Map<string, TaskTally>>()
    const planted = this.plantedParts(signs, planting)
    for (const parts of this.parts) {
      if (!detectors.has(parts.detector)) continue
      const tallies = made.get(parts.task) ?? new Map<string, TaskTally>()
      tallies.set(parts.detector, this.tally(parts, signs, planting, planted.get(parts.number) ?? []))
      made.set(parts.task, tallies)
    }
    const tasks = observation
      .observed()
      .map(([task, own]): [string, ObservedTask] => [task, { ...own, tallies: made.get(task) ?? new Map() }])
    return { census: this.census(signs), crashed: observation.crashed, observed: () => tasks, slices: null }
  }

  /** Detectors that a fault in any of the cases would touch. */
  touched(planted: readonly Planted[]): ReadonlySet<string> {
    const numbers = new Set<number>()
    for (const { parts, features } of planted) {
      for (const side of parts) for (const { tally } of side) numbers.add(tally)
      for (const side of features) for (const tally of side.keys()) numbers.add(tally)
    }
    return new Set(this.parts.filter(({ number }) => numbers.has(number)).map(({ detector }) => detector))
  }

  private census(signs: Signs): Census {
    const census = new Census()
    census.merge(this.symmetric)
    this.units.forEach((unit, i) => {
      if (unit.census !== null) census.merge(unit.census, signs[i] === 1 ? 'exchanged' : 'as-they-are')
    })
    return census
  }

  private tally(parts: TallyParts, signs: Signs, planting: Planting, planted: readonly Part[]): TaskTally {
    const tally = emptyTally(parts.tally, this.sample(parts, signs, planting))
    tally.lost.merge(parts.tally.lost)
    for (const [bucket, row] of parts.tally.rows) tally.rows.set(bucket, row.copy())
    for (const exchange of parts.exchanges) if (signs[exchange.unit] === 1) addTo(tally, exchange.bucket, exchange)
    for (const part of planted) addTo(tally, part.bucket, part)
    return tally
  }

  /** By number of the tally. */
  private plantedParts(signs: Signs, planting: Planting): ReadonlyMap<number, readonly Part[]> {
    const byTally = new Map<number, Part[]>()
    for (const [number, { parts }] of planting) {
      for (const part of parts[signs[this.unitOfCase[number]!] as 0 | 1]) {
        const known = byTally.get(part.tally)
        if (known === undefined) byTally.set(part.tally, [part])
        else known.push(part)
      }
    }
    return byTally
  }

  private sample({ number, sampled }: TallyParts, signs: Signs, planting: Planting): CaseSample {
    const sample = new CaseSample()
    for (const { own, unit, exchanged, planted } of sampled) {
      const side = signs[unit] as 0 | 1
      const changed = planted === null ? undefined : planting.get(planted)?.features[side]
      const features = changed?.has(number) ? changed.get(number) : side === 1 ? exchanged : own.features
      sample.add({ ...own, features, examples: [] })
    }
    return sample
  }
}

function addTo(tally: TaskTally, bucket: number, { cells, values }: Delta): void {
  const { once } = tally.layout
  let own: Row | null = null
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!
    if (cell >= once) tally.row(ONCE).add(cell, values[i]!)
    else {
      own ??= tally.row(bucket)
      own.add(cell, values[i]!)
    }
  }
}

function tallyParts(collector: Collector, units: readonly Unit[], unitOf: (cluster: number) => number): TallyParts[] {
  const exchanges = new Map<number, Exchange[]>()
  units.forEach(({ parts }, unit) => {
    for (const { tally, bucket, cells, values } of parts) {
      const known = exchanges.get(tally) ?? []
      known.push({ unit, bucket, cells, values })
      exchanges.set(tally, known)
    }
  })
  const planted = new Map(collector.plantedCases.map(({ task, id }, i) => [`${task}\u0000${id}`, i]))
  return collector.observation.observed().flatMap(([task, { tallies }]) =>
    [...tallies].map(([detector, tally]): TallyParts => {
      const number = collector.tallyOf(task, detector)
      const sampled = tally.sample.cases.map((own) => {
        const { features: exchanged, cluster } = collector.exchangedOf(number, own)
        return { own, unit: unitOf(cluster), exchanged, planted: planted.get(`${task}\u0000${own.id}`) ?? null }
      })
      return { number, task, detector, tally, exchanges: exchanges.get(number) ?? [], sampled }
    }),
  )
}
