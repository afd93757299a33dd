import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileGrader } from '../../src/annotate/grade.js'
import type { GraderSpec } from '../../src/domain/grading.js'
import { PatternError } from '../../src/text/pattern.js'

const grade = (spec: GraderSpec, output: string, reference: unknown) => compileGrader(spec).grade(output, reference)
const ALL: readonly GraderSpec[] = [
  { kind: 'exact' },
  { kind: 'exact', ignoreCase: true, ignorePunctuation: true },
  { kind: 'number' },
  { kind: 'number', tolerance: { absolute: 0.1, relative: 0.1 } },
  { kind: 'math' },
  { kind: 'choice' },
  { kind: 'choice', choices: ['yes', 'no', 'not sure'] },
  { kind: 'json' },
  { kind: 'json', ignoreOrder: true, pointer: '/answer' },
  { kind: 'regex', pattern: '(?i)answer: (\\w+)' },
]

describe('every grader', () => {
  it.each(ALL)('cannot grade without a reference: %j', (spec) => {
    for (const reference of [undefined, null, '']) expect(grade(spec, '5', reference)).toBeNull()
  })

  it.each(ALL.filter(({ kind }) => kind !== 'json'))('cannot grade against what is no answer: %j', (spec) => {
    for (const reference of [{}, [], [[]], [null], ' ', Number.NaN]) expect(grade(spec, '5', reference)).toBeNull()
  })

  it.each(ALL)('calls an output without an answer wrong: %j', (spec) => {
    const reference = spec.kind === 'choice' ? (spec.choices?.[0] ?? 'A') : '5'
    for (const output of ['', ' ', '…', '{}', '\\boxed{}', 'x'.repeat(500)])
      expect(grade(spec, output, reference)).toBe(false)
  })

  it.each(ALL)('never throws: %j', (spec) => {
    const grader = compileGrader(spec)
    const verdicts = new Set<unknown>([true, false, null])
    fc.assert(
      fc.property(fc.string(), fc.anything(), (output, reference) => verdicts.has(grader.grade(output, reference))),
    )
  })
})

describe('the exact grader', () => {
  it.each([
    ['Rain', 'Rain'],
    [' Rain.\n', 'Rain'],
    ['I think of clouds.\nAnswer: **Rain**', 'Rain'],
    ['{"answer": "try."}', "'try.'"],
    ['{"answer": "\'try.\'"}', "'try.'"],
    ['{"answer": "  7  "}', "'  7  '"],
    ['{"answer": ""}', "''"],
    ['<answer>snow</answer>', ['rain', 'snow']],
    ['5', 5],
    ['Answer: yes', true],
    ['Cafe\u0301', 'Café'],
    ['The answer is: x', 'The answer is: x'],
    ['so 18', 'Add.\n#### so 18'],
  ])('calls %j right for %j', (output, reference) => {
    expect(grade({ kind: 'exact' }, output, reference)).toBe(true)
  })

  it.each([
    ['rain', 'Rain'],
    ['{"answer": " 7 "}', "'  7  '"],
    ['8.50', '8.5'],
    ['It may rain', 'rain'],
    ['[1,2]', '[1, 2]'],
    ['', "''"],
  ])('calls %j wrong for %j', (output, reference) => {
    expect(grade({ kind: 'exact' }, output, reference)).toBe(false)
  })

  it('leaves out case and punctuation where told to', () => {
    expect(grade({ kind: 'exact', ignoreCase: true }, 'RAIN', 'rain')).toBe(true)
    expect(grade({ kind: 'exact', ignorePunctuation: true }, '“Rain, snow!”', 'Rain snow')).toBe(true)
    expect(grade({ kind: 'exact', ignorePunctuation: true }, '?!', 'Rain')).toBe(false)
    expect(grade({ kind: 'exact', ignorePunctuation: true }, '?!', '+')).toBe(false)
  })
})

describe('the number grader', () => {
  it.each([
    ['so she makes $18 a day.\n#### 18', '18'],
    ['A: 26', 26],
    ['{"answer": "$1,234.00"}', '1234'],
    ['The answer is 18 dollars per day for 7 days.', '18'],
    ['<answer>The result of 12 and 7 is 23.</answer>', '23'],
    ['\\boxed{x = 5}', '5'],
    ['50%', '0.5'],
    ['50%', '50'],
    ['0.5', '50%'],
    ['12.3%', '0.123'],
    ['\\boxed{\\frac{3}{4}}', '0.75'],
    ['5 drops', 'Janet sells 9.\n#### 5'],
    ['5', ['4', 5]],
    ['It is probably 7.', '7'],
    ['The answer is as follows. 3 + 4 = 7', '7'],
  ])('calls %j right for %j', (output, reference) => {
    expect(grade({ kind: 'number' }, output, reference)).toBe(true)
  })

  it.each([
    ['25', '5'],
    ['-5', '5'],
    ['50%', '50.5%'],
    ['1000000000000001', '1000000000000000'],
    ['5 <answer>unknown</answer>', '5'],
    ['0.3333', '1/3'],
  ])('calls %j wrong for %j', (output, reference) => {
    expect(grade({ kind: 'number' }, output, reference)).toBe(false)
  })

  it.each(['rain', '\\sqrt{2}', '\\frac{\\pi}{2}', '∞'])('cannot grade against %j', (reference) => {
    expect(grade({ kind: 'number' }, '2', reference)).toBeNull()
  })

  it('tolerates the larger of both tolerances', () => {
    const spec: GraderSpec = { kind: 'number', tolerance: { absolute: 0.5, relative: 0.01 } }
    expect([9.5, 9.49, 10.5, 10.51].map((n) => grade(spec, String(n), 10))).toEqual([true, false, true, false])
    expect([99, 101, 98.9].map((n) => grade(spec, String(n), 100))).toEqual([true, true, false])
    expect(grade(spec, '-0.5', 0)).toBe(true)
  })
})

