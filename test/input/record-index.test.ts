import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Indexed, RecordIndex } from '../../src/input/record-index.js'

const hash = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(0xffffffff), fc.integer({ min: 0, max: 0xffffffff }))
const place = fc.record({
  file: fc.nat(9),
  span: fc.record({
    number: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
    offset: fc.nat(2 ** 40),
    bytes: fc.nat(2 ** 31),
  }),
})

function grouped(entries: Iterable<readonly [number, Indexed]>): Indexed[][] {
  const groups = new Map<number, Indexed[]>()
  for (const [key, each] of entries) groups.set(key, [...(groups.get(key) ?? []), each])
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group)
}

describe('RecordIndex', () => {
  it('groups as a plain Map does: by hash, in the order in which records were added', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hash, place)), (entries) => {
        const index = new RecordIndex()
        for (const [key, { file, span }] of entries) index.add(key, file, span)
        expect([...index.groups()]).toEqual(grouped(entries))
      }),
    )
  })

  it('keeps the lines of records that follow each other, with gaps, files in turn, and several of a row', () => {
    const run = fc.record({
      file: fc.nat(2),
      first: fc.integer({ min: 1, max: 20 }),
      records: fc.integer({ min: 1, max: 6 }),
      step: fc.constantFrom(0, 1, 1, 1, 2),
    })
    fc.assert(
      fc.property(fc.array(run, { maxLength: 20 }), (runs) => {
        const spans = runs.flatMap(({ file, first, records, step }) =>
          Array.from({ length: records }, (_, i) => ({
            file,
            span: { number: first + i * step, offset: i, bytes: 1 },
          })),
        )
        const index = new RecordIndex()
        for (const { file, span } of spans) index.add(7, file, span)
        expect([...index.groups()].flat()).toEqual(spans)
      }),
    )
  })

  it('keeps every record while it grows', () => {
    const index = new RecordIndex()
    for (let i = 0; i < 5000; i++) index.add(i % 50, i % 3, { number: i + 1, offset: i * 2 ** 33, bytes: i })
    const groups = [...index.groups()]
    expect(groups.map((group) => group.length)).toEqual(Array(50).fill(100))
    expect(groups[7]?.[99]).toEqual({ file: 4957 % 3, span: { number: 4958, offset: 4957 * 2 ** 33, bytes: 4957 } })
  })

  it('keeps every record of more than one block, with a blank line after every thousandth', () => {
    const index = new RecordIndex()
    const number = (i: number) => i + 1 + Math.floor(i / 1000)
    for (let i = 0; i < 150_000; i++)
      index.add(i % 50, Math.floor(i / 70_000), { number: number(i), offset: i * 2 ** 33, bytes: i })
    const groups = [...index.groups()]
    expect(groups.map((group) => group.length)).toEqual(Array(50).fill(3_000))
    expect(groups[7]?.[2_999]).toEqual({
      file: 2,
      span: { number: number(149_957), offset: 149_957 * 2 ** 33, bytes: 149_957 },
    })
  })

  it('is empty where nothing was added', () => {
    expect([...new RecordIndex().groups()]).toEqual([])
  })
})
