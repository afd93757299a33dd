import type { Case } from '../../domain/case.js'
import type { Sample } from '../../domain/record.js'

/** A fault that can be planted in the tuned arm of a case. What a case carries of each field stays as it is. */
export interface Plant {
  /** The detector that should name it. */
  readonly fault: string
  /** One of several ways to do it, of which the worst is taken for each task. */
  readonly way: string
  /** The case with the fault; null where it cannot carry it. */
  plant(case_: Case): Promise<Case | null> | Case | null
}

/** The case with other tuned outputs in the place of those compared. */
export function withTuned(case_: Case, change: (sample: Sample) => Sample): Case {
  const changed = new Map(case_.tuned.map((sample) => [sample, change(sample)]))
  const all = case_.all.tuned.map((sample) => changed.get(sample) ?? sample)
  return { ...case_, tuned: case_.tuned.map((sample) => changed.get(sample)!), all: { ...case_.all, tuned: all } }
}
