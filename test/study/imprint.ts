import type { Row } from '../../src/audit/cells.js'
import { CaseTally, TaskTally } from '../../src/audit/tally.js'
import type { Case } from '../../src/domain/case.js'
import type { Prepared } from '../../src/domain/detector.js'

/** What a detector adds to its tallies for one kind of case: the whole numbers, and the features it keeps of a sample. */
export interface Imprint {
  readonly cells: Int32Array
  readonly values: Float64Array
  readonly features: unknown
}

/** Lets the detector observe the case once, columns kept once included. Any number of cases of the kind then add up to that many times the imprint. */
export function imprintOf(prepared: Prepared, case_: Case): Imprint {
  const tally = new TaskTally(prepared)
  prepared.observe(case_, new CaseTally(tally, case_, { cluster: 0, bucket: 0, hash: 0, sampleHash: 0 }))
  const added = new Float64Array(tally.layout.width)
  for (const row of tally.rows.values()) row.addTo(added, 1, null)
  const cells: number[] = []
  for (let cell = 0; cell < added.length; cell++) if (added[cell] !== 0) cells.push(cell)
  return {
    cells: Int32Array.from(cells),
    values: Float64Array.from(cells, (cell) => added[cell]!),
    features: tally.sample.cases[0]?.features ?? null,
  }
}

export function addTimes(row: Row, { cells, values }: Imprint, times: number): void {
  for (let i = 0; i < cells.length; i++) row.add(cells[i]!, values[i]! * times)
}
