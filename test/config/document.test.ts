import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config/document.js'
import { problemOf } from './fakes.js'

const bomb = [
  'a0: &a0 [x, x, x, x, x, x, x, x, x]',
  ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`),
].join('\n')

describe('parseConfig', () => {
  it.each([
    ['an empty text', '', {}],
    ['comments alone', '# nothing yet\n', {}],
    ['null', '~\n', {}],
    ['JSON', '{"a": [1, true, null, "x"]}', { a: [1, true, null, 'x'] }],
    [
      'YAML 1.2, whatever the directive says',
      '%YAML 1.1\n---\na: off\nb: 2001-01-01\n<<: {c: 1}\n',
      { a: 'off', b: '2001-01-01', '<<': { c: 1 } },
    ],
    ['aliases', 'a: &x {k: [1]}\nb: *x\n', { a: { k: [1] }, b: { k: [1] } }],
    ['an anchor that is set twice', 'a: &x 1\nb: *x\nc: &x 2\nd: *x\n', { a: 1, b: 1, c: 2, d: 2 }],
    ['keys that look like other types as text', '1: a\nnull: b\n', { 1: 'a', null: 'b' }],
  ])('reads %s', (_, text, expected) => {
    expect(parseConfig('audit.yaml', text).data).toEqual(expected)
  })

  it('keeps __proto__ a key like any other', () => {
    const { data } = parseConfig('audit.yaml', '__proto__: {polluted: true}\n')
    expect(Object.keys(data ?? {})).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype)
    expect({}).not.toHaveProperty('polluted')
  })

  it.each([
    ['a duplicate key', 'alpha: 0.1\ngate: report\nalpha: 0.2\n', 3, 1, 'duplicate key alpha. Keep one of them.'],
    ['a duplicate key in JSON', '{"alpha": 0.1,\n  "alpha": 0.2}', 2, 3, 'duplicate key "alpha". Keep one of them.'],
    ['a tab as indentation', 'input:\n\tguess: true\n', 2, 1, 'Tabs are not allowed as indentation'],
    ['a list that does not end', 'tasks: [a, b\ngate: report\n', 2, 1, 'must be sufficiently indented'],
    ['a second document', 'alpha: 0.1\n---\nalpha: 0.2\n', 2, 1, 'multiple documents'],
    ['a tag', 'alpha: !percent 5\n', 1, 8, 'Unresolved tag: !percent'],
    ['a key that is a list', 'a: 1\n[b]: 2\n', 2, 1, 'keys must be strings'],
    ['a number that JSON has not', 'alpha: .nan\n', 1, 8, 'NaN is not a number that JSON has.'],
    ['a number that overflows', 'alpha: 1e999\n', 1, 8, 'Infinity is not a number that JSON has.'],
    ['an unknown alias', 'alpha: 1\nbeta: *alpha\n', 2, 7, 'alias "alpha" has no complete anchor before it.'],
    ['a cycle', 'a: &a\n  b: *a\n', 2, 6, 'alias "a" has no complete anchor before it.'],
    ['billions of aliased values', bomb, 5, 10, 'aliases stand for more than 10000 values.'],
    ['nesting that would overflow the stack', `a: ${'['.repeat(100_000)}`, 1, 103, 'nested deeper than 100 levels.'],
    ['nesting by hyphens', `${'- '.repeat(5_000)}x`, 1, 200, 'nested deeper than 100 levels.'],
  ])('refuses %s and says where', (_, text, line, column, message) => {
    expect(problemOf(() => parseConfig('audit.yaml', text))).toEqual({
      code: 'config-invalid',
      file: 'audit.yaml',
      line,
      column,
      message: expect.stringContaining(message),
    })
  })
})
