import { describe, expect, it } from 'vitest'
import { ONCE } from '../../src/audit/buckets.js'
import { CaseSample } from '../../src/audit/case-sample.js'
import { CellSums, Layout } from '../../src/audit/cells.js'
import { CaseTally, emptyTally, LostCaseTally, TaskTally, taskTallyCodec } from '../../src/audit/tally.js'
import { anything } from '../../src/domain/codec/values.js'
import type { Prepared } from '../../src/domain/detector.js'
import { count, defineColumns, type Kept, once, sum } from '../../src/domain/tally.js'
import { makeCase, makeSample } from './support.js'

const { list, at } = defineColumns({
  fogs: count(),
  cases: count(),
  delay: sum(),
  pairs: once(count(4)),
  drift: once(sum()),
})
const sliced = new Layout(defineColumns({ fogs: count(), cases: count(), delay: sum() }).list)
const PREPARED: Prepared = { columns: list, measures: [], exhibits: [], features: anything, observe: () => {} }

const place = (bucket: number, hash = 1) => ({ cluster: bucket, bucket, hash, sampleHash: hash })
const harbour = (id = 'cork', output = 'High at noon.') =>
  makeCase(id, { baseline: [makeSample({ output })], tuned: [makeSample({ output, settings: [] })] })

const counterOf = (tally: TaskTally, bucket: number) => new CaseTally(tally, harbour(), place(bucket))

/** What a bucket's row holds; null where there is none. */
function read(tally: TaskTally, bucket: number) {
  const row = tally.rows.get(bucket)
  if (row === undefined) return null
  const sums = new CellSums(tally.layout)
  sums.add(row, 1)
  return sums
}

describe('a case’s counts', () => {
  it('go to the row of its bucket, those of columns kept once to a row of their own', () => {
    const tally = new TaskTally(PREPARED)
    counterOf(tally, 5).count(at.cases, 1)
    for (const bucket of [5, 9]) {
      counterOf(tally, bucket).count(at.cases, 2)
      counterOf(tally, bucket).add(at.delay, 0.25)
      counterOf(tally, bucket).count(at.pairs, 4)
      counterOf(tally, bucket).count(at.pairs + 3, 1)
      counterOf(tally, bucket).add(at.drift, -1.5)
    }
    expect([...tally.rows.keys()].sort((a, b) => a - b)).toEqual([ONCE, 5, 9])
    expect([read(tally, 5)!.count('cases'), read(tally, 9)!.count('cases')]).toEqual([3, 2])
    expect([read(tally, 5)!.sum('delay'), read(tally, 9)!.sum('delay')]).toEqual([0.25, 0.25])
    expect(read(tally, 5)!.counts('pairs')).toEqual([0, 0, 0, 0])
    expect([read(tally, ONCE)!.counts('pairs'), read(tally, ONCE)!.sum('drift')]).toEqual([[8, 0, 0, 2], -3])
    expect(read(tally, ONCE)!.count('cases')).toBe(0)
  })

  it('of 0 change nothing: no row is made for columns kept once', () => {
    const tally = new TaskTally(PREPARED)
    counterOf(tally, 5).count(at.pairs, 0)
    counterOf(tally, 5).add(at.drift, 0)
    expect([...tally.rows.keys()]).toEqual([5])
  })

  it('go to every slice of the case too, in the columns that slices count', () => {
    const tally = new TaskTally(PREPARED)
    const slices = [new TaskTally(PREPARED, sliced), new TaskTally(PREPARED, sliced)]
    const cells = new Int32Array(new Layout(list).width).fill(-1)
    cells[at.delay] = sliced.place('delay', 'sum').at
    const counter = new CaseTally(tally, harbour(), place(7), { tallies: slices, cells })
    counter.count(at.cases, 4)
    counter.add(at.delay, 0.5)
    counter.count(at.pairs, 1)
    counter.add(at.drift, 1)
    for (const slice of slices) {
      expect([...slice.rows.keys()]).toEqual([7])
      expect([read(slice, 7)!.count('cases'), read(slice, 7)!.sum('delay')]).toEqual([0, 0.5])
    }
    cells[at.cases] = sliced.place('cases', 'count').at
    new CaseTally(tally, harbour(), place(7), { tallies: slices, cells }).count(at.cases, 3)
    expect(slices.map((slice) => read(slice, 7)!.count('cases'))).toEqual([3, 3])
    expect(read(tally, 7)!.count('cases')).toBe(7)
  })
})

