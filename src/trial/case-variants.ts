import type { Case } from '../domain/case.js'

/** The case with its arms exchanged. */
export function exchanged(case_: Case): Case {
  const { baseline, tuned } = case_.all
  return { ...case_, baseline: case_.tuned, tuned: case_.baseline, all: { baseline: tuned, tuned: baseline } }
}
