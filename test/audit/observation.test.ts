import { describe, expect, it } from 'vitest'
import { MOST_OF_TASK } from '../../src/audit/case-sample.js'
import { CellSums } from '../../src/audit/cells.js'
import { type Observation, observationCodec } from '../../src/audit/observation.js'
import { reachesOf } from '../../src/audit/sample-reach.js'
import type { Slice } from '../../src/audit/slices/slice.js'
import type { PartialConfig } from '../../src/config/partial.js'
import type { Case } from '../../src/domain/case.js'
import type { Portrait } from '../../src/domain/slice.js'
import { harbourObservation } from './harbours.js'
import { makeCase, makeSample } from './support.js'

/** A ship of which both arms speak. */
function ship(id: string, task = 'cork', output = 'in time', cluster: string | null = null): Case {
  return makeCase(id, { baseline: [makeSample()], tuned: [makeSample({ output })] }, { task, cluster })
}

const lost = (id: string, task = 'cork') => makeCase(id, { baseline: [makeSample()], tuned: [] }, { task })
const extra = (id: string, task = 'cork') => makeCase(id, { baseline: [], tuned: [makeSample()] }, { task })

function observed(cases: readonly Case[], config: PartialConfig = {}): Observation {
  const observation = harbourObservation(config)
  for (const each of cases) observation.observe(each)
  return observation
}

const taskOf = (observation: Observation, task: string) =>
  observation.observed().find(([name]) => name === task)?.[1] ?? null

/** A column's count over all buckets of a task. */
function counted(observation: Observation, task: string, detector: string, column: string): number | null {
  const tally = taskOf(observation, task)?.tallies.get(detector)
  if (tally === undefined) return null
  const sums = new CellSums(tally.layout)
  for (const row of tally.rows.values()) sums.add(row, 1)
  return sums.count(column)
}

const crashes = ({ crashed }: Observation) =>
  [...crashed].map(([id, error]) => [id, error instanceof Error ? error.message : error])

describe('Observation.observe', () => {
  it('shows each paired case to every detector, task by task', () => {
    const observation = observed([ship('a'), ship('b'), ship('c', 'sligo')])
    expect(observation.observed().map(([name, { cases }]) => [name, cases])).toEqual([
      ['cork', 2],
      ['sligo', 1],
    ])
    expect(counted(observation, 'cork', 'late-ships', 'cases')).toBe(2)
    expect(counted(observation, 'cork', 'foghorn', 'cases')).toBe(2)
    expect(counted(observation, 'sligo', 'late-ships', 'cases')).toBe(1)
  })

  it('gives tasks by code unit, whatever order they came in', () => {
    const names = observed(['é', 'sligo', 'Cork', 'avoca'].map((task) => ship('a', task))).observed()
    expect(names.map(([name]) => name)).toEqual(['Cork', 'avoca', 'sligo', 'é'])
  })

  it('counts a case that the tuned arm lost as lost, and as none of the task’s cases', () => {
    const observation = observed([ship('a'), lost('b'), lost('c', 'sligo')])
    expect(taskOf(observation, 'cork')!.cases).toBe(1)
    expect(counted(observation, 'cork', 'late-ships', 'lost')).toBe(1)
    expect(counted(observation, 'cork', 'late-ships', 'cases')).toBe(1)
    expect(
      taskOf(observation, 'cork')!
        .tallies.get('late-ships')!
        .lost.cases.map(({ id }) => id),
    ).toEqual(['b'])
    expect(counted(observation, 'cork', 'foghorn', 'lost')).toBe(0)
    expect(taskOf(observation, 'sligo')).toBeNull()
    expect(observation.census.cases('sligo', 'baseline')).toBe(1)
  })

  it('shows a case that only the tuned arm has to the census alone', () => {
    const observation = observed([ship('a'), extra('b')])
    expect(counted(observation, 'cork', 'late-ships', 'cases')).toBe(1)
    expect(counted(observation, 'cork', 'late-ships', 'lost')).toBe(0)
    expect([observation.census.cases('cork', 'tuned'), observation.census.paired('cork')]).toEqual([2, 1])
  })

  it('notes the clusters that cases name', () => {
    const alone = observed([ship('a'), ship('b')])
    expect(taskOf(alone, 'cork')!.clusters).toMatchObject({ any: false, designEffect: 1 })
    const convoy = observed([ship('a', 'cork', '', 'convoy'), ship('b', 'cork', '', 'convoy'), ship('c')])
    // (2² + 1²)/3
    expect(taskOf(convoy, 'cork')!.clusters.any).toBe(true)
    expect(taskOf(convoy, 'cork')!.clusters.designEffect).toBeCloseTo(5 / 3, 15)
    expect(taskOf(convoy, 'cork')!.tallies.get('late-ships')!.rows.size).toBeLessThanOrEqual(3)
  })

  it('asks no detector that is off in the task', () => {
    const config: PartialConfig = { overrides: [{ tasks: 'sligo', detectors: { foghorn: { level: 'off' } } }] }
    const observation = observed([ship('a'), ship('b', 'sligo')], config)
    expect([...taskOf(observation, 'cork')!.tallies.keys()]).toEqual(['late-ships', 'foghorn'])
    expect([...taskOf(observation, 'sligo')!.tallies.keys()]).toEqual(['late-ships'])
  })

  it('leaves less room for each task’s sample as tasks turn up', () => {
    const cases = Array.from({ length: 300 }, (_, i) => ship(`ship-${i}`))
    const others = Array.from({ length: 63 }, (_, i) => ship('a', `port-${i}`))
    const early = observed([...cases, ...others])
    const late = observed([...others, ...cases])
    // 8,192 of a run over 64 tasks.
    for (const observation of [early, late]) {
      const tally = taskOf(observation, 'cork')!.tallies.get('late-ships')!
      expect(tally.sample.cases).toHaveLength(128)
      expect(observation.samples('cork', 'late-ships', tally.sample.reach)).toBe(true)
      expect(observation.samples('cork', 'late-ships', tally.sample.reach + 1)).toBe(false)
    }
  })
})

