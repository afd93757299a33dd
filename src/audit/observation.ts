import type { Case } from '../domain/case.js'
import type { Codec } from '../domain/codec/codec.js'
import { mapBy, mapOf } from '../domain/codec/collections.js'
import { fixed, stateOf } from '../domain/codec/state.js'
import { malformed, natural, pair, record, text } from '../domain/codec/values.js'
import type { AnyDetector, Prepared } from '../domain/detector.js'
import { type Digest, murmur128 } from '../domain/hash.js'
import { byCodeUnit } from '../domain/order.js'
import type { TaskPolicy } from '../domain/policy.js'
import type { Portrait } from '../domain/slice.js'
import { BUCKETS } from './buckets.js'
import { Census, censusCodec } from './census.js'
import { Clusters, clustersCodec } from './clusters.js'
import { Likeness, likenessCodec } from './likeness.js'
import type { SampleHashes, SampleReach } from './sample-reach.js'
import { Settings, settingsCodec } from './settings.js'
import { isSliced, SlicedColumns } from './slices/searched.js'
import type { Slice } from './slices/slice.js'
import { Slices, slicesCodec } from './slices/slices.js'
import { type CasePlace, type CaseSlices, CaseTally, LostCaseTally, TaskTally, taskTallyCodec } from './tally.js'

export interface ObservedTask {
  /** Paired cases. */
  cases: number
  readonly clusters: Clusters
  /** By detector id. */
  readonly tallies: Map<string, TaskTally>
  /** By detector id, what slices count of it; none for a detector that they do not ask. */
  readonly sliced: ReadonlyMap<string, SlicedColumns>
}

/** What is known of a case beside its outputs. */
export type Portray = (case_: Case) => Portrait

/** What was counted, as it is evaluated. */
export interface Observed {
  readonly census: Census
  /** One error of each detector that threw. */
  readonly crashed: ReadonlyMap<string, unknown>
  /** Tasks with at least one paired case, by code unit. */
  observed(): readonly (readonly [string, ObservedTask])[]
  /** Null where none are searched. */
  readonly slices: Slices | null
}

export type Prepare = (detector: AnyDetector, policy: TaskPolicy) => Prepared | null

const crashCodec: Codec<unknown> = {
  write: (error) => [messageOf(error), (error instanceof Error ? error.stack : null) ?? ''],
  read: (json) => {
    const [message, stack] = pair(text, text).read(json)
    return Object.assign(new Error(message), { stack })
  },
}

/**
 * Everything that was counted over the cases seen so far. Observations of any split of the cases merge into the same
 * one, cell by cell.
 */
export class Observation implements Observed {
  readonly census = new Census()
  readonly settings = new Settings()
  /** Of the errors of a detector the one whose message comes first: the same in any order of the cases. */
  readonly crashed = new Map<string, unknown>()
  readonly slices = new Slices()
  readonly likeness = new Likeness()
  private readonly tasks = new Map<string, ObservedTask>()
  private readonly detectors: readonly AnyDetector[]
  private readonly policyOf: (task: string) => TaskPolicy
  private readonly columns = new Map<string, SlicedColumns | null>()
  private readonly prepare: Prepare
  private readonly portray: Portray | null

  /** Without `portray` no slices are searched and no likeness is looked for. */
  constructor(
    detectors: readonly AnyDetector[],
    policyOf: (task: string) => TaskPolicy,
    prepare = preparing(),
    portray: Portray | null = null,
  ) {
    this.detectors = detectors
    this.policyOf = policyOf
    this.prepare = prepare
    this.portray = portray
  }

