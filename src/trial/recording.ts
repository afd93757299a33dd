import { addReal, type Cells } from '../audit/cells.js'
import type { Case } from '../domain/case.js'
import type { Prepared } from '../domain/detector.js'
import type { Kept, Tally } from '../domain/tally.js'

/** What one detector adds for one case, by cell, and what it would keep of it in the sample. */
export interface Recording {
  readonly cells: ReadonlyMap<number, number>
  /** Null where the case is in no sample, or the detector keeps nothing. */
  readonly features: unknown
}

export function recordingOf(prepared: Prepared, case_: Case, sampled: boolean): Recording {
  const recorder = new Recorder(sampled ? case_ : null)
  prepared.observe(case_, recorder)
  return recorder
}

class Recorder implements Tally, Recording {
  readonly cells = new Map<number, number>()
  features: unknown = null
  private readonly sampled: Case | null
  private readonly row: Cells = { add: (cell, k) => this.plus(cell, k) }

  constructor(sampled: Case | null) {
    this.sampled = sampled
  }

  count(cell: number, k: number): void {
    if (k !== 0) this.plus(cell, k)
  }

  add(cell: number, x: number): void {
    if (x !== 0) addReal(this.row, cell, x)
  }

  example(): void {}

  sample(keep: (case_: Case) => Kept): void {
    if (this.sampled !== null) this.features = keep(this.sampled).features
  }

  private plus(cell: number, k: number): number {
    const total = (this.cells.get(cell) ?? 0) + k
    this.cells.set(cell, total)
    return total
  }
}

/** Cells that change, and by how much: whole numbers, so that adding them turns one recording into the other exactly. */
export interface Delta {
  readonly cells: Int32Array
  readonly values: Float64Array
}

export function deltaBetween(from: Recording, to: Recording): Delta {
  const changes = new Map(to.cells)
  for (const [cell, k] of from.cells) changes.set(cell, (changes.get(cell) ?? 0) - k)
  return deltaOf(changes)
}

export function deltaOf(changes: ReadonlyMap<number, number>): Delta {
  const entries = [...changes].filter(([, k]) => k !== 0)
  return { cells: Int32Array.from(entries, ([cell]) => cell), values: Float64Array.from(entries, ([, k]) => k) }
}