describe('Observation.samples', () => {
  it('takes any hash while there is room, and none where there is no such task or detector', () => {
    const observation = observed([ship('a')])
    expect(observation.samples('cork', 'late-ships', 2 ** 32 - 1)).toBe(true)
    expect(observation.samples('cork', 'buoys', 0)).toBe(false)
    expect(observation.samples('sligo', 'late-ships', 0)).toBe(false)
  })
})

describe('a detector that throws', () => {
  it('is told of by the error whose message comes first, in any order; the others go on', () => {
    const fleet = [
      ship('a'),
      ship('b', 'cork', 'throw no lamp'),
      ship('c', 'sligo', 'throw no horn'),
      ship('d', 'sligo', 'throw no oil'),
    ]
    for (const ships of [fleet, fleet.toReversed()]) {
      const observation = observed(ships)
      expect(crashes(observation)).toEqual([['foghorn', 'no horn']])
      expect(counted(observation, 'sligo', 'late-ships', 'cases')).toBe(2)
    }
  })

  it('is told of too where it throws when sampled cases are settled', () => {
    const observation = observed([ship('a', 'cork', 'fog'), ship('b', 'sligo', 'fog')])
    expect(crashes(observation)).toEqual([])
    observation.settle()
    expect(crashes(observation)).toEqual([['foghorn', 'fog at a']])
    const kept = taskOf(observation, 'cork')!.tallies.get('late-ships')!.sample.cases
    expect(kept.map(({ features }) => features)).toEqual(['a'])
  })

  it('is told of too where it throws when its samples shrink', () => {
    const heavy = makeSample({ prompt: 'x'.repeat(2 ** 22 - 100) })
    const [calm, foggy] = ['calm', 'fog'].map((output) => [{ ...heavy, output }])
    const case_ = makeCase('a', { baseline: [heavy], tuned: foggy! }, { task: 'cork' })
    const fine = makeCase('a', { baseline: [heavy], tuned: calm! }, { task: 'cork' })
    // 2^26 characters over nine tasks hold less than both prompts, over eight as much.
    const others = Array.from({ length: 8 }, (_, i) => ship('a', `port-${i}`))
    expect(crashes(observed([case_, ...others.slice(1)]))).toEqual([])
    expect(crashes(observed([fine, ...others]))).toEqual([])
    expect(crashes(observed([case_, ...others]))).toEqual([['foghorn', 'fog at a']])
  })
})

describe('Observation.merge', () => {
  const fleet = Array.from({ length: 40 }, (_, i) =>
    i % 7 === 0
      ? lost(`ship-${i}`)
      : ship(`ship-${i}`, i % 3 === 0 ? 'cork' : 'sligo', i % 5 === 0 ? 'late' : '', i % 4 === 0 ? 'convoy' : null),
  )

  it('of any split gives what the whole gives', () => {
    const codec = observationCodec(() => harbourObservation())
    const whole = codec.write(observed(fleet))
    for (const parts of [2, 3, 5]) {
      const merged = harbourObservation()
      for (let part = parts - 1; part >= 0; part--) merged.merge(observed(fleet.filter((_, i) => i % parts === part)))
      expect(codec.write(merged)).toEqual(whole)
    }
  })

  it('keeps the error whose message comes first, whichever shard had it', () => {
    const [a, b] = [ship('a', 'cork', 'throw alarm'), ship('b', 'cork', 'throw bell')]
    for (const [first, second] of [
      [a, b],
      [b, a],
    ]) {
      const merged = observed([first!])
      merged.merge(observed([second!]))
      merged.merge(observed([ship('c')]))
      expect(crashes(merged)).toEqual([['foghorn', 'alarm']])
    }
  })

  it('takes over any error where it has none', () => {
    for (const message of ['alarm', 'wreck']) {
      const merged = observed([ship('a')])
      merged.merge(observed([ship('b', 'cork', `throw ${message}`)]))
      expect(crashes(merged)).toEqual([['foghorn', message]])
    }
  })
})

