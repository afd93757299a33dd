import type { AnyDetector } from '../../domain/detector.js'
import { type Measure, strength } from '../../domain/measure.js'
import type { Reading } from '../leave-out.js'
import type { Observed } from '../observation.js'
import type { EvaluationContext } from '../questions.js'
import { ownReading } from '../readings.js'
import { pooledRole } from '../roles.js'
import { marginOf } from '../terms.js'
import { isSliced } from './searched.js'

/** A measure that slices are asked for, and the variants of its detector that have it. */
export interface Asked {
  readonly detector: AnyDetector
  readonly measure: Measure
  readonly reading: Reading
  readonly variants: readonly string[]
}

/** The pooled measures that may decide a run, as far as slices count them: of each its strongest variant. */
export function askedOf(observation: Observed, context: EvaluationContext): Asked[] {
  return context.detectors.flatMap((detector) => {
    const policy = context.policy.detectors[detector.id]
    if (policy === undefined || policy.level === 'off' || observation.crashed.has(detector.id)) return []
    return strongest(measuresOf(detector, observation)).flatMap(({ measure, variants, tasks }): Asked[] => {
      const role = pooledRole(measure, policy, observation.census, tasks)
      if (role === 'noted' || marginOf(measure, context.policy.detectors[detector.id]!) === null) return []
      return [{ detector, measure, reading: ownReading(measure), variants }]
    })
  })
}

interface Having {
  readonly measure: Measure
  readonly variants: string[]
  readonly tasks: string[]
}

/** Each measure of each strength with who has it. */
function measuresOf({ id }: AnyDetector, observation: Observed): Having[] {
  const having = new Map<string, Having>()
  for (const [task, { tallies, sliced }] of observation.observed()) {
    const variant = sliced.get(id)?.variant
    if (variant === undefined) continue
    for (const measure of tallies.get(id)!.prepared.measures.filter(isSliced)) {
      const key = `${measure.id} ${strength(measure)}`
      const own = having.get(key) ?? { measure, variants: [], tasks: [] }
      having.set(key, own)
      own.tasks.push(task)
      if (!own.variants.includes(variant)) own.variants.push(variant)
    }
  }
  return [...having.values()]
}

function strongest(all: readonly Having[]): Having[] {
  return all.filter(
    ({ measure }) =>
      !all.some((other) => other.measure.id === measure.id && strength(other.measure) > strength(measure)),
  )
}