describe('an example', () => {
  it('is nominated for its measure, in the task and in each slice of the case', () => {
    const tally = new TaskTally(PREPARED)
    const slice = new TaskTally(PREPARED, sliced)
    const counter = new CaseTally(tally, harbour(), place(7, 42), { tallies: [slice], cells: new Int32Array(0) })
    counter.example('delay', 2, 'late')
    counter.example('drift', 1, 'adrift', { baseline: 0, tuned: 0 }, 'By a mile.')
    for (const each of [tally, slice]) {
      expect(each.allExamples({ id: 'delay' }).items).toMatchObject([
        {
          hash: 42,
          example: { id: 'cork', severity: 2, code: 'late', samples: { baseline: 0, tuned: 0 }, detail: null },
        },
      ])
      expect(each.allExamples({ id: 'drift' }).items).toMatchObject([{ example: { detail: 'By a mile.' } }])
      expect(each.allExamples({ id: 'fog' }).items).toEqual([])
    }
  })
})

const KEPT: Kept = { features: { words: 3 }, examples: [] }
const FIRST = { baseline: 0, tuned: 0 }
const nominated = (measure: string, severity: number) => ({
  measure,
  severity,
  code: 'alike',
  samples: FIRST,
  detail: 'Its own words.',
})

/** A tally whose sample holds the cases named, each with an example of `alike` and one of `delay`. */
function sampled(ids: readonly string[]): TaskTally {
  const tally = new TaskTally(PREPARED)
  ids.forEach((id, i) => {
    new CaseTally(tally, harbour(id), place(i, i + 1)).sample(() => ({
      ...KEPT,
      examples: [nominated('alike', i + 1), nominated('delay', 9)],
    }))
  })
  return tally
}

describe('the sample of a task', () => {
  it('keeps what the detector asks to keep, under the hash and the bucket of the case', () => {
    const tally = new TaskTally(PREPARED)
    new CaseTally(tally, harbour('cork'), { cluster: 3, bucket: 3, hash: 8, sampleHash: 9 }).sample(({ id }) => ({
      features: { of: id },
      examples: [nominated('alike', 1)],
    }))
    const [only] = tally.sample.cases
    expect([only!.id, only!.bucket, only!.hash, only!.features]).toEqual(['cork', 3, 9, { of: 'cork' }])
    expect(only!.examples).toMatchObject([['alike', { hash: 8, example: { id: 'cork' } }]])
    expect(tally.lost.cases).toEqual([])
  })

  it('asks nothing of a case that it would not keep', () => {
    const tally = new TaskTally(PREPARED)
    tally.shrinkSamples(2 ** 20)
    let asked = 0
    const offer = (hash: number) =>
      new CaseTally(tally, harbour(`case-${hash}`), place(0, hash)).sample(() => {
        asked++
        return KEPT
      })
    for (let hash = 1; hash <= 32; hash++) offer(hash)
    tally.settle()
    offer(33)
    tally.settle()
    expect([asked, tally.sample.cases.length]).toEqual([32, 32])
  })

  it('of lost cases holds the baseline’s samples without what else their records have', () => {
    const tally = new TaskTally(PREPARED)
    const sample = makeSample({ output: 'High at noon.', raw: { logprobs: [0] } })
    const lost = { id: 'cork', task: 'tides', samples: [sample] }
    const counter = new LostCaseTally(tally, lost, { cluster: 3, bucket: 3, hash: 8, sampleHash: 9 })
    counter.count(at.cases, 1)
    counter.sample(({ id, samples }) => ({ id, raw: samples[0]!.raw, output: samples[0]!.output }))
    tally.settle()
    const [only] = tally.lost.cases
    expect([only!.id, only!.bucket, only!.hash, only!.examples]).toEqual(['cork', 3, 9, []])
    expect(only!.features).toEqual({ id: 'cork', raw: {}, output: 'High at noon.' })
    expect(tally.sample.cases).toEqual([])
    expect(read(tally, 3)!.count('cases')).toBe(1)
  })

  it('of lost cases asks nothing of one that it would not keep, and makes contents when settled or when full', () => {
    const tally = new TaskTally(PREPARED)
    tally.shrinkSamples(2 ** 10)
    const asked: number[] = []
    const offer = (hash: number, output = '') => {
      const lost = { id: `case-${hash}`, task: 'tides', samples: [makeSample({ output })] }
      new LostCaseTally(tally, lost, place(0, hash)).sample(() => asked.push(hash))
    }
    for (let hash = 1; hash <= 31; hash++) offer(hash)
    expect(asked).toEqual([])
    // 2^26 characters over 2^10 tasks.
    offer(32, 'x'.repeat(2 ** 16 + 1))
    expect(asked.length).toBeGreaterThan(0)
    tally.settle()
    offer(33)
    tally.settle()
    expect(asked).toHaveLength(32)
    expect(asked).not.toContain(33)
  })
})