describe('slices of an observation', () => {
  const portrait = ({ id, cluster }: Case): Portrait => ({
    facets: [
      { axis: 'tag', name: id.slice(0, 1) },
      ...(cluster === null ? [] : [{ axis: 'domain', name: cluster } as const]),
    ],
    prompt: { whole: `Where is ${id}?`, asked: `Where is ${id}?`, isText: true },
  })

  function sliced(cases: readonly Case[], config: PartialConfig = {}): Observation {
    const observation = harbourObservation(config, portrait)
    for (const each of cases) observation.observe(each)
    return observation
  }

  const read = ({ name, cases, tallies }: Slice) => {
    const [tally, ...others] = [...tallies.values()]
    const sums = new CellSums(tally!.layout)
    for (const row of tally!.rows.values()) sums.add(row, 1)
    return [name, cases, sums.count('cases'), sums.count('late'), others.length]
  }

  it('are counted over all tasks whose options are the same, for the detectors that they ask', () => {
    const observation = sliced([ship('a1'), ship('a2', 'sligo', 'late'), ship('b1'), lost('b2'), extra('b3')])
    expect(observation.slices.slices().map(read)).toEqual([
      ['a', 2, 2, 1, 0],
      ['b', 1, 1, 0, 0],
    ])
    expect(read(observation.slices.all)).toEqual(['', 3, 3, 1, 0])
  })

  it('keep tasks with other options apart', () => {
    const config: PartialConfig = {
      overrides: [{ tasks: 'sligo', detectors: { 'late-ships': { options: { port: 'Sligo' } } } }],
    }
    const observation = sliced([ship('a1'), ship('a2', 'sligo')], config)
    expect(observation.slices.all.tallies.size).toBe(2)
  })

  it('hold examples of their own', () => {
    const observation = sliced([ship('a1', 'cork', 'late'), ship('b1')])
    const examples = observation.slices
      .slices()
      .map(({ tallies }) => [...tallies.values()].flatMap((tally) => tally.allExamples({ id: 'late-rate' }).items))
    expect(examples.map((items) => items.map(({ example }) => example.id))).toEqual([['a1'], []])
  })

  it('are none without portraits', () => {
    expect(observed([ship('a1')]).slices.slices()).toEqual([])
    expect(observed([ship('a1')]).slices.all.cases).toBe(0)
  })

  it('of its parts, written and read, merge into what the whole is; a task is let go of as it is given out', () => {
    const codec = observationCodec(() => harbourObservation({}, portrait))
    const fleet = Array.from({ length: 40 }, (_, i) =>
      [ship, lost][Number(i % 7 === 0)]!(`${i}`, i % 3 === 0 ? 'cork' : 'sligo'),
    )
    const whole = sliced(fleet)
    const written = codec.write(whole)
    const merged = harbourObservation({}, portrait)
    const cases: number[][] = []
    for (const part of whole.parts()) {
      cases.push([part, whole].map((own) => own.observed().reduce((sum, [, task]) => sum + task.cases, 0)))
      merged.merge(codec.read(codec.write(part)))
    }
    expect(codec.write(merged)).toEqual(written)
    expect(cases).toEqual([
      [12, 22],
      [22, 0],
      [0, 0],
    ])
  })

  it('are written with the tasks, and read again', () => {
    const codec = observationCodec(() => harbourObservation({}, portrait))
    const written = codec.write(sliced([ship('a1', 'cork', 'late', 'convoy'), ship('b1', 'sligo')]))
    const read_ = codec.read(JSON.parse(JSON.stringify(written)))
    expect(codec.write(read_)).toEqual(written)
    read_.observe(ship('a2'))
    expect(read_.slices.slices().map(read)).toContainEqual(['a', 2, 2, 1, 0])
  })
})

describe('Observation.keepUpTo', () => {
  it('leaves in the parts, together, what the whole samples of observed cases and of lost ones', () => {
    const cases = Array.from({ length: 1_500 }, (_, i) => (i % 2 === 0 ? ship(`a-${i}`) : lost(`b-${i}`)))
    const half = (rest: number) => observed(cases.filter((_, i) => i % 4 < 2 === (rest === 0)))
    const parts = [half(0), half(1)]
    const reaches = reachesOf(parts.map((part) => part.sampled()))
    for (const part of parts) part.keepUpTo([...reaches, { ...reaches[0]!, task: 'sligo' }])
    const sampledOf = (observation: Observation) =>
      observation.sampled().find(({ detector }) => detector === 'late-ships')!
    const whole = sampledOf(observed(cases))

    for (const which of ['kept', 'lost'] as const) {
      const together = parts.flatMap((part) => [...sampledOf(part)[which]]).sort((a, b) => a - b)
      expect(together).toEqual([...whole[which]])
    }
    expect(sampledOf(parts[0]!)).toMatchObject({ task: 'cork' })
    expect(whole.kept.length).toBe(MOST_OF_TASK)
  })
})