  /**
   * Counts one case. One that the tuned arm lost stands in worst-case readings alone; one that only the tuned arm has is
   * seen by the census only, since it is none of the baseline's cases.
   */
  observe(case_: Case): void {
    this.census.add(case_)
    this.settings.add(case_)
    if (case_.all.baseline.length === 0) return
    const place = placeOf(case_)
    const task = this.task(case_.task)
    if (case_.baseline.length === 0) {
      this.observeLost(case_, task, place)
      return
    }
    task.cases++
    const cluster = case_.cluster === null ? null : clusterDigest(case_)
    task.clusters.add(cluster)
    const slices = this.slicesOf(case_, cluster)
    for (const [id, tally] of task.tallies) {
      const columns = task.sliced.get(id)
      const sliced: CaseSlices | undefined =
        columns === undefined
          ? undefined
          : { tallies: slices.map((slice) => slice.tally(columns)), cells: columns.cells }
      this.guard(id, () => tally.prepared.observe(case_, new CaseTally(tally, case_, place, sliced)))
    }
  }

  /** What is sampled so far, for `reachesOf`. */
  sampled(): SampleHashes[] {
    return [...this.tasks].flatMap(([task, { tallies }]) =>
      [...tallies].map(([detector, { sample, lost }]) => ({ task, detector, kept: sample.hashes, lost: lost.hashes })),
    )
  }

  /** Lets go of what other parts of the cases push out of the samples, and samples no more of it. */
  keepUpTo(reaches: readonly SampleReach[]): void {
    for (const { task, detector, kept, lost } of reaches) {
      const tally = this.tasks.get(task)?.tallies.get(detector)
      tally?.sample.keepUpTo(kept)
      tally?.lost.keepUpTo(lost)
    }
  }

  /** Makes what is kept of sampled cases, once all were observed. */
  settle(): void {
    for (const { tallies } of this.tasks.values())
      for (const [id, tally] of tallies) this.guard(id, () => tally.settle())
  }

  /** How each field is written; tasks come before the slices, whose columns they make known. */
  static readonly state = {
    census: censusCodec,
    settings: settingsCodec,
    crashed: mapOf(text, crashCodec),
    likeness: likenessCodec,
    tasks: (own: Observation) => mapBy(text, (name: string) => own.taskCodec(name)),
    slices: (own: Observation) => slicesCodec((variant) => own.columns.get(variant) ?? null),
    columns: fixed,
    detectors: fixed,
    policyOf: fixed,
    prepare: fixed,
    portray: fixed,
  } as const

  private taskCodec(name: string): Codec<ObservedTask> {
    const empty = this.empty(name)
    const tally = (id: string): Codec<TaskTally> => {
      const own = empty.tallies.get(id)
      return own === undefined ? malformed('a detector that is off') : taskTallyCodec(own.prepared, own.layout)
    }
    const counted = record<Omit<ObservedTask, 'sliced'>>({
      cases: natural,
      clusters: clustersCodec,
      tallies: mapBy(text, tally),
    })
    return {
      write: (task) => counted.write(task),
      read: (json) => {
        const task = counted.read(json)
        if (task.tallies.size < empty.tallies.size) return malformed('a detector is missing')
        return { ...task, sliced: empty.sliced }
      },
    }
  }

  private slicesOf(case_: Case, cluster: Digest | null): readonly Slice[] {
    if (this.portray === null) return []
    const portrait = this.portray(case_)
    this.likeness.add(case_, portrait.prompt)
    return this.slices.add(portrait.facets, cluster)
  }

  merge(other: Observation): void {
    this.census.merge(other.census)
    this.settings.merge(other.settings)
    this.slices.merge(other.slices)
    this.likeness.merge(other.likeness)
    for (const [id, error] of other.crashed) this.crash(id, error)
    for (const [name, task] of other.tasks) {
      const into = this.task(name)
      into.cases += task.cases
      into.clusters.merge(task.clusters)
      for (const [id, tally] of task.tallies) into.tallies.get(id)!.merge(tally)
    }
  }

  /**
   * Observations that merge into this one: a task each, let go of as it is given out, then what is left. Tasks stay by name,
   * since what slices count is read by their detectors.
   */
  *parts(): Generator<Observation> {
    for (const [name, task] of this.tasks) {
      const part = new Observation(this.detectors, this.policyOf, this.prepare, this.portray)
      part.tasks.set(name, task)
      this.tasks.set(name, this.empty(name))
      yield part
    }
    yield this
  }

