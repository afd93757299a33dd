import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRule, compileValue, RuleError } from '../../../src/detectors/infeasible-content/rule.js'
import { errorOf, judge, MEALS } from './rule-support.js'

const HELD = [
  // One kind of number, every operator both ways round.
  'output.guests + 1 == 4',
  '1 + output.guests == 4.0',
  'output.guests - 1 == 2',
  '10 - output.guests == 7',
  'output.guests * 2 == 6',
  '2.5 * output.guests == 7.5',
  'output.guests / 2 == 1.5',
  '6 / output.guests == 2',
  'output.guests % 2 == 1',
  '10 % output.guests == 1',
  '-7 % output.guests == -1',
  '7.5 % output.guests == 1.5',
  'size(output.courses) * 2.5 == 7.5',
  'output.courses.size() + 0.5 == 3.5',
  '-output.guests == -3',
  '-(output.guests + 1) < 0',
  'output.guests == 3',
  'output.guests == 3.0',
  'output.guests != 4',
  'output.guests < 3.5',
  'output.guests <= 3',
  'output.guests > 2',
  'output.guests >= 3',
  '0x1F > output.guests',
  'output.ratio in [0.3, 1] && 2.5 in [1, 2.5]',
  '[1] + [output.ratio] == [1.0, 0.3] && {"a": 1} == {"a": 1.0}',
  'output.note.split(" ").map(p, size(p) * 1.0) == [7, 2, 4]',
  '[output.guests, 2.5, 1].sum() == 6.5',
  // Texts, lists, objects, null, booleans.
  'output.name == "dinner"',
  'output.name + "!" == "dinner!"',
  'output.name < "eat"',
  'output.name >= "dinner"',
  'output.kcal == [500, 900, 350]',
  'output.kcal + [1] == [500, 900, 350, 1]',
  'output.table == {"pasta": 2, "soup": 1}',
  '{"__proto__": output.guests} == {"__proto__": 3}',
  'output.none == null',
  'output.guests != null',
  'output.vegan == false',
  '!output.vegan',
  'output.name != 3',
  '500 in output.kcal',
  '!(5 in output.kcal)',
  '"soup" in output.table',
  '!("constructor" in output.table)',
  'output.mixed == [1, "a", null]',
  // Access.
  'output["guests"] == 3',
  'output.courses[0].dish == "soup"',
  'output.kcal[output.order[0]] == 350',
  'output.table["so" + "up"] == 1',
  'has(output.none)',
  '!has(output.price)',
  '!has(output.__proto__)',
  '!has(output.constructor)',
  'reference.total == output.total',
  'size(input) > 10 && record.limit == 2000',
  // Logic decides where it can, whatever the other side.
  'output.guests == 3 && output.total > 1',
  'output.guests == 4 || output.total > 1',
  'output.missing > 1 || output.guests == 3',
  'output.guests == 3 || output.missing > 1',
  '!(output.missing > 1 && output.guests == 4)',
  'output.vegan ? output.missing : output.guests == 3',
  'output.total > (output.vegan ? 1 : 0.5)',
  // Macros, over lists and over the keys of objects.
  'output.courses.all(c, c.price > 0)',
  'output.empty.all(c, c.price > 0)',
  '!output.empty.exists(c, true)',
  'output.courses.exists(c, c.dish == "soup")',
  'output.mixed.exists(m, m > 0)',
  '!output.mixed.all(m, m > 1)',
  'output.courses.exists_one(c, c.portions == 2)',
  'output.courses.filter(c, c.portions == 1).size() == 2',
  'output.courses.map(c, c.dish) == ["soup", "pasta", "fruit"]',
  'output.courses.map(c, c.price > 1, c.dish) == ["soup", "pasta"]',
  'output.table.all(dish, output.table[dish] <= 2)',
  'output.courses.all(c, output.courses.exists(d, d.price >= c.price))',
  'output.courses.map(output, output.price)[0] == 1.5',
  'range(3).map(i, output.kcal[i]) == output.kcal',
  // Functions, free and as methods.
  'sum(output.courses.map(c, c.price * c.portions)) == output.total',
  'output.kcal.sum() <= record.limit',
  'sum(output.empty) == 0',
  'min(output.kcal) == 350 && output.kcal.max() == 900',
  'min(output.guests, 1, 2.5) == 1',
  'max(output.guests, 1) == 3',
  'abs(-output.guests) == 3',
  'round(output.total) == 7 && round(-output.total) == -7',
  'floor(output.total) == 6 && ceil(output.total) == 7',
  'sqrt(output.guests * 3) == 3',
  'size(distinct(output.courses.map(c, c.portions))) == 2',
  'distinct([output.table, output.table, {"pasta": 2, "soup": 1}]).size() == 1',
  'sort(output.kcal) == [350, 500, 900]',
  'output.courses.map(c, c.dish).sort() == ["fruit", "pasta", "soup"]',
  'range(output.guests) == [0, 1, 2]',
  'int(output.total) == 6 && int(-6.5) == -6 && int("-7") == -7',
  'int(double(7) / 2) == output.guests',
  'double("2.5e1") == 25 && output.guests == 3',
  'string(output.guests) == "3" && string(output.vegan) == "false"',
  'size("😀é") == output.guests - 1',
  'output.note.startsWith("Answer") && output.note.endsWith("kcal")',
  'contains(output.note, "42")',
  'output.note.split(" ")[1] == "42"',
  'split(output.name, "").size() == 6',
  'output.courses.map(c, c.dish).join(", ") == "soup, pasta, fruit"',
  'join(output.note.split(" ")) == "Answer:42kcal"',
  '"ÄBC".lowerAscii() == "Äbc" && "äbc".upperAscii() == "äBC" && output.guests == 3',
  '"  x ".trim() == "x" && output.guests == 3',
  'output.note.matches("\\\\d+ kcal$")',
  'matches(output.note, r"(?i)answer:\\s\\d+")',
  'double(extract(output.note, r"Answer: (\\d+)")) == 42',
  'output.note.extract("[a-z]+") == "nswer"',
  '!output.note.matches(record.pattern)',
]

