import type { Measure, Role } from '../domain/measure.js'
import type { DetectorPolicy } from '../domain/policy.js'
import type { Census } from './census.js'

/** Share of the baseline's cases that must carry a measure's fields before it is guarded by default. */
export const GUARDED_COVERAGE = 0.9

/** The role of a pooled measure, from the config and the baseline alone. */
export function pooledRole(measure: Measure, policy: DetectorPolicy, census: Census, tasks: readonly string[]): Role {
  if (policy.level === 'warn' || isBarred(measure)) return 'noted'
  const declared = policy.roles[measure.id]
  if (declared !== undefined) return declared
  if (measure.role !== 'guarded') return measure.role
  const carried = measure.needs.every((need) => census.baselineCoverage(need, tasks) >= GUARDED_COVERAGE)
  return carried ? 'guarded' : 'watched'
}

/** Per task, what is guarded is watched and the rest is noted. */
export function taskRole(pooled: Role, policy: DetectorPolicy): Role {
  return pooled === 'guarded' && policy.level !== 'warn' ? 'watched' : 'noted'
}

/** What has no interval, no direction of harm or nothing to measure cannot decide, whatever the config says. */
function isBarred({ unavailable, interval, worse }: Measure): boolean {
  return unavailable !== undefined || interval === 'none' || worse === null
}