  /** Tasks with at least one paired case, by code unit. */
  observed(): readonly (readonly [string, ObservedTask])[] {
    return [...this.tasks].filter(([, { cases }]) => cases > 0).sort(([a], [b]) => byCodeUnit(a, b))
  }

  /** Whether a detector's sample of a task holds, or would take, a case with this hash. */
  samples(task: string, detector: string, sampleHash: number): boolean {
    return this.tasks.get(task)?.tallies.get(detector)?.sample.wants(sampleHash) ?? false
  }

  private observeLost({ task: name, id: caseId, all }: Case, task: ObservedTask, place: CasePlace): void {
    const lost = { task: name, id: caseId, samples: all.baseline }
    for (const [id, tally] of task.tallies) {
      this.guard(id, () => tally.prepared.observeLost?.(lost, new LostCaseTally(tally, lost, place)))
    }
  }

  /** What a detector that throws counted is not read; it goes on only for its errors. */
  private guard(id: string, observe: () => void): void {
    try {
      observe()
    } catch (error) {
      this.crash(id, error)
    }
  }

  private crash(id: string, error: unknown): void {
    const known = this.crashed.get(id)
    if (known === undefined || messageOf(error) < messageOf(known)) this.crashed.set(id, error)
  }

  private task(name: string): ObservedTask {
    const known = this.tasks.get(name)
    if (known !== undefined) return known
    const fresh = this.empty(name)
    this.tasks.set(name, fresh)
    this.shrinkSamples()
    return fresh
  }

  /** A task of this name with nothing counted yet, which is not one of the tasks. */
  private empty(name: string): ObservedTask {
    const tallies = new Map<string, TaskTally>()
    const sliced = new Map<string, SlicedColumns>()
    const policy = this.policyOf(name)
    for (const detector of this.detectors) {
      const prepared = this.prepare(detector, policy)
      if (prepared === null) continue
      tallies.set(detector.id, new TaskTally(prepared))
      const columns = this.slicedColumns(variantOf(detector, policy), prepared)
      if (columns !== null) sliced.set(detector.id, columns)
    }
    return { cases: 0, clusters: new Clusters(), tallies, sliced }
  }

  /** Once per variant; null where nothing of it can be asked of slices. */
  private slicedColumns(variant: string, prepared: Prepared): SlicedColumns | null {
    const known = this.columns.get(variant)
    if (known !== undefined) return known
    const fresh = prepared.measures.some(isSliced) ? new SlicedColumns(variant, prepared) : null
    this.columns.set(variant, fresh)
    return fresh
  }

  private shrinkSamples(): void {
    const { size } = this.tasks
    for (const { tallies } of this.tasks.values())
      for (const [id, tally] of tallies) this.guard(id, () => tally.shrinkSamples(size))
  }
}

/** `make` gives an empty one for the same detectors and the same policy. */
export function observationCodec(make: () => Observation): Codec<Observation> {
  return stateOf(make, Observation.state)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** What a detector counts for, which tasks of the same options share: the same in every shard. */
function variantOf({ id }: AnyDetector, { detectors }: TaskPolicy): string {
  return JSON.stringify([id, detectors[id]?.options])
}

/** The same for both arms, and however the arms are exchanged. */
export function placeOf(case_: Case): CasePlace {
  const own = murmur128(`${case_.task}\u0000${case_.id}`)
  const [cluster] = case_.cluster === null ? own : clusterDigest(case_)
  return { cluster, bucket: cluster % BUCKETS, hash: own[1], sampleHash: own[2] }
}

function clusterDigest({ cluster }: Case): Digest {
  return murmur128(cluster ?? '')
}

/** Prepares a detector once per distinct options; null where it is off. */
export function preparing(): Prepare {
  const cache = new Map<string, Prepared>()
  return (detector, policy) => {
    const settings = policy.detectors[detector.id]
    if (settings === undefined || settings.level === 'off') return null
    const key = variantOf(detector, policy)
    const known = cache.get(key)
    if (known !== undefined) return known
    const fresh = detector.prepare(settings.options)
    cache.set(key, fresh)
    return fresh
  }
}
