import { type Details, type Measure, type Unmeasured, unmeasured, type Value } from '../../domain/measure.js'
import type { Sums } from '../../domain/tally.js'
import { discordanceOf, sharesOf, yesNoColumns } from './yes-no.js'

const common = { unit: 'share', needs: [], interval: 'jackknife', scope: 'task', pool: 'sum', range: 1 } as const

const NOTHING = unmeasured({ code: 'nothing-evaluable' })

export interface Declared {
  /** Whether something says which outputs are valid. */
  readonly validity: boolean
  readonly objective: boolean
  readonly rules: readonly string[]
}

/** The measures where feasibility is declared. */
export function declaredMeasures({ validity, objective, rules }: Declared): Measure[] {
  return [
    {
      ...common,
      id: 'feasible-rate',
      title: 'Share of outputs that parse, fit the structure and satisfy every rule',
      worse: 'lower',
      margin: 0.05,
      role: 'guarded',
      cases: ['feasibleCases'],
      sliced: ['faultCases', ...yesNoColumns('feasible')],
      of: feasibleRate,
      worstCase: { cases: ['feasibleCases', 'unknownCases'], of: worstFeasibleRate },
      discordance: (sums) => discordanceOf('feasible', sums),
      details: rateDetails,
    },
    {
      ...common,
      ...needsValidity(validity),
      id: 'valid-rate',
      title: 'Share of outputs that parse and fit the structure',
      worse: 'lower',
      margin: 0.05,
      role: 'watched',
      cases: ['validCases'],
      sliced: yesNoColumns('valid'),
      of: (sums) => sharesOf('valid', sums, NOTHING),
      discordance: (sums) => discordanceOf('valid', sums),
    },
    {
      ...common,
      ...needsValidity(validity),
      id: 'hollow-rate',
      title: 'Share of outputs that are valid and yet infeasible: form without substance',
      worse: 'higher',
      margin: 0.05,
      role: 'watched',
      cases: ['hollowCases'],
      sliced: ['faultCases', ...yesNoColumns('hollow')],
      of: (sums) => unlessFaulty(sums, () => sharesOf('hollow', sums, NOTHING)),
      discordance: (sums) => discordanceOf('hollow', sums),
      details: hollowDetails,
    },
    {
      ...common,
      ...needsValidity(validity),
      id: 'feasible-when-both-valid',
      title: 'Share of feasible outputs on cases whose outputs are valid in both arms',
      worse: 'lower',
      margin: null,
      role: 'noted',
      cases: ['bothValidCases'],
      of: (sums) => unlessFaulty(sums, () => sharesOf('bothValid', sums, NOTHING)),
      discordance: (sums) => discordanceOf('bothValid', sums),
    },
    {
      ...common,
      id: 'optimality-gap',
      title: 'Mean relative distance from the best known objective, where both arms are feasible',
      worse: 'higher',
      margin: null,
      role: 'noted',
      range: null,
      cases: ['gapCases'],
      ...(objective ? {} : { unavailable: { code: 'not-declared', option: 'objective' } as const }),
      of: (sums) => means('gap', sums),
    },
    ...rules.map(ruleMeasure),
  ]
}

function needsValidity(validity: boolean): Pick<Measure, 'unavailable'> {
  return validity ? {} : { unavailable: { code: 'not-declared', option: 'structure' } }
}

function unlessFaulty(sums: Sums, value: () => Value | Unmeasured): Value | Unmeasured {
  return sums.count('faultCases') > 0 ? unmeasured({ code: 'verifier-failed' }) : value()
}

function feasibleRate(sums: Sums): Value | Unmeasured {
  return unlessFaulty(sums, () => sharesOf('feasible', sums, NOTHING))
}

/** What could not be evaluated in the tuned arm alone, or is not there, counts as infeasible. */
function worstFeasibleRate(sums: Sums): Value | Unmeasured {
  const n = sums.count('feasibleCases') + sums.count('unknownCases')
  if (n === 0) return NOTHING
  return {
    kind: 'arms',
    baseline: (sums.sum('feasibleBaseline') + sums.sum('unknownBaseline')) / n,
    tuned: (sums.sum('feasibleTuned') + sums.sum('unknownTuned')) / n,
  }
}

/** Constraints satisfied of those checked (micro; the measure itself is macro), and outputs with a rule left open. */
function rateDetails(sums: Sums): Details {
  const perArm = (of: (arm: 'Baseline' | 'Tuned') => number | null) => ({
    baseline: of('Baseline'),
    tuned: of('Tuned'),
  })
  return {
    constraintsSatisfied: perArm((arm) => {
      const checked = sums.count(`checked${arm}`)
      return checked === 0 ? null : sums.count(`satisfied${arm}`) / checked
    }),
    unevaluable: perArm((arm) => sums.count(`unevaluable${arm}`)),
  }
}

/** Whether form was gained, and whether substance was, on the same cases. */
function hollowDetails(sums: Sums): Details {
  const change = (id: string) => {
    const n = sums.count(`${id}Cases`)
    return n === 0 ? null : (sums.sum(`${id}Tuned`) - sums.sum(`${id}Baseline`)) / n
  }
  return { formGained: change('valid'), substanceGained: change('feasible') }
}

function means(id: string, sums: Sums): Value | Unmeasured {
  const n = sums.count(`${id}Cases`)
  if (n === 0) return NOTHING
  return { kind: 'arms', baseline: sums.sum(`${id}Baseline`) / n, tuned: sums.sum(`${id}Tuned`) / n }
}

function ruleMeasure(name: string): Measure {
  const id = `rule:${name}`
  return {
    ...common,
    id,
    title: `Share of outputs that violate ${name}`,
    worse: 'higher',
    margin: null,
    role: 'noted',
    cases: [`${id}:Cases`],
    of: (sums) => sharesOf(`${id}:`, sums, NOTHING),
    discordance: (sums) => discordanceOf(`${id}:`, sums),
    details: (sums) => ({ meanViolation: meanViolation(id, sums) }),
  }
}

/** In units of the rule's scale, over the cases whose violations have a size. */
function meanViolation(id: string, sums: Sums): Details {
  const n = sums.count(`${id}:amountCases`)
  const of = (arm: string) => (n === 0 ? null : sums.sum(`${id}:amount${arm}`) / n)
  return { baseline: of('Baseline'), tuned: of('Tuned'), cases: n }
}
