import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addReal, CellSums, Layout, Row } from '../../src/audit/cells.js'
import { count, defineColumns, LARGEST, sum } from '../../src/domain/tally.js'

const { list, at } = defineColumns({ cases: count(), level: count(1000), total: sum() })
const layout = new Layout(list)

const rowOf = (values: readonly number[]) => {
  const row = new Row(layout)
  for (const value of values) addReal(row, at.total, value)
  return row
}

const read = (rows: readonly Row[]) => {
  const sums = new CellSums(layout)
  for (const row of rows) sums.add(row, 1)
  return sums.sum('total')
}

const real = fc.double({ min: -LARGEST, max: LARGEST, noNaN: true })

/** Whole units of 2^-52 as a big integer: exact, and nothing of ours. */
const units = (value: number) => {
  const scaled = value * 2 ** 30
  const high = Math.floor(scaled)
  return BigInt(high) * 2n ** 22n + BigInt(Math.round((scaled - high) * 2 ** 22))
}

describe('a sum column', () => {
  it('reads the same for any order and any split', () => {
    fc.assert(
      fc.property(fc.array(real, { maxLength: 200 }), fc.nat(200), (values, cut) => {
        const backwards = [...values].reverse()
        const split = [rowOf(values.slice(0, cut)), rowOf(values.slice(cut))]
        expect(read([rowOf(backwards)])).toBe(read([rowOf(values)]))
        expect(read(split)).toBe(read([rowOf(values)]))
      }),
      { seed: 7 },
    )
  })

  it('is the exact sum of values quantised to 2^-52', () => {
    fc.assert(
      fc.property(fc.array(real, { maxLength: 200 }), (values) => {
        const exact = values.reduce((total, value) => total + units(value), 0n)
        const actual = read([rowOf(values)])
        expect(Math.abs(actual - Number(exact) / 2 ** 52)).toBeLessThanOrEqual(Math.abs(actual) * 2 ** -52)
      }),
      { seed: 8 },
    )
  })

  it('carries where its high cell would pass 2^53', () => {
    const values = new Array<number>(5000).fill(LARGEST)
    expect(read([rowOf(values)])).toBe(5000 * LARGEST)
    expect(read([rowOf(values.map((value) => -value))])).toBe(-5000 * LARGEST)
    expect(read([rowOf([...values, ...values.map((value) => -value), 0.5])])).toBe(0.5)
  })

  it('is exact where many rows together pass 2^53, in one go or merged from shards', () => {
    const rows = Array.from({ length: 300 }, (_, i) => rowOf(new Array<number>(60 + (i % 7)).fill(LARGEST - i / 1024)))
    const exact = rows.reduce((total, _, i) => total + BigInt(60 + (i % 7)) * units(LARGEST - i / 1024), 0n)
    expect(read(rows)).toBe(Number(exact) / 2 ** 52)
    const merged = new Row(layout)
    for (const row of rows) merged.merge(row)
    expect(read([merged])).toBe(Number(exact) / 2 ** 52)
  })

  it('gives back exactly what was taken out', () => {
    const rows = [rowOf([0.1, 0.2]), rowOf([1e-9, 3]), rowOf([-7.7])]
    const sums = new CellSums(layout)
    for (const row of rows) sums.add(row, 1)
    const before = sums.sum('total')
    sums.add(rows[1]!, -1)
    expect(sums.sum('total')).toBe(read([rows[0]!, rows[2]!]))
    sums.add(rows[1]!, 1)
    expect(sums.sum('total')).toBe(before)
  })
})

describe('a row', () => {
  it('reads the same whether few or most cells of its wide columns were touched', () => {
    const row = new Row(layout)
    const expected = new Array<number>(1000).fill(0)
    for (let i = 0; i < 1000; i++) {
      const level = (i * 37) % 1000
      row.add(at.level + level, i + 1)
      expected[level] = i + 1
      if (i % 100 === 0) expect(sumsOf(row).counts('level')).toEqual(expected)
    }
    expect(sumsOf(row).counts('level')).toEqual(expected)
  })

  it('lands in the right columns of a layout that joins two', () => {
    const other = defineColumns({ total: sum(), extra: count(3), cases: count() })
    const otherLayout = new Layout(other.list)
    const row = new Row(otherLayout)
    row.add(other.at.extra + 2, 5)
    row.add(other.at.cases, 4)
    addReal(row, other.at.total, 0.25)
    const joined = Layout.union([layout, otherLayout])
    const sums = new CellSums(joined)
    sums.add(row, 1, otherLayout.cellsIn(joined))
    expect([sums.count('cases'), sums.counts('extra'), sums.sum('total')]).toEqual([4, [0, 0, 5], 0.25])
  })

  it('refuses a name that two layouts use for different columns', () => {
    const other = new Layout(defineColumns({ cases: sum() }).list)
    expect(() => Layout.union([layout, other])).toThrow('declared in two ways')
  })
})

function sumsOf(row: Row): CellSums {
  const sums = new CellSums(layout)
  sums.add(row, 1)
  return sums
}
