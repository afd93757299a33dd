import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config/document.js'
import { mergeConfigs } from '../../src/config/merge.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { configValidator } from '../../src/config/validate.js'
import { detectors } from '../../src/detectors/index.js'

const waiver = { detector: 'cross-task-regression', measure: 'score', reason: 'r', owner: 'o', expires: '2031-01-31' }

function refusal(changes: object, today = '2031-01-31'): string | null {
  const text = JSON.stringify({ waivers: [{ ...waiver, ...changes }] })
  try {
    configValidator(detectors, today)(parseConfig('harbour.json', text))
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('a waiver', () => {
  it('holds through its last day', () => {
    expect(refusal({})).toBeNull()
    expect(refusal({}, '2031-02-01')).toContain('the waiver of score expired on 2031-01-31 (o: r). Remove it')
  })

  it.each([
    [{ expires: '2031-02-29' }, '"2031-02-29" is no day'],
    [{ expires: '31.1.2031' }, 'expires'],
    [{ measure: 'scroe' }, 'cross-task-regression has no measure "scroe". Did you mean "score"?'],
    [{ measure: '__proto__' }, 'has no measure "__proto__"'],
    [{ detector: 'tides' }, 'detector'],
    [{ owner: undefined }, 'owner'],
    [{ reason: '' }, 'reason'],
  ])('is refused with %j', (changes, said) => {
    expect(refusal(changes)).toContain(said)
  })

  it('of what a rule measures is known to that rule alone', () => {
    expect(refusal({ detector: 'infeasible-content', measure: 'rule:total' })).toBeNull()
  })

  it('of an extended config holds too', () => {
    const other = { ...waiver, task: 'tides' }
    const { waivers } = resolvePolicy(mergeConfigs({ waivers: [waiver] }, { waivers: [other] }), detectors)
    expect(waivers.map(({ task }) => task)).toEqual([null, 'tides'])
  })
})