const VIOLATED: [expression: string, amount: number | null][] = [
  ['output.total <= 6', 0.5],
  ['output.total >= 7', 0.5],
  ['output.total < 6.5', 0],
  ['output.total > 8', 1.5],
  ['output.total == 5', 1.5],
  ['output.total != 6.5', null],
  ['(output.total == 5)', 1.5],
  ['!(output.total == 6.5)', null],
  ['output.total == "6.5"', null],
  ['output.name == "lunch"', null],
  ['output.name < "a"', null],
  ['output.none == 0', null],
  ['output.kcal == [500, 900]', null],
  ['output.table == {"soup": 1, "bread": 2}', null],
  ['output.vegan', null],
  ['output.total <= 6 && output.guests == 3', null],
  ['output.missing > 1 && output.guests == 4', null],
  ['output.mixed.all(m, m == 1)', null],
  // Within doubles, but their difference is not: no size that JSON could hold.
  ['output.factor == -output.factor', null],
]

const UNEVALUABLE: [expression: string, why: RegExp][] = [
  ['output.missing > 1', /^output\.missing: no such key$/],
  ['output.constructor == 1', /no such key/],
  ['output.__proto__ == 1', /no such key/],
  ['output["__proto__"] == 1', /no such key/],
  ['output.kcal.length == 3', /a list has no keys/],
  ['output.name.x == 3', /a text has no keys/],
  ['has(output.missing.x)', /output\.missing: no such key/],
  ['has(output.kcal.x)', /a list has no keys/],
  ['output.kcal[3] == 1', /no such element/],
  ['output.kcal[-1] == 1', /no such element/],
  ['output.kcal[0.5] == 1', /not a whole number/],
  ['output.kcal["0"] == 1', /needs a number, not a text/],
  ['output.table[0] == 1', /an object cannot be indexed by a number/],
  ['output.name[0] == "d"', /a text cannot be indexed/],
  ['output.name > 3', /a text and a number cannot be compared/],
  ['output.none < 3', /null and a number/],
  ['output.kcal < output.kcal', /a list and a list/],
  ['output.vegan < true', /true or false and true or false/],
  ['output.name + 1 == 2', /a text and a number cannot be added/],
  ['output.name * 2 == 2', /needs a number, not a text/],
  ['-output.name == 2', /needs a number/],
  ['output.guests / 0 == 1', /division by zero/],
  ['output.guests % 0 == 1', /division by zero/],
  ['output.factor * 10 > 1', /not a finite number/],
  ['sum([output.factor, output.factor]) > 1', /not a finite number/],
  ['sqrt(-output.guests) > 1', /not a finite number/],
  ['output.huge > 1', /out of range/],
  ['output.huge == output.huge', /out of range/],
  ['output.huge + 1 > 1', /out of range/],
  ['output.guests', /needs true or false, not a number/],
  ['!output.guests', /needs true or false/],
  ['output.guests && true', /needs true or false/],
  ['output.guests ? true : false', /needs true or false/],
  ['output.missing > 1 || output.guests == 4', /no such key/],
  ['output.guests == 4 || output.missing > 1', /no such key/],
  ['output.guests == 3 && output.missing > 1', /no such key/],
  ['output.mixed.all(m, m > 0)', /cannot be compared/],
  ['output.mixed.exists(m, m > 1)', /cannot be compared/],
  ['output.mixed.exists_one(m, m > 0)', /cannot be compared/],
  ['output.mixed.map(m, m + 1).size() == 3', /cannot be added/],
  ['output.courses.filter(c, c.price).size() == 3', /needs true or false/],
  ['output.name.all(c, true)', /needs a list or an object, not a text/],
  ['3 in output.name', /needs a list or an object/],
  ['sum(output.mixed) > 0', /needs a number, not a text/],
  ['sum(output.name) > 0', /needs a list/],
  ['min(output.empty) > 0', /the list is empty/],
  ['max(output.empty) > 0', /the list is empty/],
  ['sort(output.mixed)[0] == 1', /needs a number/],
  ['range(output.total).size() == 3', /whole number ≥ 0/],
  ['range(-output.guests).size() == 3', /whole number ≥ 0/],
  ['int(output.name) == 1', /not a whole number/],
  ['int(output.none) == 1', /needs a number, not null/],
  ['double(output.name) == 1', /not a number/],
  ['double("") == output.guests', /not a number/],
  ['double("nan") == output.guests', /not a number/],
  ['string(output.kcal) == ""', /a list cannot be written/],
  ['output.kcal.join() == ""', /needs a text, not a number/],
  ['output.guests.matches("3")', /needs a text/],
  ['output.name.matches("(" + output.name)', /the pattern is invalid/],
  ['output.name.extract("x(y)") == "y"', /does not match/],
  ['output.name.extract("(x)?d") == "y"', /takes no part/],
  ['{output.guests: 1} == output.table', /a key is a text/],
]

