import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SizeSketch, sizeSketchCodec } from '../../src/audit/size-sketch.js'
import type { Digest } from '../../src/domain/hash.js'

const KEPT = 4
const codec = sizeSketchCodec(KEPT)

/** The digest whose hash is i/64 of all hashes. */
const digest = (i: number): Digest => [0, 0, i * 2 ** 26, 0]

const filled = (cases: Iterable<number>, kept = KEPT) => {
  const sketch = new SizeSketch(kept)
  for (const group of cases) sketch.add(digest(group))
  return sketch
}

const repeat = (group: number, times: number) => new Array<number>(times).fill(group)
const groups = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 120 })

describe('SizeSketch', () => {
  it('knows every size while there are no more groups than it keeps', () => {
    const sketch = filled([...repeat(9, 3), 30, ...repeat(63, 2), 1])
    expect(sketch.seen()).toEqual({ repeated: 2, cases: 5, groups: 4, exact: true })
    // (9 + 1 + 4 + 1)/(3 + 1 + 2 + 1)
    expect(sketch.designEffect).toBeCloseTo(15 / 7, 15)
  })

  it('without a case has no groups, and clusters of one', () => {
    const sketch = filled([])
    expect(sketch.seen()).toEqual({ repeated: 0, cases: 0, groups: 0, exact: true })
    expect(sketch.designEffect).toBe(1)
  })

  it('estimates (k − 1)/u groups from one group more on, u the share of all hashes up to the k-th', () => {
    // Kept: 4, 8, 12, 16; u = 16/64; 3/u = 12 groups, three for each that is kept.
    const sketch = filled([...repeat(4, 5), 8, ...repeat(16, 2), 12, ...repeat(20, 9)])
    expect(sketch.seen()).toEqual({ repeated: 6, cases: 21, groups: 12, exact: false })
    // (25 + 1 + 1 + 4)/(5 + 1 + 1 + 2), of the groups that are kept.
    expect(sketch.designEffect).toBeCloseTo(31 / 9, 15)
  })

  it('rounds estimates to whole groups and cases', () => {
    // u = 11/64: 17.45 groups, 4.36 for each that is kept.
    expect(filled([...repeat(1, 3), 5, 7, 11, 40]).seen()).toEqual({ repeated: 4, cases: 13, groups: 17, exact: false })
  })

  it('goes on counting the groups that it keeps, and none above them', () => {
    const sketch = filled([1, 2, 3, 4, 5])
    sketch.prune()
    for (const group of [4, 4, 5, 6, 1]) sketch.add(digest(group))
    expect(sketch.seen()).toMatchObject({ repeated: Math.round((2 * 3 * 16) / 4), exact: false })
    expect(sketch.designEffect).toBeCloseTo((4 + 1 + 1 + 9) / 7, 15)
  })

  it('tells groups apart by 53 bits: the third word of a digest and most of the fourth', () => {
    const sketch = new SizeSketch(KEPT)
    const digests: Digest[] = [
      [0, 0, 7, 0],
      [0, 0, 7, 2 ** 11],
      [0, 0, 7, 2 ** 32 - 1],
      [0, 0, 8, 0],
    ]
    for (const each of digests) sketch.add(each)
    expect(sketch.seen().groups).toBe(4)
    // Below the 53 bits, and in the words that choose buckets and samples, digests may differ.
    sketch.add([1, 2, 7, 2 ** 11 - 1])
    expect(sketch.seen()).toEqual({ repeated: 1, cases: 2, groups: 4, exact: true })
    const hashes = [7 * 2 ** 21, 7 * 2 ** 21 + 1, 8 * 2 ** 21 - 1, 8 * 2 ** 21]
    expect(codec.write(sketch)).toMatchObject({ sizes: hashes.map((hash, i) => [hash, i === 0 ? 2 : 1]) })
  })

  it('writes the same in any order and from any split', () => {
    fc.assert(
      fc.property(groups, fc.nat(120), (cases, cut) => {
        const whole = codec.write(filled(cases))
        expect(codec.write(filled([...cases].reverse()))).toEqual(whole)
        const merged = filled(cases.slice(cut))
        merged.merge(filled(cases.slice(0, cut)))
        expect(codec.write(merged)).toEqual(whole)
      }),
      { seed: 14 },
    )
  })

  it('holds the sizes of the groups with the smallest hashes, as counted by hand', () => {
    fc.assert(
      fc.property(groups, (cases) => {
        const kept = [...new Set(cases)].sort((a, b) => a - b).slice(0, KEPT)
        const sizes = kept.map((group) => cases.filter((each) => each === group).length)
        const total = sizes.reduce((sum, size) => sum + size, 0)
        const squares = sizes.reduce((sum, size) => sum + size ** 2, 0)
        expect(filled(cases).designEffect).toBe(total === 0 ? 1 : squares / total)
        expect(filled(cases).seen().exact).toBe(new Set(cases).size <= KEPT)
      }),
      { seed: 15 },
    )
  })

  it('drops, when merged, what the other one may have dropped', () => {
    const sketch = filled([9, 9, 30])
    sketch.merge(filled([1, 2, 3, 4, 5]))
    expect(sketch.seen()).toEqual({ repeated: 0, cases: 0, groups: 48, exact: false })
    const other = filled([1, 2, 3, 4, 5])
    other.merge(filled([9, 9, 30]))
    expect(codec.write(other)).toEqual(codec.write(sketch))
  })

  it('still knows that it dropped groups when one is merged that did not', () => {
    const sketch = filled([1, 2, 3, 4, 5])
    expect(sketch.seen().exact).toBe(false)
    sketch.merge(filled([9, 9, 30]))
    expect(sketch.seen()).toEqual({ repeated: 0, cases: 0, groups: 48, exact: false })
  })
})

describe('sizeSketchCodec', () => {
  it('writes the groups that are kept, by hash, and the largest hash that may still come', () => {
    expect(codec.write(filled([30, 9, 9]))).toEqual({
      sizes: [
        [9 * 2 ** 47, 2],
        [30 * 2 ** 47, 1],
      ],
      limit: 'Infinity',
    })
    expect(codec.write(filled([6, 5, 4, 3, 2, 1]))).toMatchObject({ limit: 4 * 2 ** 47 })
  })

  it('reads what goes on as if it had never been written', () => {
    const read = codec.read(JSON.parse(JSON.stringify(codec.write(filled([1, 2, 3, 4, 5])))))
    for (const group of [5, 5, 2]) read.add(digest(group))
    expect(codec.write(read)).toEqual(codec.write(filled([1, 2, 3, 4, 5, 5, 5, 2])))
  })
})