describe('the math grader', () => {
  it.each([
    ['\\boxed{\\dfrac{14}{3}}', '\\frac{14}{3}'],
    ['<answer>14/3</answer>', '\\frac{14}{3}'],
    ['{"answer": "15.975"}', '\\frac{639}{40}'],
    ['<answer>(3, π/2)</answer>', '\\left( 3, \\frac{\\pi}{2} \\right)'],
    ['<answer>42 square inches</answer>', '42'],
    ['<answer>The value of $a$ is $-256$.</answer>', '-256'],
    ['\\boxed{x=5}', '5'],
    ['3sqrt(5)', '3 \\sqrt{5}'],
  ])('calls %j right for %j', (output, reference) => {
    expect(grade({ kind: 'math' }, output, reference)).toBe(true)
  })

  it.each([
    ['\\boxed{2, -2\\sqrt{3}-2}', '2'],
    ['\\boxed{-1 + i}', '-1'],
    ['\\boxed{3\\sqrt{5}}', '3'],
    ['\\boxed{(0,1)}', '[0,1)'],
    ['5 or 6 drops', '5'],
  ])('calls %j wrong for %j', (output, reference) => {
    expect(grade({ kind: 'math' }, output, reference)).toBe(false)
  })
})

describe('the choice grader', () => {
  it.each([
    ['(B). Rain', 'B', true],
    ['<answer> C ) rain </answer>', '(C) rain', true],
    ['<answer> Great Britain </answer>', 'Option C which is : great britain', true],
    ['<answer> A lot of rain </answer>', 'B) a lot of rain', true],
    ['<answer> France </answer>', 'Option C which is : great britain', false],
    ['C', ['A', 'C'], true],
    ['It rains.', 'A', false],
    ['B', 2, null],
    ['B', 'great britain', null],
  ])('grades %j for %j: %s', (output, reference, verdict) => {
    expect(grade({ kind: 'choice' }, output, reference)).toBe(verdict)
  })

  it('reads words, and truths as yes and no', () => {
    const spec: GraderSpec = { kind: 'choice', choices: ['yes', 'no'] }
    expect(grade(spec, '[Yes]', true)).toBe(true)
    expect(grade(spec, '[Yes]', 'No')).toBe(false)
    expect(grade(spec, 'Perhaps', 'yes')).toBe(false)
  })
})

describe('the regex grader', () => {
  it.each([
    ['result=(\\w+)', 'result=rain result=SNOW', 'snow', true],
    ['result=(\\w+)', 'result=snow result=rain', 'snow', false],
    ['[0-9.]+', 'about 7.0', '7', true],
    ['(?:a=(\\d+)|b=(\\d+))', 'b=3', 3, true],
    ['result=(\\w+)', 'snow', 'snow', false],
  ])('grades %s in %j for %j: %s', (pattern, output, reference, verdict) => {
    expect(grade({ kind: 'regex', pattern }, output, reference)).toBe(verdict)
  })

  it('throws for a pattern that cannot be read, with its offset', () => {
    const compile = () => compileGrader({ kind: 'regex', pattern: 'a(?=b)' })
    expect(compile).toThrow(PatternError)
    expect(compile).toThrow(expect.objectContaining({ offset: 1 }))
  })
})

describe('the json grader', () => {
  it.each([
    ['{"a": 1, "b": [2, 3]}', { b: [2, 3], a: 1.0 }, true],
    ['```json\n{"a": 1}\n```', { a: 1 }, true],
    ['{"a": 1}', '{"a": 1}', true],
    ['{"a": 1}', { a: '1' }, false],
    ['{"a": 1, "b": 2}', { a: 1 }, false],
    ['[1, 2]', [1, 2], true],
    ['[2, 1]', [1, 2], false],
    ['{"__proto__": 1}', '{"__proto__": 1}', true],
    ['{"__proto__": 1}', {}, false],
    ['{"a": ', { a: 1 }, false],
  ])('grades %s for %j: %s', (output, reference, verdict) => {
    expect(grade({ kind: 'json' }, output, reference)).toBe(verdict)
  })

  it('takes arrays in any order where told to', () => {
    const spec: GraderSpec = { kind: 'json', ignoreOrder: true }
    expect(grade(spec, '{"a": [{"x": [1, 2]}, 3]}', { a: [3, { x: [2, 1] }] })).toBe(true)
    expect(grade(spec, '[1, 1, 2]', [1, 2, 2])).toBe(false)
  })

  it('compares what a pointer leads to, in a reference too that holds it', () => {
    const spec: GraderSpec = { kind: 'json', pointer: '/a~1b/0' }
    expect(grade(spec, '{"a/b": [5], "why": "rain"}', 5)).toBe(true)
    expect(grade(spec, '{"a/b": [5]}', { 'a/b': [5], why: 'snow' })).toBe(true)
    expect(grade(spec, '{"a": 5}', 5)).toBe(false)
    expect(grade({ kind: 'json', pointer: '/constructor' }, '{"a": 5}', 5)).toBe(false)
  })

  it('calls a bottomless output wrong', () => {
    expect(grade({ kind: 'json' }, `${'['.repeat(100_000)}${']'.repeat(100_000)}`, [])).toBe(false)
  })
})