describe('a rule', () => {
  it.each(HELD)('%s holds', (expression) => {
    expect(judge(expression)).toEqual({ kind: 'held' })
  })

  it.each(VIOLATED)('%s is violated by %s', (expression, amount) => {
    expect(judge(expression)).toEqual({ kind: 'violated', amount })
  })

  it.each(UNEVALUABLE)('%s cannot be evaluated', (expression, why) => {
    expect(judge(expression)).toEqual({ kind: 'unevaluable', why: expect.stringMatching(why) })
  })

  it('over a text output reads the text', () => {
    const variables = { ...MEALS, output: 'Total: 6.5' }
    expect(judge('output.startsWith("Total")', {}, variables)).toEqual({ kind: 'held' })
    expect(judge('output.total > 1', {}, variables).kind).toBe('unevaluable')
  })

  it('cannot be evaluated where its record has no such variable', () => {
    const why = 'reference: this record has none'
    expect(judge('reference == output', {}, { ...MEALS, reference: undefined })).toEqual({ kind: 'unevaluable', why })
  })

  it('divides the size of a violation by the scale', () => {
    expect(judge('output.kcal.sum() <= 1000', { scale: 100 })).toEqual({ kind: 'violated', amount: 7.5 })
    expect(judge('output.total <= 1', { scale: 5e-324 })).toEqual({ kind: 'violated', amount: null })
  })

  it('says whether it is an equality, and what it tolerates', () => {
    const spec = { name: 'balance', expression: 'output.total == 6', tolerance: { absolute: 1 } }
    expect(compileRule(spec)).toMatchObject({
      name: 'balance',
      isEquality: true,
      tolerance: { absolute: 1, relative: 0 },
    })
    expect(compileRule({ name: 'cap', expression: 'output.total <= 6' })).toMatchObject({
      isEquality: false,
      tolerance: null,
    })
  })

  it('names keys that only the data knows by the expression, never by the data', () => {
    const variables = { ...MEALS, output: { key: 'secret', text: '\u001b[31msecret' } }
    for (const expression of ['output[output.key] == 1', 'output.text > 1', 'output.text.matches("(" + output.text)'])
      expect(JSON.stringify(judge(expression, {}, variables))).not.toContain('secret')
  })

  it('is as it was after any record', () => {
    const rule = compileRule({ name: 'all', expression: 'output.xs.all(x, x < 2) && output.xs.map(x, x)[0] == 1' })
    const of = (xs: unknown) => rule.evaluate({ ...MEALS, output: { xs } }).kind
    expect([of([1]), of([3]), of('x'), of([1])]).toEqual(['held', 'violated', 'unevaluable', 'held'])
  })
})

