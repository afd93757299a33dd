import type { Case } from '../../domain/case.js'
import { type Measure, unmeasured } from '../../domain/measure.js'
import type { Sample } from '../../domain/record.js'
import { count, defineColumns, type Sums, type Tally } from '../../domain/tally.js'
import { definitionOf } from './columns.js'
import { declaredMeasures } from './measures.js'
import { observe } from './observe.js'
import type { Feasibility } from './outcome.js'
import { observeStated, statedDefinition, statedMeasure } from './stated.js'
import { sharesOf } from './yes-no.js'

/**
 * Where nothing is declared: what the log itself says of each output's form and substance (EvalPlus' base and plus tests,
 * a checker of calls); where it says nothing, what the output states. Form without substance decides, as it does where it
 * is declared; whether outputs are right is what the log's score guards.
 */

const { list: columns, at } = defineColumns({
  ...statedDefinition,
  ...definitionOf([]),
  /** Cases of which the baseline's log says it of every sample. */
  loggedCases: count(),
})

const LOGGED: Feasibility = { structure: null, rules: [], verifies: true, objective: null }

export function undeclared() {
  return { columns, measures: measures(), observe: observeUndeclared }
}

/** A verdict that one arm's log alone holds compares nothing. */
function observeUndeclared(case_: Case, tally: Tally): void {
  const baseline = isLogged(case_.baseline)
  if (baseline) tally.count(at.loggedCases!, 1)
  if (baseline && isLogged(case_.tuned)) observe(case_, tally, LOGGED, at)
  else observeStated(case_, tally, at)
}

function isLogged(samples: readonly Sample[]): boolean {
  return samples.every(({ verification }) => verification?.kind === 'verified')
}

function measures(): Measure[] {
  return declaredMeasures({ validity: true, objective: false, rules: [] }).map((measure) => {
    if (measure.id === 'feasible-rate') return feasibleMeasure
    return measure.unavailable === undefined ? { ...measure, variant: (whole) => variantOf(measure, whole) } : measure
  })
}

function variantOf({ role }: Measure, whole: Sums): ReturnType<NonNullable<Measure['variant']>> {
  if (whole.count('loggedCases') > 0) return { role }
  return { unavailable: { code: 'not-declared', option: 'structure' } }
}

const feasibleMeasure: Measure = {
  ...statedMeasure,
  cases: ['statedCases', 'feasibleCases'],
  of: (sums) => {
    if (sums.count('feasibleCases') === 0) return statedMeasure.of(sums, sums)
    return sums.count('statedCases') === 0 ? sharesOf('feasible', sums, NOTHING) : bothOf(sums)
  },
}

const NOTHING = unmeasured({ code: 'nothing-evaluable' })

/** Some cases have the log's word, others their own. */
function bothOf(sums: Sums): ReturnType<Measure['of']> {
  const n = sums.count('statedCases') + sums.count('feasibleCases')
  const share = (arm: string) => (sums.sum(`stated${arm}`) + sums.sum(`feasible${arm}`)) / n
  return { kind: 'arms', baseline: share('Baseline'), tuned: share('Tuned') }
}
