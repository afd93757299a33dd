import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PartialConfig } from '../../src/config/partial.js'
import type { Case } from '../../src/domain/case.js'
import type { Sample } from '../../src/domain/record.js'
import { CaseBuilder } from '../../src/input/case-builder.js'
import type { Reading } from '../../src/input/reading.js'
import { readingOf, rulesFor } from './weather.js'

type Fields = Readonly<Record<string, unknown>>

const REPEATS: PartialConfig = { pairing: { repeats: true } }

function readings(records: readonly Fields[], config: PartialConfig = {}): Reading[] {
  return records.map((record, i) => readingOf({ id: 'q1', output: 'rain', ...record }, config, i + 1))
}

function builderFor(config: PartialConfig = {}): CaseBuilder {
  return new CaseBuilder(rulesFor(config).policy.pairing)
}

function build(baseline: readonly Fields[], tuned: readonly Fields[], config: PartialConfig = {}) {
  const builder = builderFor(config)
  const case_ = builder.build({ baseline: readings(baseline, config), tuned: readings(tuned, config) })
  return { case_, pairing: builder.ledger.pairing(), ledger: builder.ledger }
}

const numbers = (samples: readonly Sample[]) => samples.map(({ number }) => number)
const samples = (...given: readonly number[]) => given.map((sample) => ({ sample, output: `rain ${sample}` }))
const outputs = (list: readonly Sample[]) => list.map(({ number, output }) => [number, output])

describe('CaseBuilder', () => {
  it('puts samples in order, whatever order they come in', () => {
    const { case_, pairing } = build(samples(2, 0, 1), samples(1, 2, 0))
    expect(numbers(case_.baseline)).toEqual([0, 1, 2])
    expect(numbers(case_.tuned)).toEqual([0, 1, 2])
    expect(pairing).toMatchObject({ cases: 1, duplicates: { count: 0 } })
  })

  it('leaves out the same samples of a surplus in either arm and in any order', () => {
    const all = [0, 1, 2, 3, 4, 5, 6, 7]
    const kept = (given: readonly number[]) => numbers(build(samples(...given), samples(0, 1, 2)).case_.baseline)
    const chosen = kept(all)
    expect(chosen).toHaveLength(3)
    expect(chosen).not.toEqual([0, 1, 2])
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        expect(kept(order)).toEqual(chosen)
        expect(numbers(build(samples(0, 1, 2), samples(...order)).case_.tuned)).toEqual(chosen)
      }),
    )
  })

  it('counts the surplus by arm, and keeps every sample in `all`', () => {
    const { case_, ledger } = build(samples(0, 1, 2, 3), samples(0))
    expect(ledger.surplus).toEqual({ baseline: 3, tuned: 0 })
    expect([case_.baseline.length, case_.tuned.length, case_.all.baseline.length]).toEqual([1, 1, 4])
  })

  it('exchanges the arms of the case when the arms are exchanged, but for the cluster, which the baseline names', () => {
    const arm = fc.array(
      fc.record({
        output: fc.constantFrom('rain', 'sun', 'snow', ''),
        cluster: fc.constantFrom('spring', 'autumn', null),
        score: fc.nat(3),
      }),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(arm, arm, (one, two) => {
        fc.pre(one.length + two.length > 0)
        const { case_: there } = build(one, two, REPEATS)
        const { case_: back } = build(two, one, REPEATS)
        expect({ ...exchanged(back), cluster: there.cluster }).toEqual(there)
        const named = (records: typeof one) => records.flatMap(({ cluster }) => cluster ?? []).sort()[0] ?? null
        expect(there.cluster).toBe(named(one) ?? named(two))
      }),
    )
  })

  it('numbers repeats by the hash of their line, whatever order they come in', () => {
    const repeats = ['rain', 'sun', 'snow', 'fog', 'hail'].map((output) => ({ output }))
    const first = outputs(build(repeats, [{}], REPEATS).case_.all.baseline)
    expect(first.map(([number]) => number)).toEqual([0, 1, 2, 3, 4])
    fc.assert(
      fc.property(fc.shuffledSubarray(repeats, { minLength: 5 }), (order) => {
        expect(outputs(build(order, [{}], REPEATS).case_.all.baseline)).toEqual(first)
      }),
    )
  })

  it('numbers repeats from the smallest number that is free', () => {
    const { case_ } = build([{ sample: 1, output: 'sun' }, {}, {}, { sample: 0, output: 'snow' }], [{}], REPEATS)
    expect(outputs(case_.all.baseline)).toEqual([
      [0, 'snow'],
      [1, 'sun'],
      [2, 'rain'],
      [3, 'rain'],
    ])
  })

  it('takes the smallest cluster that a record names, so that no order matters', () => {
    const clusters = [{ sample: 0 }, { sample: 1, cluster: 'spring' }, { sample: 2, cluster: 'autumn' }]
    expect(build(clusters, [{}]).case_.cluster).toBe('autumn')
    expect(build([{}], clusters.toReversed()).case_.cluster).toBe('autumn')
    expect(build([{}], [{}]).case_.cluster).toBeNull()
  })
})

