import { describe, expect, it } from 'vitest'
import { Settings, settingsCodec } from '../../src/audit/settings.js'
import type { Case } from '../../src/domain/case.js'
import { settingsOf } from '../../src/input/settings.js'
import { makeCase, makeSample } from './support.js'

const output = (meta: object) => makeSample({ settings: settingsOf(meta) })
const made = (id: string, baseline: object, tuned: object, task = 'rain') =>
  makeCase(id, { baseline: [output(baseline)], tuned: [output(tuned)] }, { task })

function settingsIn(cases: readonly Case[]): Settings {
  const settings = new Settings()
  for (const case_ of cases) settings.add(case_)
  return settings
}

const summariesOf = (cases: readonly Case[]) => settingsIn(cases).summaries([])

describe('a setting', () => {
  it('is told with its kind, and whether it decides', () => {
    const cases = [made('a', { seed: 1, judge_model: 'north' }, { seed: 1, judge_model: 'north' })]
    expect(summariesOf(cases).map(({ key, kind, decides }) => [key, kind, decides])).toEqual([
      ['judge_model', 'scorer', true],
      ['seed', 'decoding', false],
    ])
  })

  it('of one arm alone is counted in that arm', () => {
    const cases = [made('a', { seed: 1 }, {}), made('b', { seed: 1 }, {}), made('c', {}, { seed: 2 })]
    expect(summariesOf(cases)[0]).toMatchObject({
      ...{ cases: 0, onlyBaseline: 2, onlyTuned: 1 },
      values: { baseline: { first: [{ value: '1', cases: 2 }] }, tuned: { first: [{ value: '2', cases: 1 }] } },
    })
  })

  it('that differs in many tasks names the first five', () => {
    const cases = [...'gfedcba'].map((task) => made('x', { seed: 1 }, { seed: 2 }, task))
    expect(summariesOf(cases)[0]!.differing.tasks).toEqual({ count: 7, first: ['a', 'b', 'c', 'd', 'e'] })
  })

  it('keeps its five smallest values, however often the others come again', () => {
    const listed = (seeds: readonly number[]) =>
      summariesOf(seeds.map((seed, i) => made(`c${i}`, { seed }, { seed })))[0]!.values.baseline
    const first = (counts: Readonly<Record<string, number>>) =>
      Object.entries(counts).map(([value, cases]) => ({ value, cases }))
    const five = [1, 2, 3, 4, 5]
    expect(listed([...five, 1, 9, 9])).toEqual({ first: first({ 1: 2, 2: 1, 3: 1, 4: 1, 5: 1 }), others: 2 })
    expect(listed([...five, 5, 1, 0])).toEqual({ first: first({ 0: 1, 1: 2, 2: 1, 3: 1, 4: 1 }), others: 2 })
  })
})

describe('settings of shards', () => {
  const named = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => {
      const name = `run_${1000 + from + i}`
      return made(name, { [name]: { seed: 1 } }, { [name]: { seed: 2 } })
    })

  it('that name more than 256 together are the smallest of all', () => {
    const sum = new Settings()
    sum.merge(settingsIn(named(200, 400)))
    sum.merge(settingsIn(named(0, 200)))
    sum.merge(settingsIn(named(300, 500)))
    expect(sum.summaries([])).toEqual(summariesOf(named(0, 256)))
  })

  it('say the same once they were written and read, and add up further', () => {
    const cases = [...named(0, 8), ...named(0, 3), made('z', { temperature: 0 }, { temperature: 1 }, 'snow')]
    const own = settingsIn(cases)
    const json = JSON.parse(JSON.stringify(settingsCodec.write(own)))
    const read = settingsCodec.read(json)
    expect(read.summaries([])).toEqual(own.summaries([]))
    expect(settingsCodec.write(read)).toEqual(json)
    read.merge(settingsIn(named(2, 5)))
    expect(read.summaries([])).toEqual(summariesOf([...cases, ...named(2, 5)]))
  })
})
