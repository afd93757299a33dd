import { describe, expect, it } from 'vitest'
import { judge, type Question } from '../../src/audit/judge.js'
import { withWouldBe } from '../../src/audit/would-be.js'
import { POLICY, question } from './questions.js'

const strictly = (questions: readonly Question[]) => withWouldBe(judge(questions, POLICY), questions, POLICY)
const recommended = { role: 'guarded', margin: 0.05 } as const

describe('withWouldBe', () => {
  it('leaves findings as they are where nothing is relaxed', () => {
    const questions = [question({}), question({ task: 'coast', role: 'watched' })]
    expect(strictly(questions)).toEqual(judge(questions, POLICY))
  })

  it('names the status under the recommended role and margin, of relaxed measures alone', () => {
    const wide = { margin: 0.2, unrelaxed: recommended, interval: { high: 0.1 } }
    const questions = [question({}), question(wide), question({ task: 'coast', interval: { high: 0.1 } })]
    expect(strictly(questions).map(({ status, wouldBe }) => [status, wouldBe])).toEqual([
      ['pass', null],
      ['pass', 'inconclusive'],
      ['inconclusive', null],
    ])
    expect(strictly(questions).map((finding) => ({ ...finding, wouldBe: null }))).toEqual(judge(questions, POLICY))
  })

  it('judges relaxed measures in one family with the others, whose share of α they would take', () => {
    const noted = question({ role: 'noted', unrelaxed: recommended, interval: { low: 0.01, high: 0.2, p: 0.04 } })
    expect(strictly([noted])[0]!.wouldBe).toBe('fail')
    expect(strictly([noted, question({ interval: { p: 0.9 } })])[0]!.wouldBe).toBe('inconclusive')
  })
})
