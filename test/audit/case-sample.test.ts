import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CaseSample, MOST_OF_TASK, sampleLimit, union } from '../../src/audit/case-sample.js'
import { keptExample } from '../../src/audit/examples.js'
import { WaitingCase } from '../../src/audit/waiting-case.js'
import { makeCase, makeSample } from './support.js'

const place = (hash: number) => ({ hash, id: `case-${hash}`, bucket: hash % 7 })
const KEPT_EXAMPLE = keptExample(makeCase('cork', { baseline: [makeSample()], tuned: [makeSample()] }), 1, {
  severity: 1,
  code: 'late',
  samples: { baseline: 0, tuned: 0 },
  detail: null,
})
const contentOf = (hash: number) => ({ features: { words: hash * 2 }, examples: [] })

/** Adds a case whose content takes note of being made. */
function addLater(sample: CaseSample, hash: number, size: number, made: number[]): void {
  const make = () => {
    made.push(hash)
    return contentOf(hash)
  }
  if (sample.wants(hash)) sample.addLater(place(hash), { size, make })
}

const read = (sample: CaseSample) =>
  sample.cases.map(({ hash, id, bucket, features }) => ({ hash, id, bucket, features }))

const hashes = fc.uniqueArray(fc.nat(1_000_000), { maxLength: 40 })

describe('WaitingCase', () => {
  it('waits with its size until its content is made, by whoever asks first, and once', () => {
    const example = ['late-rate', KEPT_EXAMPLE] as const
    for (const ask of [
      (case_: WaitingCase) => case_.features,
      (case_: WaitingCase) => case_.examples,
      (case_: WaitingCase) => case_.settled(),
    ]) {
      let made = 0
      const make = () => ({ features: ++made, examples: [example] })
      const case_ = new WaitingCase(place(9), { size: 40, make })
      expect(case_.waiting).toBe(40)
      ask(case_)
      expect(case_.waiting).toBe(0)
      expect([case_.hash, case_.id, case_.bucket]).toEqual([9, 'case-9', 2])
      expect(case_.settled()).toEqual({ features: 1, examples: [example] })
      expect([case_.features, case_.examples]).toEqual([1, [example]])
    }
  })
})

describe('CaseSample', () => {
  it('makes nothing of a case that is pushed out while it waits', () => {
    const sample = new CaseSample()
    const made: number[] = []
    for (let hash = 2 * MOST_OF_TASK; hash > 0; hash--) addLater(sample, hash, 1, made)
    sample.settle()
    expect(made.length).toBe(MOST_OF_TASK)
    expect(Math.max(...made)).toBe(MOST_OF_TASK)
  })

  it('makes each content once, whatever reads it', () => {
    const sample = new CaseSample()
    const made: number[] = []
    for (const hash of [3, 1, 2]) addLater(sample, hash, 1, made)
    expect(read(sample)).toEqual(read(sample))
    sample.settle()
    expect(made).toEqual([1, 2, 3])
  })

  it('holds no more than eight million characters, and makes first what is last to be pushed out', () => {
    const sample = new CaseSample()
    const made: number[] = []
    const third = 2 ** 23 / 3
    for (const hash of [40, 10, 30]) addLater(sample, hash, third, made)
    expect(made).toEqual([])
    addLater(sample, 20, third, made)
    expect(made).toEqual([10, 20, 30])
  })

  it('lets less wait where there are many tasks', () => {
    const sample = new CaseSample()
    const made: number[] = []
    for (const hash of [2, 1]) addLater(sample, hash, 2 ** 21, made)
    sample.shrinkFor(64)
    expect(made).toEqual([1, 2])
  })

  it('makes no more than it must: half of what may wait still waits, and all of it where it just fits', () => {
    const [made, sample] = [[] as number[], new CaseSample()]
    for (const hash of [1, 2]) addLater(sample, hash, 2 ** 22, made)
    expect(made).toEqual([])
    addLater(sample, 3, 2 ** 22, made)
    expect(made).toEqual([1, 2])
    const [madeOfMany, ofMany] = [[] as number[], new CaseSample()]
    for (const hash of [1, 2]) addLater(ofMany, hash, 2 ** 19, madeOfMany)
    ofMany.shrinkFor(64)
    expect(madeOfMany).toEqual([])
  })

  it('settles what waits among cases that were read', () => {
    const [made, sample] = [[] as number[], new CaseSample()]
    sample.add({ ...place(1), ...contentOf(1) })
    addLater(sample, 2, 1, made)
    sample.settle()
    expect(made).toEqual([2])
    expect(sample.cases.map(({ hash }) => hash)).toEqual([1, 2])
  })

  it('merged with one of a lower limit keeps to that limit, whichever is which', () => {
    const of = (tasks: number) => {
      const sample = new CaseSample()
      for (let hash = 1; hash <= 40; hash++) sample.add({ ...place(tasks * hash), ...contentOf(hash) })
      sample.shrinkFor(tasks)
      return sample
    }
    for (const [into, other] of [
      [of(1), of(1024)],
      [of(1024), of(1)],
    ] as const) {
      into.merge(other)
      expect(into.cases.map(({ hash }) => hash)).toEqual(Array.from({ length: 32 }, (_, i) => i + 1))
    }
  })

  it('keeps nothing once a content cannot be made, and throws why', () => {
    const sample = new CaseSample()
    const bug = new Error('no words')
    addLater(sample, 1, 1, [])
    sample.addLater(place(2), {
      size: 1,
      make: () => {
        throw bug
      },
    })
    expect(() => sample.settle()).toThrow(bug)
    expect(sample.cases).toEqual([])
  })

  it('is the same whether contents wait or not, in any order, merged from any split', () => {
    fc.assert(
      fc.property(hashes, fc.nat(40), fc.integer({ min: 1, max: 2 ** 23 }), (all, cut, size) => {
        const eager = new CaseSample()
        for (const hash of [...all].sort((a, b) => a - b)) eager.add({ ...place(hash), ...contentOf(hash) })
        const parts = [all.slice(0, cut), all.slice(cut)].map((part) => {
          const sample = new CaseSample()
          for (const hash of part) addLater(sample, hash, size, [])
          return sample
        })
        expect(union(parts[0]!, parts[1]!).map(({ hash }) => hash)).toEqual(eager.cases.map(({ hash }) => hash))
        parts[0]!.merge(parts[1]!)
        expect(read(parts[0]!)).toEqual(read(eager))
      }),
    )
  })
})

describe('union', () => {
  it('holds cases up to the hash that both samples reach, that one among them, and none above', () => {
    const of = (hashes: readonly number[]) => {
      const sample = new CaseSample()
      for (const hash of hashes) sample.add({ ...place(hash), ...contentOf(hash) })
      return sample
    }
    const full = of(Array.from({ length: 40 }, (_, i) => 2 * i))
    full.shrinkFor(1024)
    const lost = of([5, 62, 63, 70])
    // 32 even hashes, from 0 to 62.
    const expected = [0, 2, 4, 5, ...Array.from({ length: 29 }, (_, i) => 6 + 2 * i), 62]
    expect(union(full, lost).map(({ hash }) => hash)).toEqual(expected)
    expect(union(lost, full).map(({ hash }) => hash)).toEqual(expected)
  })
})

describe('sampleLimit', () => {
  it('is 512 for a task, a part of 8,192 where there are more than 16, and never below 32', () => {
    expect([1, 16, 17, 256, 257, 10_000].map(sampleLimit)).toEqual([512, 512, 481, 32, 32, 32])
  })
})
