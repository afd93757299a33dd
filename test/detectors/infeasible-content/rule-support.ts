import {
  compileRule,
  RuleError,
  type RuleOutcome,
  type RuleSpec,
  type RuleVariables,
} from '../../../src/detectors/infeasible-content/rule.js'

/** A meal plan: what a model was asked for, what it wrote, and what the record knows. */
export const MEALS: RuleVariables = {
  input: 'Plan dinner for 3 under 2000 kcal.',
  output: {
    total: 6.5,
    guests: 3,
    ratio: 0.3,
    name: 'dinner',
    empty: [],
    none: null,
    vegan: false,
    courses: [
      { dish: 'soup', price: 1.5, portions: 2 },
      { dish: 'pasta', price: 2.5, portions: 1 },
      { dish: 'fruit', price: 1, portions: 1 },
    ],
    kcal: [500, 900, 350],
    table: { soup: 1, pasta: 2 },
    order: [2, 0, 1],
    note: 'Answer: 42 kcal',
    mixed: [1, 'a', null],
    huge: JSON.parse('1e999'),
    factor: 1e308,
  },
  reference: { total: 6.5 },
  record: { limit: 2000, guests: 3, pattern: '(a+)+$' },
}

export function judge(expression: string, spec: Partial<RuleSpec> = {}, variables = MEALS): RuleOutcome {
  return compileRule({ name: 'rule', expression, ...spec }).evaluate(variables)
}

export function errorOf(expression: string, spec: Partial<RuleSpec> = {}): RuleError {
  try {
    compileRule({ name: 'rule', expression, ...spec })
  } catch (error) {
    if (error instanceof RuleError) return error
    throw error
  }
  throw new Error(`${expression} compiles`)
}
