import { type Estimates, estimate } from '../../src/audit/estimate.js'
import { grouping } from '../../src/audit/pooled-estimate.js'
import { tasksOf } from '../../src/audit/questions.js'
import { ownReading } from '../../src/audit/readings.js'
import type { Estimate, Unestimated } from '../../src/audit/summarise.js'
import type { Case } from '../../src/domain/case.js'
import type { Measure } from '../../src/domain/measure.js'
import { watched, watching } from './lighthouses.js'

export const ALPHA = 0.05

/** A measure over the tasks of the cases. */
export function estimated(measure: Measure, cases: readonly Case[], reading = ownReading(measure)): Estimates {
  const detector = watching([measure])
  const { observation } = watched([detector], cases)
  const tasks = tasksOf(detector, observation, [reading])
  return estimate(reading, tasks, { alpha: ALPHA, groupOf: grouping([reading]), severalTasks: tasks.length > 1 })
}

export const pooledOf = (measure: Measure, cases: readonly Case[]) => measuredOf(estimated(measure, cases).pooled)

export function measuredOf(found: Estimate | Unestimated): Estimate {
  if (found.kind === 'unmeasured') throw new Error(`unmeasured: ${found.reason.code}`)
  return found
}
