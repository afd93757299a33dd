import { Environment } from '@marcbachmann/cel-js'
import { describe, expect, it } from 'vitest'
import { judge, MEALS } from './rule-support.js'

// The library evaluates CEL too. Where every number is a double, our own evaluation must agree with it.
const EXPRESSIONS = [
  'output.guests + 1.0 == 4.0',
  'output.guests * 2.0 - 1.0 / 4.0 > 5.0',
  '1.0 + 2.0 * output.guests == 7.0',
  '(1.0 + 2.0) * output.guests == 9.0',
  'output.guests - 1.0 - 1.0 == 1.0',
  '!output.vegan && output.guests > 2.0 || output.missing',
  'output.vegan || output.guests > 2.0 && output.total < 1.0',
  'output.missing == 1.0 || true',
  'output.missing == 1.0 && false',
  'output.missing == 1.0 || false',
  'output.missing == 1.0 && true',
  'output.vegan ? output.missing : output.total > 1.0',
  'output.name == 3.0',
  'output.none == null',
  'output.mixed == [1.0, "a", null]',
  'output.table == {"soup": 1.0, "pasta": 2.0}',
  'output.table == {"soup": 1.0}',
  '"soup" in output.table',
  '900.0 in output.kcal',
  'output.kcal.all(k, k > 300.0)',
  'output.kcal.all(k, k > 400.0)',
  'output.mixed.all(m, m > 2.0)',
  'output.mixed.all(m, m > 0.0)',
  'output.mixed.exists(m, m > 0.0)',
  'output.mixed.exists(m, m > 2.0)',
  'output.mixed.exists_one(m, m == "a")',
  'output.kcal.exists_one(k, k > 400.0)',
  'output.kcal.filter(k, k > 400.0) == [500.0, 900.0]',
  'output.kcal.map(k, k > 400.0, k * 2.0) == [1000.0, 1800.0]',
  'output.table.all(k, output.table[k] > 0.0)',
  'output.courses.exists(c, c.dish.startsWith("p") && c.price > 2.0)',
  'output.courses[2].dish == "fruit"',
  'output.kcal[3] == 1.0',
  'has(output.none) && !has(output.missing)',
  'has(output.missing.x)',
  'output.name.contains("inn") && output.name.endsWith("er")',
  'output.name < "e"',
  'output.name < 1.0',
  'output.note.split(" ").join("-") == "Answer:-42-kcal"',
  'output.note.matches("[0-9]+")',
  'size(output.name) == 6 && output.courses.size() == 3',
  'int("42") == 42 && double("1.5") == 1.5 && output.guests == 3.0',
  'string(output.total) == "6.5"',
  '-output.guests < 0.0',
]

describe('a rule beside the library', () => {
  const library = new Environment({ homogeneousAggregateLiterals: false }).registerVariable('output', 'dyn')

  it.each(EXPRESSIONS)('%s comes out alike', (expression) => {
    const { kind } = judge(expression)
    expect(kind === 'unevaluable' ? null : kind === 'held').toBe(byLibrary(expression))
  })

  function byLibrary(expression: string): boolean | null {
    try {
      return library.evaluate(expression, { output: MEALS.output })
    } catch {
      return null
    }
  }
})
