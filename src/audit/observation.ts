import type { Case } from '../domain/case.js'
import type { AnyDetector, Prepared } from '../domain/detector.js'
import { type Digest, murmur128 } from '../domain/hash.js'
import { byCodeUnit } from '../domain/order.js'
import type { TaskPolicy } from '../domain/policy.js'
import { BUCKETS } from './buckets.js'
import { MOST_OF_TASK, sampleLimit } from './case-sample.js'
import { Census } from './census.js'
import { Clusters } from './clusters.js'
import { type CasePlace, CaseTally, TaskTally } from './tally.js'

export interface ObservedTask {
  /** Paired cases. */
  cases: number
  readonly clusters: Clusters
  /** By detector id. */
  readonly tallies: Map<string, TaskTally>
}

/** What was counted, as it is evaluated. */
export interface Observed {
  readonly census: Census
  /** The error by which a detector ended. */
  readonly crashed: ReadonlyMap<string, unknown>
  /** Tasks with at least one paired case, by code unit. */
  observed(): readonly (readonly [string, ObservedTask])[]
}

export type Prepare = (detector: AnyDetector, policy: TaskPolicy) => Prepared | null

/**
 * Everything that was counted over the cases seen so far. Observations of any split of the cases merge into the same
 * one, cell by cell.
 */
export class Observation implements Observed {
  readonly census = new Census()
  /** The error by which a detector ended; it observes nothing more. */
  readonly crashed = new Map<string, unknown>()
  private readonly tasks = new Map<string, ObservedTask>()
  private readonly detectors: readonly AnyDetector[]
  private readonly policyOf: (task: string) => TaskPolicy
  private readonly prepare: Prepare

  constructor(detectors: readonly AnyDetector[], policyOf: (task: string) => TaskPolicy, prepare = preparing()) {
    this.detectors = detectors
    this.policyOf = policyOf
    this.prepare = prepare
  }

  /** Counts one case; a case of one arm alone is seen by the census only. */
  observe(case_: Case): void {
    this.census.add(case_)
    if (case_.baseline.length === 0) return
    const task = this.task(case_.task)
    task.cases++
    task.clusters.add(case_.cluster === null ? null : clusterDigest(case_))
    const place = placeOf(case_)
    for (const [id, tally] of task.tallies) this.observeWith(id, tally, case_, place)
  }

  merge(other: Observation): void {
    this.census.merge(other.census)
    for (const [id, error] of other.crashed) this.crashed.set(id, error)
    for (const [name, task] of other.tasks) {
      const into = this.task(name)
      into.cases += task.cases
      into.clusters.merge(task.clusters)
      for (const [id, tally] of task.tallies) into.tallies.get(id)!.merge(tally)
    }
  }

  /** Tasks with at least one paired case, by code unit. */
  observed(): readonly (readonly [string, ObservedTask])[] {
    return [...this.tasks].sort(([a], [b]) => byCodeUnit(a, b))
  }

  /** Whether a detector's sample of a task holds, or would take, a case with this hash. */
  samples(task: string, detector: string, sampleHash: number): boolean {
    return this.tasks.get(task)?.tallies.get(detector)?.sample.wants(sampleHash) ?? false
  }

  private observeWith(id: string, tally: TaskTally, case_: Case, place: CasePlace): void {
    if (this.crashed.has(id)) return
    try {
      tally.prepared.observe(case_, new CaseTally(tally, case_, place))
    } catch (error) {
      this.crashed.set(id, error)
    }
  }

  private task(name: string): ObservedTask {
    const known = this.tasks.get(name)
    if (known !== undefined) return known
    const tallies = new Map<string, TaskTally>()
    for (const detector of this.detectors) {
      const prepared = this.prepare(detector, this.policyOf(name))
      if (prepared !== null) tallies.set(detector.id, new TaskTally(prepared))
    }
    const fresh: ObservedTask = { cases: 0, clusters: new Clusters(), tallies }
    this.tasks.set(name, fresh)
    if (sampleLimit(this.tasks.size) < MOST_OF_TASK) this.shrinkSamples(sampleLimit(this.tasks.size))
    return fresh
  }

  private shrinkSamples(limit: number): void {
    for (const { tallies } of this.tasks.values()) for (const tally of tallies.values()) tally.sample.shrinkTo(limit)
  }
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
    const key = JSON.stringify([detector.id, settings.options])
    const known = cache.get(key)
    if (known !== undefined) return known
    const fresh = detector.prepare(settings.options)
    cache.set(key, fresh)
    return fresh
  }
}
