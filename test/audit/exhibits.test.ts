import { describe, expect, it } from 'vitest'
import { exhibitsOf } from '../../src/audit/exhibits.js'
import { placeOf } from '../../src/audit/observation.js'
import type { PartialConfig } from '../../src/config/partial.js'
import { foghorn, harbourObservation, lateShips } from './harbours.js'
import { makeCase, makeSample } from './support.js'

const FLEET = ['a', 'b', 'c', 'd', 'e'].map((id, i) =>
  makeCase(id, { baseline: [makeSample()], tuned: [makeSample()] }, { task: i < 3 ? 'cork' : 'sligo' }),
)

function exhibits(cases = FLEET, config: PartialConfig = {}) {
  const observation = harbourObservation(config)
  for (const case_ of cases) observation.observe(case_)
  return exhibitsOf(lateShips, observation)
}

/** What the detector is shown: all cases, those of even and of odd buckets, and the sampled ones by hash. */
function arrivals(port: string, cases: typeof FLEET) {
  const even = cases.filter((case_) => placeOf(case_).bucket % 2 === 0).length
  const byTask = ['cork', 'sligo'].flatMap((task) =>
    cases
      .filter((case_) => case_.task === task)
      .sort((a, b) => placeOf(a).sampleHash - placeOf(b).sampleHash)
      .map(({ id }) => id),
  )
  return [port, cases.length, even, cases.length - even, byTask]
}

const [cork, sligo] = [FLEET.slice(0, 3), FLEET.slice(3)]
const shown = { detector: 'late-ships', kind: 'arrivals' }

describe('exhibitsOf', () => {
  it('gives the pooled data first, then those of each task', () => {
    expect(exhibits()).toEqual([
      { ...shown, task: null, data: arrivals('Cork', FLEET) },
      { ...shown, task: 'cork', data: arrivals('Cork', cork) },
      { ...shown, task: 'sligo', data: arrivals('Cork', sligo) },
    ])
  })

  it('of a single task are the pooled ones', () => {
    expect(exhibits(cork)).toEqual([{ ...shown, task: null, data: arrivals('Cork', cork) }])
  })

  it('are not pooled over tasks that were counted with other options', () => {
    const config: PartialConfig = {
      overrides: [{ tasks: 'sligo', detectors: { 'late-ships': { options: { port: 'Sligo' } } } }],
    }
    expect(exhibits(FLEET, config)).toEqual([
      { ...shown, task: 'cork', data: arrivals('Cork', cork) },
      { ...shown, task: 'sligo', data: arrivals('Sligo', sligo) },
    ])
  })

  it('are none without cases, and none of a detector that shows nothing', () => {
    expect(exhibits([])).toEqual([])
    const observation = harbourObservation()
    for (const case_ of FLEET) observation.observe(case_)
    expect(exhibitsOf(foghorn, observation)).toEqual([])
  })
})
