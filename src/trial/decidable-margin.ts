import type { PlannedMeasure } from '../domain/plan.js'
import { POWER } from '../stats/sample-size.js'

/** A margin further out tolerates another kind of harm: the cases cannot decide the measure, and that is to be said. */
const MOST_WIDER = 2

/** Margins are written with three decimals, rounded towards what can be decided. */
const STEPS = 1_000

/**
 * The margin that so many cases can decide: the measure's own where a harmless tune holds it with a chance of 80 %, else
 * the smallest that it does hold so; its own again where that is more than twice as wide.
 */
export function decidableMargin({ margin, passChance, rulesOut }: PlannedMeasure): number {
  if (passChance === null || rulesOut === null || passChance >= POWER) return margin
  const wider = Math.ceil(rulesOut * STEPS) / STEPS
  return wider > margin && wider <= MOST_WIDER * margin ? wider : margin
}