describe('TaskTally.allExamples', () => {
  it('gives those observed and those of sampled cases, the worst first', () => {
    const tally = sampled(['cork', 'sligo'])
    counterOf(tally, 1).example('alike', 1.5, 'seen')
    const severities = tally.allExamples({ id: 'alike' }).items.map(({ example }) => example.severity)
    expect(severities).toEqual([2, 1.5, 1])
    expect(tally.allExamples({ id: 'alike' }).items).toEqual(tally.allExamples({ id: 'alike' }).items)
  })

  it('gives those that a ranking names, by its severities, with the case that each is like', () => {
    const tally = sampled(['cork', 'sligo', 'avoca'])
    const rank = () => [
      { index: 2, severity: 7, like: 0 },
      { index: 1, severity: 9, like: null },
    ]
    const { items } = tally.allExamples({ id: 'alike', rank })
    expect(items.map(({ example }) => [example.id, example.severity, example.detail])).toEqual([
      ['sligo', 9, 'Its own words.'],
      ['avoca', 7, 'nearly the same as the tuned output of cork'],
    ])
    expect(tally.allExamples({ id: 'fog', rank }).items).toEqual([])
  })
})

describe('TaskTally.merge', () => {
  it('adds rows, samples, lost cases and examples', () => {
    const part = (ids: readonly string[]) => {
      const tally = sampled(ids)
      for (const id of ids) {
        const counter = new CaseTally(tally, harbour(id), place(id.length, id.length))
        counter.count(at.cases, 1)
        counter.example('noon', id.length, 'late')
        const lost = { id, task: 'tides', samples: [makeSample()] }
        new LostCaseTally(tally, lost, place(id.length, id.length)).sample(() => null)
      }
      return tally
    }
    const merged = part(['cork', 'sligo'])
    merged.merge(part(['sligo', 'avoca']))
    expect([read(merged, 4)!.count('cases'), read(merged, 5)!.count('cases')]).toEqual([1, 3])
    expect(merged.sample.cases.map(({ id }) => id)).toEqual(['cork', 'sligo', 'avoca', 'sligo'])
    expect(merged.lost.cases).toHaveLength(4)
    expect(merged.allExamples({ id: 'noon' }).items.map(({ example }) => example.severity)).toEqual([5, 5, 5])
  })
})

describe('emptyTally', () => {
  it('has the columns and the sample given, and nothing counted', () => {
    const tally = sampled(['cork'])
    counterOf(tally, 1).count(at.cases, 1)
    const sample = new CaseSample()
    const empty = emptyTally(tally, sample)
    expect([empty.prepared, empty.layout, empty.sample]).toEqual([PREPARED, tally.layout, sample])
    expect([empty.rows.size, empty.lost.cases.length]).toEqual([0, 0])
  })
})

describe('taskTallyCodec', () => {
  it('brings rows, examples and both samples back', () => {
    const tally = sampled(['cork', 'sligo'])
    counterOf(tally, 1).count(at.cases, 1)
    counterOf(tally, 1).add(at.drift, 0.1)
    counterOf(tally, 1).example('delay', 2, 'late')
    const lost = { id: 'avoca', task: 'tides', samples: [makeSample()] }
    new LostCaseTally(tally, lost, place(0)).sample(() => ({ words: 0 }))
    const codec = taskTallyCodec(PREPARED, tally.layout)
    const written = codec.write(tally)
    const read = codec.read(JSON.parse(JSON.stringify(written)))
    expect(codec.write(read)).toEqual(written)
    expect(read.sample.cases.map(({ features }) => features)).toEqual([{ words: 3 }, { words: 3 }])
    expect(read.lost.cases.map(({ id }) => id)).toEqual(['avoca'])
  })

  it('neither writes nor reads features of a detector that does not say how they are written', () => {
    const { features: _, ...silent } = PREPARED
    const tally = sampled(['cork'])
    const codec = taskTallyCodec(silent, tally.layout)
    expect(() => codec.write(tally)).toThrow('a detector that keeps features of cases must say how they are written')
    const written = taskTallyCodec(PREPARED, tally.layout).write(tally)
    expect(() => codec.read(written)).toThrow('features of a detector that keeps none')
  })
})
