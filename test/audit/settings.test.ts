import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Settings } from '../../src/audit/settings.js'
import type { Case } from '../../src/domain/case.js'
import { settingsOf } from '../../src/input/settings.js'
import { makeCase, makeSample } from './support.js'

const output = (meta: object) => makeSample({ settings: settingsOf(meta) })
const made = (id: string, baseline: readonly object[], tuned: readonly object[], task = 'rain') =>
  makeCase(id, { baseline: baseline.map(output), tuned: tuned.map(output) }, { task })

const summariesOf = (cases: readonly Case[], allow: readonly string[] = []) => {
  const settings = new Settings()
  for (const case_ of cases) settings.add(case_)
  return settings.summaries(allow)
}

describe('settings', () => {
  it('are compared case by case, so that what varies by prompt may vary', () => {
    const cases = [16, 32, 64].map((max_tokens) => made(`c${max_tokens}`, [{ max_tokens }], [{ max_tokens }]))
    expect(summariesOf(cases)).toMatchObject([
      {
        key: 'max_tokens',
        cases: 3,
        differing: { count: 0 },
        values: { baseline: { first: [{ value: '16', cases: 1 }, { value: '32' }, { value: '64' }], others: 0 } },
      },
    ])
  })

  it('differ where the same values stand on other prompts', () => {
    const cases = [
      made('a', [{ max_tokens: 16 }], [{ max_tokens: 32 }]),
      made('b', [{ max_tokens: 32 }], [{ max_tokens: 16 }], 'snow'),
      made('c', [{ max_tokens: 32 }], [{ max_tokens: 32 }], 'snow'),
    ]
    expect(summariesOf(cases)[0]!.differing).toEqual({
      count: 2,
      tasks: { count: 2, first: ['rain', 'snow'] },
      first: [
        { task: 'rain', id: 'a', baseline: '16', tuned: '32' },
        { task: 'snow', id: 'b', baseline: '32', tuned: '16' },
      ],
    })
  })

  it('of several samples are compared as sets', () => {
    const both = [{ temperature: 0 }, { temperature: 1 }]
    const [setting] = summariesOf([made('a', both, [...both].reverse()), made('b', both, [both[1]!, both[1]!])])
    expect(setting!.differing).toMatchObject({ count: 1, first: [{ id: 'b', baseline: '0 and 1', tuned: '1' }] })
  })

  it('of one arm are counted as such, and are no difference', () => {
    const [setting] = summariesOf([made('a', [{ seed: 1 }], [{}]), made('b', [{}], [{ seed: 2 }])])
    expect(setting).toMatchObject({ cases: 0, onlyBaseline: 1, onlyTuned: 1, differing: { count: 0 } })
  })

  it('of cases that one arm lacks are not compared', () => {
    expect(summariesOf([made('a', [{ temperature: 1 }], []), made('b', [], [{ temperature: 2 }])])).toEqual([])
  })

  it('are allowed by all of their keys or by the last', () => {
    const cases = [made('a', [{ gen: { top_p: 1 }, temperature: 0 }], [{ gen: { top_p: 0.9 }, temperature: 1 }])]
    const allowed = (...names: string[]) =>
      summariesOf(cases, names)
        .filter((one) => one.allowed)
        .map(({ key }) => key)
    expect(allowed('top_p')).toEqual(['gen.top_p'])
    expect(allowed('gen.top_p', 'temperature')).toEqual(['gen.top_p', 'temperature'])
    expect(allowed('p', 'gen')).toEqual([])
  })

  it('stay few, whatever names and values records invent, and are exact for those that are kept', () => {
    const names = Array.from({ length: 2000 }, (_, i) => `run_${(i * 7919) % 2000}`)
    const cases = names.map((name, i) => made(`c${i}`, [{ top_k: i, [name]: { seed: 1 } }], [{ [name]: { seed: 2 } }]))
    const kept = names.map((name) => `${name}.seed`).sort()
    expect(summariesOf(cases).map(({ key, differing }) => [key, differing.count])).toEqual(
      kept.slice(0, 256).map((key) => [key, 1]),
    )
    const [temperature] = summariesOf(names.map((name, i) => made(name, [{ temperature: i }], [{ temperature: i }])))
    const first = ['0', '1', '10', '100', '1000'].map((value) => ({ value, cases: 1 }))
    expect(temperature!.values.tuned).toEqual({ first, others: 1995 })
  })

  it('are the same for any order of cases and any split into shards', () => {
    const meta = fc.record(
      {
        temperature: fc.nat(9),
        gen: fc.record({ top_p: fc.nat(2), seed: fc.nat(20) }, { requiredKeys: [] }),
        split: fc.constantFrom('test', 'dev'),
      },
      { requiredKeys: [] },
    )
    const arm = fc.array(meta, { maxLength: 2 })
    const drawn = fc.array(fc.record({ baseline: arm, tuned: arm, task: fc.constantFrom('rain', 'snow') }), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(drawn, fc.infiniteStream(fc.nat()), (rows, ranks) => {
        const cases = rows.map(({ baseline, tuned, task }, i) => made(`c${i}`, baseline, tuned, task))
        const shuffled = cases.map((one) => ({ one, rank: ranks.next().value })).sort((a, b) => a.rank - b.rank)
        const shards = [new Settings(), new Settings(), new Settings()]
        shuffled.forEach(({ one }, i) => {
          shards[i % 3]!.add(one)
        })
        const total = new Settings()
        for (const shard of shards) total.merge(shard)
        expect(total.summaries([])).toEqual(summariesOf(cases))
      }),
      { numRuns: 100, seed: 20_261 },
    )
  })
})
