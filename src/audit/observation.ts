import type { Case } from '../domain/case.js'
import type { AnyDetector, Prepared } from '../domain/detector.js'
import { murmur128 } from '../domain/hash.js'
import { byCodeUnit } from '../domain/order.js'
import type { TaskPolicy } from '../domain/policy.js'
import { Census } from './census.js'
import { Clusters } from './clusters.js'
import { CaseTally, TaskTally } from './tally.js'

/** Rows of a tally that are left out one at a time. */
export const BUCKETS = 128

export interface ObservedTask {
  /** Paired cases. */
  cases: number
  readonly clusters: Clusters
  /** By detector id. */
  readonly tallies: Map<string, TaskTally>
}

export type Prepare = (detector: AnyDetector, policy: TaskPolicy) => Prepared | null

/**
 * Everything that was counted over the cases seen so far. Observations of any split of the cases merge into the same
 * one, cell by cell.
 */
export class Observation {
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
    const own = murmur128(`${case_.task}\u0000${case_.id}`)
    const cluster = case_.cluster === null ? own : murmur128(case_.cluster)
    const task = this.task(case_.task)
    task.cases++
    task.clusters.add(case_.cluster === null ? null : cluster)
    for (const [id, tally] of task.tallies) this.observeWith(id, tally, case_, cluster[0] % BUCKETS, own[1])
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

  private observeWith(id: string, tally: TaskTally, case_: Case, bucket: number, hash: number): void {
    if (this.crashed.has(id)) return
    try {
      tally.prepared.observe(case_, new CaseTally(tally, bucket, case_, hash))
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
    return fresh
  }
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
