import type { Sample } from '../../domain/record.js'
import type { Objective } from './objective.js'
import type { Rule, RuleOutcome } from './rule.js'
import type { Structure } from './structure.js'

/** What is declared of a task, compiled. */
export interface Feasibility {
  readonly structure: Structure | null
  readonly rules: readonly Rule[]
  readonly verifies: boolean
  readonly objective: Objective | null
}

/** One output, judged. */
export interface Outcome {
  /** Null where nothing that was declared says what is valid. */
  readonly valid: boolean | null
  /** `unknown`: nothing is violated, but some rule could not be evaluated. `fault`: the verifier failed. */
  readonly feasible: boolean | 'unknown' | 'fault'
  /** By number of the rule; null where the output is invalid and was not looked at. */
  readonly rules: readonly (RuleOutcome | null)[]
  /** Constraints that were checked, and those that hold. */
  readonly checked: number
  readonly satisfied: number
  /** What is wrong, for a person. */
  readonly violations: readonly string[]
  /** Relative distance from the best known objective; null where it is not known. */
  readonly gap: number | null
}

export function judgeOutput(sample: Sample, feasibility: Feasibility): Outcome {
  const { structure, rules, objective } = feasibility
  const structured = structure?.(sample) ?? null
  if (structured?.kind === 'invalid') return invalid(structured.why, rules.length)
  if (structured === null && sample.failed !== null)
    return invalid(`the output ${failedHow(sample)}`, rules.length, null)
  const output = structured === null ? sample.output : structured.value
  const variables = { input: sample.prompt, output, reference: sample.reference, record: sample.raw }
  const outcomes = rules.map((rule) => rule.evaluate(variables))
  const verified = feasibility.verifies ? sample.verification : null
  if (verified?.kind === 'verified' && verified.valid === false)
    return { ...invalid('', rules.length), violations: verified.violations }
  const broken = outcomes.filter(({ kind }) => kind === 'violated').length
  const open = outcomes.filter(({ kind }) => kind === 'unevaluable').length
  const own = verified?.kind === 'verified' ? verified : null
  return {
    valid: structured !== null || own?.valid === true ? true : null,
    feasible: feasibleOf(broken, open, feasibility.verifies ? (sample.verification ?? 'missing') : null),
    rules: outcomes,
    checked: rules.length - open + (own === null ? 0 : 1),
    satisfied: rules.length - open - broken + (own?.feasible === true ? 1 : 0),
    violations: [...said(rules, outcomes), ...(own?.violations ?? [])],
    gap: objective?.gap(variables, own?.objective ?? null) ?? null,
  }
}

function failedHow({ failed }: Sample): string {
  return failed === 'error' ? 'errored' : 'is empty'
}

function invalid(why: string, rules: number, valid: false | null = false): Outcome {
  const unchecked = new Array<null>(rules).fill(null)
  return { valid, feasible: false, rules: unchecked, checked: 0, satisfied: 0, violations: [why], gap: null }
}

type Verified = Sample['verification'] | 'missing'

function feasibleOf(broken: number, open: number, verified: Verified): Outcome['feasible'] {
  if (verified === 'missing' || verified?.kind === 'fault') return 'fault'
  if (broken > 0 || verified?.feasible === false) return false
  return open > 0 ? 'unknown' : true
}

function said(rules: readonly Rule[], outcomes: readonly RuleOutcome[]): string[] {
  return outcomes.flatMap((outcome, i) => (outcome.kind === 'violated' ? [`rule ${rules[i]!.name}`] : []))
}
