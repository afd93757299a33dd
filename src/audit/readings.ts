import type { Measure, Unmeasured, Value } from '../domain/measure.js'
import type { Reading } from './leave-out.js'

/** The measure's own reading. */
export function ownReading(measure: Measure): Reading {
  return { measure, withLost: false, of: (sums, whole) => finite(measure, measure.of(sums, whole)) }
}

/** What is no number would be compared with margins as if it were one. */
function finite({ id }: Measure, value: Value | Unmeasured): Value | Unmeasured {
  const numbers = value.kind === 'arms' ? [value.baseline, value.tuned] : value.kind === 'change' ? [value.change] : []
  if (numbers.every(Number.isFinite)) return value
  throw new Error(`the measure ${id} gave ${numbers.join(' and ')}`)
}

/** The stricter reading that must hold its margin too, where a measure has one. */
export function worstCaseReading(measure: Measure): Reading | null {
  const { worstCase, discordance: _, details: __, ...plain } = measure
  if (worstCase === undefined) return null
  if ('sample' in worstCase) return { ...ownReading(measure), measure: plain, withLost: true }
  const of: Reading['of'] = (sums) => finite(measure, worstCase.of(sums))
  return { measure: { ...plain, cases: worstCase.cases }, withLost: true, of }
}