describe('compileValue', () => {
  it('gives numbers, and null for all else', () => {
    expect(compileValue('sum(output.kcal) / 2')(MEALS)).toBe(875)
    expect(compileValue('output.missing')(MEALS)).toBeNull()
    expect(compileValue('output.name')(MEALS)).toBeNull()
    expect(compileValue('output.huge')(MEALS)).toBeNull()
    expect(compileValue('record.limit')({ ...MEALS, record: undefined })).toBeNull()
  })

  it('refuses what gives no number', () => {
    expect(() => compileValue('output.total > 1')).toThrow(RuleError)
    expect(() => compileValue('output.')).toThrow(RuleError)
  })
})

describe('hostile input', () => {
  const hostile = JSON.parse(`{
    "__proto__": {"polluted": 1}, "constructor": {"prototype": {"x": 1}}, "toString": 5, "hasOwnProperty": null,
    "valueOf": "v", "n": 1, "list": [{"__proto__": {"n": 7}}, {"n": 1, "constructor": 3}]
  }`)
  const variables = { ...MEALS, output: hostile }

  it.each([
    ['output.n == 1', 'held'],
    ['output.constructor.prototype.x == 1', 'held'],
    ['output.toString + 1 == 6', 'held'],
    ['output.__proto__.polluted == 1', 'held'],
    ['output.polluted == 1', 'unevaluable'],
    ['output.list[0].n == 7', 'unevaluable'],
    ['output.list[1].constructor == 3', 'held'],
    ['output == output', 'held'],
    ['size(output) == 7', 'held'],
    ['output.list[0] == {"__proto__": {"n": 7}}', 'held'],
  ])('%s is %s', (expression, kind) => {
    expect(judge(expression, {}, variables).kind).toBe(kind)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('nested a hundred thousand deep cannot be evaluated', () => {
    const nested = (): unknown => JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
    const why = 'a value is nested too deeply or too large'
    for (const expression of ['output == record', 'distinct(output) == record', 'output in [record]'])
      expect(judge(expression, {}, { ...MEALS, output: nested(), record: nested() })).toEqual({
        kind: 'unevaluable',
        why,
      })
  })

  it('never throws, whatever the JSON', () => {
    const rules = [...HELD, ...VIOLATED.map(([one]) => one), ...UNEVALUABLE.map(([one]) => one)].map((expression) =>
      compileRule({ name: expression, expression }),
    )
    const keys = fc.constantFrom('total', 'guests', 'name', 'courses', 'kcal', 'table', 'mixed', '__proto__', 'huge')
    const value = fc.oneof(fc.jsonValue(), fc.array(fc.double()), fc.string({ unit: 'binary' }), fc.constant(-0))
    const output = fc.oneof(fc.dictionary(keys, value), value)
    fc.assert(
      fc.property(output, value, (output, record) => {
        for (const rule of rules) {
          const outcome = rule.evaluate({ input: record, output, reference: output, record })
          const amount = outcome.kind === 'violated' ? (outcome.amount ?? 0) : 0
          expect(amount >= 0 && Number.isFinite(amount)).toBe(true)
        }
      }),
    )
  })

  it('compiles or is refused with a RuleError, whatever the expression', () => {
    const words = fc.constantFrom(
      ...['output', 'x', '.', '[', ']', '(', ')', '==', '<', '+', '/', '&&', '1', '2.5', '"a"', ',', 'all', 'sum', '{'],
    )
    const expression = fc.oneof(
      fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' ')),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...['(', '!', '-', '.a', '[1', 'a('].map((piece) => `output && ${piece.repeat(5_000)}`)),
    )
    fc.assert(
      fc.property(expression, (source) => {
        try {
          judge(source)
        } catch (error) {
          expect(error).toBeInstanceOf(RuleError)
        }
      }),
    )
  })
})

