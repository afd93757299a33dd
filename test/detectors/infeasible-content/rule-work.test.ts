import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRule } from '../../../src/detectors/infeasible-content/rule.js'
import { includesLinear } from '../../../src/detectors/infeasible-content/rule-search.js'
import { judge, MEALS } from './rule-support.js'

const EXHAUSTED = { kind: 'unevaluable', why: expect.stringMatching(/more than 1000000 steps/) }

function listOf(length: number): number[] {
  return Array.from({ length }, (_, i) => i)
}

describe('the work of a rule', () => {
  const megabyte = 'a'.repeat(2 ** 20)
  const output = {
    few: listOf(900),
    many: listOf(5_000),
    lots: listOf(100_000),
    keys: Object.fromEntries(listOf(5_000).map((i) => [`k${i}`, i])),
    text: megabyte,
    trap: `${'a'.repeat(2 ** 18)}b${'a'.repeat(2 ** 18)}`,
  }
  const variables = { ...MEALS, output, record: { slow: '((a|b)?){500}((a|c)?){500}$' } }

  it.each([
    'output.few.all(x, output.few.exists(y, x == y))',
    'output.lots.all(x, x >= 0)',
    'size(distinct(output.lots)) == 100000',
    'sum(output.lots) == 4999950000',
    'sort(output.many.map(x, -x))[0] == -4999',
    'output.many.exists(x, output.many.exists(y, x == y))',
    'output.many.all(x, output.keys["k" + string(x)] == x)',
    '!output.text.contains(output.trap)',
    '!output.text.matches("(a+)+b")',
    'size(output.text) == 1048576',
  ])('%s is within', (expression) => {
    expect(judge(expression, {}, variables)).toEqual({ kind: 'held' })
  })

  it.each([
    'output.many.all(x, output.many.all(y, x != -y - 1))',
    'output.many.all(x, output.many.all(y, x.no > y))',
    'output.many.exists(x, output.many.exists(y, output.no == y || x < 0))',
    'output.many.map(x, output.many.map(y, x * y)).size() == 1',
    'output.many.filter(x, output.many.filter(y, x == y).size() == 1).size() == 1',
    'output.many.exists_one(x, output.many.exists_one(y, x == y))',
    'output.many.all(x, -x - 1 in output.many || true) && output.many.exists(x, -1 in output.many)',
    'output.many.all(x, output.many == output.many)',
    'output.many.all(x, size(output.many + output.many) > 0)',
    'output.many.all(x, sum(output.many) > 0)',
    'output.many.all(x, max(output.many) > 0)',
    'output.many.all(x, size(distinct(output.many)) > 0)',
    'output.many.all(x, size(sort(output.many)) > 0)',
    'output.many.all(x, size(output.keys) > 0)',
    'output.many.all(x, output.keys.exists(k, true))',
    'output.many.all(x, output.keys == output.keys)',
    'output.many.all(x, output.text.matches("a$"))',
    'output.many.all(x, output.text.contains("aa"))',
    'output.many.all(x, output.text + "b" != output.text)',
    'output.many.all(x, output.text == output.text)',
    'output.many.all(x, output.text <= output.text)',
    'output.many.all(x, size(output.text) > 1)',
    'output.many.all(x, output.text.trim().lowerAscii().upperAscii() != "")',
    'output.text.split("").size() > 1',
    'range(1e15).size() > output.many[0]',
    'output.text.split("b")[0].extract(record.slow) == ""',
    'output.many.map(x, string(x)).join(output.text) == ""',
  ])('%s is cut short', (expression) => {
    const start = performance.now()
    const outcome = judge(expression, {}, variables)
    expect(performance.now() - start).toBeLessThan(5_000)
    expect(outcome).toEqual(EXHAUSTED)
  })

  it('is not overlooked where another side would decide', () => {
    const long = 'output.many.all(x, output.many.all(y, x != -y - 1))'
    expect(judge(`${long} || true`, {}, variables)).toEqual(EXHAUSTED)
    expect(judge(`!(${long} && output.no == 1)`, {}, variables)).toEqual(EXHAUSTED)
  })

  it('begins anew with each record', () => {
    const rule = compileRule({ name: 'few', expression: 'output.few.all(x, output.few.all(y, x + y >= 0))' })
    for (let i = 0; i < 3; i++) expect(rule.evaluate(variables)).toEqual({ kind: 'held' })
  })

  it('keeps few of the patterns that records bring', () => {
    const rule = compileRule({ name: 'pattern', expression: 'output.matches(record)' })
    const kinds = listOf(300).map((i) => rule.evaluate({ ...MEALS, output: `a${i}`, record: `^a${i}$` }).kind)
    expect(new Set(kinds)).toEqual(new Set(['held']))
    const long = rule.evaluate({ ...MEALS, output: 'a', record: 'a'.repeat(1001) })
    expect(long).toEqual({ kind: 'unevaluable', why: expect.stringMatching(/longer than 1000/) })
  })
})

describe('includesLinear', () => {
  it('agrees with the native search', () => {
    const unit = fc.constantFrom('a', 'b')
    // Longer than what is left to the native search.
    const part = fc.tuple(fc.string({ unit, minLength: 1, maxLength: 4 }), fc.string({ unit, maxLength: 3 }))
    fc.assert(
      fc.property(part, fc.string({ unit, maxLength: 6 }), fc.boolean(), ([piece, rest], ahead, within) => {
        const sought = piece.repeat(300) + rest
        const text = ahead + piece.repeat(310) + (within ? sought : '')
        expect(includesLinear(text, sought)).toBe(text.includes(sought))
      }),
    )
  })
})
