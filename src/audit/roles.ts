import { type Measure, ROLES, type Role } from '../domain/measure.js'
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

/**
 * Per task, what is guarded is watched and the rest is noted, unless the measure stands for each task by itself or an
 * override gives the task a role of its own.
 */
export function taskRole(measure: Measure, pooled: Role, own: DetectorPolicy, general: DetectorPolicy): Role {
  if (own.level === 'warn' || isBarred(measure)) return 'noted'
  const declared = own.roles[measure.id]
  if (declared !== undefined && declared !== general.roles[measure.id]) return declared
  return pooled === 'guarded' || (pooled === 'watched' && measure.taskRole === 'watched') ? 'watched' : 'noted'
}

/** What has no interval, no direction of harm or nothing to measure cannot decide, whatever the config says. */
function isBarred({ unavailable, interval, worse }: Measure): boolean {
  return unavailable !== undefined || interval === 'none' || worse === null
}

/** The detector's policy without what makes the measure easier to pass than recommended. */
export function unrelaxed(measure: Measure, policy: DetectorPolicy): DetectorPolicy {
  const { [measure.id]: role, ...roles } = policy.roles
  const { [measure.id]: margin, ...margins } = policy.margins
  const weaker = role !== undefined && ROLES.indexOf(role) > ROLES.indexOf(measure.role)
  const wider = margin !== undefined && measure.margin !== null && margin > measure.margin
  return {
    ...policy,
    level: policy.level === 'warn' ? 'error' : policy.level,
    roles: weaker ? roles : policy.roles,
    margins: wider ? margins : policy.margins,
  }
}