describe('compileRule', () => {
  it.each([
    ['outptu.total > 1', 0, /unknown name "outptu"\. Did you mean "output"\?/],
    ['output.courses.all(c, d.price > 1)', 22, /unknown name "d"\..*Known:.* c\./],
    ['output.courses.al(c, c.price > 1)', 15, /unknown function "al"\. Did you mean "all"\?/],
    ['1 + sume(output.x) > 1', 4, /unknown function "sume"\. Did you mean "sum"\?/],
    ['timestamp(output.x) > 1', 0, /unknown function "timestamp"/],
    ['output.total >', 14, /ends too early/],
    ['output.a and output.b', 9, /Write && for "and"/],
    ['output.a or output.b', 9, /Write \|\| for "or"/],
    ['not output.a', 4, /Write ! for "not"/],
    ['output.a = 1', 9, /Write == to compare/],
    ['output.a <> 1', 10, /Write != /],
    ['"abc > output', 0, /unterminated string/],
    ['size(output) + 1', 0, /gives true or false; this one gives int/],
    ['1 + 1 == 2', 0, /reads no variable/],
    ['size(output.a) / 2 > 1', 0, /both sides are whole numbers/],
    ['size(output) == "3"', 0, /no such operation: int == string/],
    ['output.a < [1]', 0, /no such operation: any < list<int>/],
    ['output.a > 1 && !5', 16, /no such operation: !int/],
    ['output.x.matches("(?=a)")', 17, /the pattern: lookaround/],
    ['all(output.x, y, y)', 0, /stands behind a list/],
    ['output.x.all(y)', 9, /takes a name and what to do/],
    ['output.x.contains()', 9, /takes 2 values/],
    ['has(output)', 0, /asks for a key/],
    ['output.x == b"a"', 12, /can be written/],
    ['output.x == 9007199254740993', 12, /2\^53/],
    ['output.x > 5u', 11, /can be written/],
  ])('refuses %s at %s', (expression, offset, message) => {
    const error = errorOf(expression)
    expect(error.message).toMatch(message)
    expect(error.offset).toEqual(offset)
  })

  it('refuses what is too long, too large or too deep', () => {
    expect(errorOf(`output.a == 1${' && output.a == 1'.repeat(300)}`).message).toMatch(/too large/)
    expect(errorOf(`${'!'.repeat(19_000)}output.a`).message).toMatch(/nests too deeply|too large/)
    expect(errorOf(`output.a == "${'x'.repeat(20_000)}"`).message).toMatch(/longer than 20000/)
  })

  it.each([
    [{ tolerance: { absolute: -1 } }, /tolerance\.absolute/],
    [{ tolerance: { absolute: Number.NaN } }, /tolerance\.absolute/],
    [{ tolerance: { relative: 5 } }, /0\.05 for 5 %/],
    [{ scale: 0 }, /scale/],
    [{ scale: Number.POSITIVE_INFINITY }, /scale/],
  ])('refuses %j', (spec, message) => {
    const error = errorOf('output.total == 1', spec)
    expect(error.message).toMatch(message)
    expect(error.offset).toBeNull()
  })

  it('refuses a tolerance on what is not one comparison', () => {
    const error = errorOf('output.a == 1 && output.b == 2', { tolerance: { absolute: 1 } })
    expect(error.message).toMatch(/Split the rule/)
  })
})
