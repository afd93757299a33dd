import { type Columns, count, defineColumns, sum } from '../../domain/tally.js'

const YES_NO = ['feasible', 'valid', 'hollow', 'bothValid'] as const
/** A share of each arm's outputs over the cases where it is known. */
export type YesNo = (typeof YES_NO)[number]

/** Columns of one yes/no quantity: cases, each arm's sum of shares, and what the exact paired methods need. */
function yesNo(id: string) {
  return {
    [`${id}Cases`]: count(),
    [`${id}Baseline`]: sum(),
    [`${id}Tuned`]: sum(),
    /** Cases with several samples. */
    [`${id}Repeats`]: count(),
    [`${id}OnlyBaseline`]: count(),
    [`${id}OnlyTuned`]: count(),
  }
}

export function columnsOf(rules: readonly string[]): Columns<string> {
  return defineColumns(definitionOf(rules))
}

export function definitionOf(rules: readonly string[]) {
  return {
    ...Object.assign({}, ...YES_NO.map(yesNo)),
    /** Cases whose baseline is known and whose tuned arm is not, or is lost: there it counts as infeasible. */
    unknownCases: count(),
    unknownBaseline: sum(),
    unknownTuned: sum(),
    /** Cases with an output on which the verifier failed. */
    faultCases: count(),
    unevaluableBaseline: count(),
    unevaluableTuned: count(),
    checkedBaseline: count(),
    checkedTuned: count(),
    satisfiedBaseline: count(),
    satisfiedTuned: count(),
    gapCases: count(),
    gapBaseline: sum(),
    gapTuned: sum(),
    ...Object.assign({}, ...rules.map(ruleColumns)),
  }
}

function ruleColumns(name: string) {
  return {
    ...yesNo(`rule:${name}:`),
    [`rule:${name}:amountCases`]: count(),
    [`rule:${name}:amountBaseline`]: sum(),
    [`rule:${name}:amountTuned`]: sum(),
  }
}
