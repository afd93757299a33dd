import type { AnyDetector } from '../domain/detector.js'
import type { MarginSource } from '../domain/finding.js'
import type { Measure, Role } from '../domain/measure.js'
import type { DetectorPolicy } from '../domain/policy.js'
import type { Question } from './judge.js'
import { unrelaxed } from './roles.js'

/** Margins that the command line set: detector, a dot, measure. */
export type FlaggedMargins = ReadonlySet<string>

export type Terms = Pick<Question, 'role' | 'margin' | 'marginFrom' | 'unrelaxed'>

interface Subject {
  readonly measure: Measure
  readonly detector: AnyDetector
  /** The detector's policy where the question is asked, and for all tasks. */
  readonly own: DetectorPolicy
  readonly general: DetectorPolicy
  readonly flagged: FlaggedMargins
  readonly roleUnder: (own: DetectorPolicy, general: DetectorPolicy) => Role
}

/** On which terms a measure is judged, and on which it would be if the config relaxed nothing. */
export function termsOf({ measure, detector, own, general, flagged, roleUnder }: Subject): Terms {
  const role = roleUnder(own, general)
  const margin = marginOf(measure, own)
  const strict = { own: unrelaxed(measure, own), general: unrelaxed(measure, general) }
  const there = { role: roleUnder(strict.own, strict.general), margin: marginOf(measure, strict.own) }
  const same = there.role === role && there.margin === margin
  const isFlagged = flagged.has(`${detector.id}.${measure.id}`)
  return {
    role,
    margin,
    marginFrom: sourceOf(own.margins[measure.id], general.margins[measure.id], isFlagged),
    ...(same ? {} : { unrelaxed: there }),
  }
}

/** The margin that holds for a measure under a policy: the config's, else the measure's own. */
export function marginOf(measure: Measure, policy: DetectorPolicy): number | null {
  return policy.margins[measure.id] ?? measure.margin
}

/** The command line sets the general margin; an override that differs from it is the config's. */
function sourceOf(own: number | undefined, general: number | undefined, isFlagged: boolean): MarginSource {
  if (own === undefined) return 'default'
  return isFlagged && own === general ? 'flag' : 'config'
}
