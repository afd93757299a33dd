import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/domain/finding.js'
import type { Report } from '../../src/domain/report.js'
import { waysOut } from '../../src/report/terminal/ways-out.js'

const open = (given: Partial<Finding>): Finding =>
  ({
    measure: 'score',
    role: 'guarded',
    status: 'inconclusive',
    reason: { code: 'not-proven' },
    worse: 'lower',
    change: { value: -0.01, low: -0.083, high: 0.06, level: 0.9, method: 'tango' },
    margin: 0.05,
    n: 50,
    waiver: null,
    casesNeeded: { toPass: 400, toFail: 900 },
    ...given,
  }) as Finding

const out = (findings: readonly Finding[], onInconclusive: Report['config']['onInconclusive'] = 'default', lost = 0) =>
  waysOut({
    verdict: 'inconclusive',
    findings,
    config: { onInconclusive },
    pairing: { onlyBaseline: { count: lost } },
  } as unknown as Report)
    .join(' ')
    .replace(/\s+/g, ' ')

describe('ways out of an inconclusive verdict', () => {
  it('are more cases of the measure itself, the smallest margin that holds, or to let it pass', () => {
    expect(out([open({})])).toBe(
      'Ways out: 1 More cases, for a harmless tune to pass: score about 400 (has 50). ' +
        '2 A wider margin, if you can defend it: --margin score=0.09 ' +
        '3 Let it pass, on the record: --on-inconclusive pass',
    )
  })

  it('do not promise that more cases help where there are enough, or none would do', () => {
    const enough = open({ n: 800, casesNeeded: { toPass: 608, toFail: null } })
    const stuck = open({ measure: 'brier-score', casesNeeded: { toPass: null, toFail: null } })
    const said = out([enough, stuck])
    expect(said).toContain('With these cases a harmless tune usually passes score: more of them may well show harm.')
    expect(said).toContain('More cases alone do not settle brier-score.')
    expect(said).not.toContain('More cases, for')
  })

  it('take the margin from the worst case, where that is what does not hold', () => {
    const worst = open({ reason: { code: 'worst-case-not-proven', harmfulEnd: 0.091 } })
    expect(out([worst])).toContain('--margin score=0.10')
  })

  it('say first that outputs without a value need one, and count no cases for that', () => {
    const gap = open({
      reason: { code: 'worst-case-not-proven', harmfulEnd: 0.08 },
      casesNeeded: { toPass: 7273565, toFail: null },
    })
    expect(out([gap])).toContain(
      "Ways out: 1 Give every tuned output what the baseline's have: score would pass but for outputs without a value. 2 A wider",
    )
    expect(out([gap])).not.toContain('cases')
  })

  it('never are a margin above twice the one that holds, nor more than a hundred times the cases', () => {
    const tiny = open({ n: 5, change: { value: 0, low: -0.89, high: 0.89, level: 0.9, method: 'jackknife' } })
    expect(out([tiny])).not.toContain('--margin')
    expect(out([open({ n: 5, casesNeeded: { toPass: 500, toFail: null } })])).toContain('about 500 (has 5)')
    expect(out([open({ n: 5, casesNeeded: { toPass: 501, toFail: null } })])).toContain(
      'More cases alone do not settle score.',
    )
  })

  it('begin with the cases that the tuned arm lost, where they are what does not hold', () => {
    const worst = open({ reason: { code: 'worst-case-not-proven', harmfulEnd: 0.121 } })
    expect(out([worst, open({ measure: 'brier-score' })], 'default', 12)).toMatch(
      /^Ways out: 1 Run the 12 cases that only the baseline has; for score the tuned arm counts as the worst there\. 2/,
    )
    expect(out([open({})], 'default', 12)).not.toContain('only the baseline has')
  })

  it('name no choice that the config has made, and speak only of what is guarded and open', () => {
    expect(out([open({})], 'fail')).not.toContain('--on-inconclusive')
    expect(out([open({ role: 'watched' })])).toBe('')
    expect(waysOut({ verdict: 'pass', findings: [open({})] } as unknown as Report)).toEqual([])
  })
})
