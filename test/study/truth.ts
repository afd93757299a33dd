import type { CellSums } from '../../src/audit/cells.js'
import { Group } from '../../src/audit/leave-out.js'
import { TaskTally } from '../../src/audit/tally.js'
import type { Sampled } from '../../src/domain/tally.js'
import { addTimes } from './imprint.js'
import type { Law } from './law.js'

/** So many cases that corrections for their number vanish. */
const MANY = 2 ** 30

/** The measure's harm over infinitely many cases: what its estimate is an estimate of. */
export function trueHarm(law: Law, strength: number): number {
  const { measure, reading } = law
  const sums = sumsOf(law, law.sharesAt(strength), MANY)
  const value = measure.corpus === undefined ? reading.of(sums, sums) : measure.corpus(copies(law, strength), 1).whole
  if (value.kind === 'unmeasured') throw new Error(`${measure.id} is unmeasured: ${JSON.stringify(value.reason)}`)
  const change = value.kind === 'change' ? value.change : value.tuned - value.baseline
  return measure.worse === 'lower' ? -change : change
}

/** What so many cases of each kind add up to. */
export function sumsOf(law: Law, ofKind: ArrayLike<number>, times = 1): CellSums {
  const tally = new TaskTally(law.prepared, law.layout)
  law.imprints.forEach((imprint, kind) => {
    if (ofKind[kind] !== 0) addTimes(tally.row(0), imprint, ofKind[kind]! * times)
  })
  return new Group([tally], []).whole
}

/** For a mean over cases: as many copies of each kind as its share says, to about 1e-4. */
function copies(law: Law, strength: number): Sampled[] {
  return law.sharesAt(strength).flatMap((share, kind): Sampled[] => {
    const { features } = law.imprints[kind]!
    return new Array<Sampled>(Math.round(share * 20_000)).fill({ features, bucket: 0 })
  })
}

/**
 * The strength at which the true harm is `harm`; throws where spoiling everything does not reach it. False position with
 * the Illinois rule: one step where harm grows in a straight line, as it does for a mean.
 */
export function strengthFor(law: Law, harm: number): number {
  if (harm === 0) return 0
  const over = (strength: number) => trueHarm(law, strength) - harm
  let low = { strength: 0, over: -harm }
  let high = { strength: 1, over: over(1) }
  if (high.over < 0) throw new RangeError(`${law.measure.id} cannot be harmed by ${harm} in this world`)
  for (let i = 0; i < 100 && high.strength - low.strength > 1e-9; i++) {
    const strength = (low.strength * high.over - high.strength * low.over) / (high.over - low.over)
    const middle = { strength, over: over(strength) }
    if (Math.abs(middle.over) < 1e-9) return strength
    if (middle.over < 0) {
      low = middle
      high = { ...high, over: high.over / 2 }
    } else {
      high = middle
      low = { ...low, over: low.over / 2 }
    }
  }
  return (low.strength + high.strength) / 2
}
