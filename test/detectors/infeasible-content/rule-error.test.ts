import { describe, expect, it } from 'vitest'
import { explainRuleError, RuleError } from '../../../src/detectors/infeasible-content/rule.js'
import { errorOf } from './rule-support.js'

function explained(expression: string): string[] {
  return explainRuleError(expression, errorOf(expression)).split('\n').slice(1)
}

describe('explainRuleError', () => {
  it.each([
    ['output.a > outptu.b', ['  output.a > outptu.b', '             ^']],
    ['output.a >', ['  output.a >', '            ^']],
    ['output.a > 1\n  && outptu.b\n  && true', ['    && outptu.b', '       ^']],
    ['output.a > 1 &&\r\noutptu.b', ['  outptu.b', '  ^']],
    ['output.a >\n', ['  ', '  ^']],
    ['output.a\t== "\t" +\toutptu', ['  output.a == " " + outptu', '                    ^']],
    ['"日本" == outptu', ['  "日本" == outptu', '            ^']],
    ['"e\u0301😀" == outptu', ['  "e\u0301😀" == outptu', '           ^']],
    ['"\u202e" == outptu', ['  "\\u202e" == outptu', '              ^']],
  ])('%j points at the place', (expression, lines) => {
    expect(explained(expression)).toEqual(lines)
  })

  it('shows a window of a long line', () => {
    const [line, caret] = explained(`output.a == "${'x'.repeat(200)}" && outptu && "${'y'.repeat(200)}" == output`)
    expect(line!.length).toBeLessThan(110)
    expect(line!.slice(caret!.length - 1).startsWith('outptu')).toBe(true)
  })

  it('gives the message alone where no place is known', () => {
    expect(explainRuleError('output.a', new RuleError('scale is a number above 0.', null))).toBe(
      'scale is a number above 0.',
    )
  })
})