describe('Ledger', () => {
  it.each<[string, Fields[], [number, number], number]>([
    ['a repeated sample number', samples(0, 1, 1), [2, 3], 1],
    ['two records without a number', [{}, {}], [1, 2], 0],
    ['no number and number 0', [{}, { sample: 0 }], [1, 2], 0],
  ])('reports %s as a duplicate, with both lines', (_, records, lines, sample) => {
    const { ledger, pairing } = build(records, [{}])
    const [one, two] = lines
    expect(ledger.firstDuplicate()).toEqual({
      arm: 'baseline',
      task: 'default',
      id: 'q1',
      sample,
      places: [
        { file: 'forecasts.jsonl', line: one },
        { file: 'forecasts.jsonl', line: two },
      ],
    })
    expect(pairing.duplicates).toEqual({ count: 1, first: [{ arm: 'baseline', task: 'default', id: 'q1' }] })
  })

  it('counts every repeat and lists each case once', () => {
    const { pairing } = build([{}], [{}, {}, {}, { sample: 1 }, { sample: 1 }])
    expect(pairing.duplicates).toEqual({ count: 3, first: [{ arm: 'tuned', task: 'default', id: 'q1' }] })
  })

  it('takes repeats for samples where they are declared, but not a number twice', () => {
    expect(build([{}, {}], [{}], REPEATS).pairing.duplicates.count).toBe(0)
    expect(build(samples(1, 1), [{}], REPEATS).pairing.duplicates.count).toBe(1)
  })

  it('counts failed outputs per sample and lists each case once per arm', () => {
    const failed = [
      { sample: 0, error: 'timeout' },
      { sample: 1, error: 'timeout' },
      { sample: 2, output: ' ' },
      { sample: 3 },
    ]
    const { pairing } = build(failed, failed)
    const name = { task: 'default', id: 'q1' }
    const both = [
      { ...name, arm: 'baseline' },
      { ...name, arm: 'tuned' },
    ]
    expect(pairing.errors).toEqual({ count: 4, first: both })
    expect(pairing.empty).toEqual({ count: 2, first: both })
  })

  it('lists the five smallest by code unit, in any order of cases and split into shards', () => {
    const ids = ['b', 'B', 'é', 'a', '10', '9', 'aa', '\ud83c', 'q\u001b']
    const smallest = ['10', '9', 'B', 'a', 'aa']
    fc.assert(
      fc.property(fc.shuffledSubarray(ids, { minLength: ids.length }), fc.nat(ids.length), (order, at) => {
        const ledger = listed(order.slice(0, at))
        ledger.merge(listed(order.slice(at)))
        expect(ledger.pairing().onlyTuned).toEqual({
          count: ids.length,
          first: smallest.map((id) => ({ task: 'default', id })),
        })
      }),
    )
  })

  const user = (content: string) => ({ role: 'user', content })

  it.each<[string, unknown, unknown, number]>([
    ['equal text', 'Rain?', 'Rain?', 0],
    ['other text', 'Rain?', 'Snow?', 1],
    ['a prompt in one arm only', 'Rain?', null, 0],
    ['messages with keys in another order', [user('Rain?')], [{ content: 'Rain?', role: 'user' }], 0],
    ['other messages', [user('Rain?')], [user('Snow?')], 1],
    ['messages in another order', [user('Rain?'), user('Snow?')], [user('Snow?'), user('Rain?')], 1],
    ['another blank', 'Rain?', 'Rain? ', 1],
  ])('compares the prompts of the arms: %s', (_, baseline, tuned, count) => {
    const { pairing } = build([{ prompt: baseline }], [{ prompt: tuned }])
    expect(pairing.promptMismatches.count).toBe(count)
  })

  it('counts a case once whose samples have other prompts', () => {
    const { pairing } = build(
      [
        { sample: 0, prompt: 'Rain?' },
        { sample: 1, prompt: 'Snow?' },
      ],
      [{ sample: 0, prompt: 'Fog?' }],
    )
    expect(pairing.promptMismatches).toEqual({ count: 1, first: [{ task: 'default', id: 'q1' }] })
  })
})

function listed(ids: readonly string[]) {
  const builder = builderFor()
  for (const id of ids) builder.build({ baseline: [], tuned: readings([{ id }]) })
  return builder.ledger
}

function exchanged({ baseline, tuned, all, ...rest }: Case): Case {
  return { ...rest, baseline: tuned, tuned: baseline, all: { baseline: all.tuned, tuned: all.baseline } }
}
