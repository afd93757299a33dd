import { describe, expect, it } from 'vitest'
import { addReal, CellSums, Layout, Row, rowCodec } from '../../src/audit/cells.js'
import { count, defineColumns, LARGEST, sum } from '../../src/domain/tally.js'

const { list, at } = defineColumns({ cases: count(), totals: sum(3), total: sum(), kinds: count(3) })
const layout = new Layout(list)
const codec = rowCodec(layout)

/** A value's three cells are those of carry·2^46 + high + low·2^-22, in units of 2^-30. */
const HIGH = 2 ** 46
const UNIT = 2 ** -30

const sumsOf = (rows: readonly Row[]) => {
  const sums = new CellSums(layout)
  for (const row of rows) sums.add(row, 1)
  return sums
}

const rowOf = (cell: number, values: readonly number[]) => {
  const row = new Row(layout)
  for (const value of values) addReal(row, cell, value)
  return row
}

/** The three cells of `total`. */
function cellsOfTotal(row: Row): number[] {
  const cells = new Float64Array(layout.width)
  row.addTo(cells, 1, null)
  return [...cells.slice(at.total, at.total + 3)]
}

describe('addReal', () => {
  it('writes whole units of 2^-30 to the second cell and the rest in units of 2^-52 to the third', () => {
    expect(cellsOfTotal(rowOf(at.total, [3 * UNIT + 5 * 2 ** -52]))).toEqual([0, 3, 5])
    // The rest is never negative: −1.25 units are −2 and three quarters.
    expect(cellsOfTotal(rowOf(at.total, [-1.25 * UNIT]))).toEqual([0, -2, 0.75 * 2 ** 22])
  })

  it('rounds to the nearest 2^-52', () => {
    expect(cellsOfTotal(rowOf(at.total, [2.6 * 2 ** -52]))).toEqual([0, 0, 3])
    expect(cellsOfTotal(rowOf(at.total, [2.4 * 2 ** -52]))).toEqual([0, 0, 2])
  })

  it('carries from 2^46 units on, of either sign, and not before', () => {
    const most = (HIGH - 1) * UNIT
    expect(cellsOfTotal(rowOf(at.total, [most]))).toEqual([0, HIGH - 1, 0])
    expect(cellsOfTotal(rowOf(at.total, [most, UNIT]))).toEqual([1, 0, 0])
    expect(cellsOfTotal(rowOf(at.total, [-most]))).toEqual([0, 1 - HIGH, 0])
    expect(cellsOfTotal(rowOf(at.total, [-most, -UNIT]))).toEqual([-1, 0, 0])
    expect(cellsOfTotal(rowOf(at.total, [LARGEST, 3 * UNIT]))).toEqual([2 ** 4, 3, 0])
  })

  it('hands full units of the third cell up from 2^46 on, and not before', () => {
    const full = codec.read([at.total + 2, HIGH - 2])
    addReal(full, at.total, 2 ** -52)
    expect(cellsOfTotal(full)).toEqual([0, 0, HIGH - 1])
    addReal(full, at.total, 2 ** -52)
    expect(cellsOfTotal(full)).toEqual([0, 2 ** 24, 0])
    addReal(full, at.total, 7 * 2 ** -52)
    expect(cellsOfTotal(full)).toEqual([0, 2 ** 24, 7])
  })

  it('touches no cell but its three', () => {
    const cells = new Float64Array(layout.width)
    rowOf(at.totals + 3, [LARGEST + 1.5 * UNIT]).addTo(cells, 1, null)
    const touched = [...cells.entries()].filter(([, value]) => value !== 0).map(([cell]) => cell)
    expect(touched).toEqual([at.totals + 3, at.totals + 4, at.totals + 5])
  })
})

describe('CellSums', () => {
  it('gives a list only by the kind that it was declared with, also when it was read before', () => {
    const sums = sumsOf([])
    expect(sums.counts('kinds')).toEqual([0, 0, 0])
    expect(() => sums.sums('kinds')).toThrow('no sum column "kinds" is declared')
  })

  it('reads every column by its name, and 0 where nothing was added', () => {
    const row = new Row(layout)
    row.add(at.cases, 7)
    row.add(at.kinds + 2, 3)
    addReal(row, at.totals + 3, 0.25)
    const sums = sumsOf([row, row])
    expect(sums.count('cases')).toBe(14)
    expect(sums.counts('kinds')).toEqual([0, 0, 6])
    expect(sums.sums('totals')).toEqual([0, 0.5, 0])
    expect(sums.sum('total')).toBe(0)
  })

  it('refuses a name that is not declared, or not of this kind', () => {
    const sums = sumsOf([])
    expect(() => sums.count('tides')).toThrow('no count column "tides" is declared')
    expect(() => sums.counts('total')).toThrow('no count column "total" is declared')
    expect(() => sums.sum('cases')).toThrow('no sum column "cases" is declared')
    expect(() => sums.sums('kinds')).toThrow('no sum column "kinds" is declared')
  })

  it('reads lists anew once a row was added or taken away', () => {
    const row = rowOf(at.totals, [1.5])
    row.add(at.kinds, 1)
    const sums = sumsOf([row])
    expect([sums.sums('totals'), sums.counts('kinds')]).toEqual([
      [1.5, 0, 0],
      [1, 0, 0],
    ])
    sums.add(row, 1)
    expect([sums.sums('totals'), sums.counts('kinds')]).toEqual([
      [3, 0, 0],
      [2, 0, 0],
    ])
    sums.add(row, -1)
    sums.add(row, -1)
    expect(sums.sums('totals')).toEqual([0, 0, 0])
  })

  it('stays exact however many rows come, in every slot: all but one taken away leave that one', () => {
    // 300 · 2^46 is beyond 2^53, where odd numbers end.
    for (const sign of [1, -1]) {
      const slots = [0, 3, 6].map((slot) => at.totals + slot)
      const row = codec.read(slots.flatMap((cell) => [cell + 1, sign * (HIGH - 1)]))
      const sums = new CellSums(layout)
      for (let i = 0; i < 301; i++) sums.add(row, 1)
      for (let i = 0; i < 300; i++) sums.add(row, -1)
      expect(sums.sums('totals')).toEqual(new Array(3).fill(sign * (HIGH - 1) * UNIT))
    }
  })

  it('reads a value alike however its three cells hold it', () => {
    const low = 2 ** 22
    const same = [
      [0, 5, 3],
      [0, 4, low + 3],
      [1, 5 - HIGH, 3],
      [-1, HIGH + 6, 3 - low],
    ]
    for (const cells of same) {
      const row = codec.read(cells.flatMap((value, i) => (value === 0 ? [] : [at.total + i, value])))
      expect(sumsOf([row]).sum('total')).toBe(5 * UNIT + 3 * 2 ** -52)
    }
  })

  it('reads what only one of the three cells holds', () => {
    const read = (cell: number) => sumsOf([codec.read([at.total + cell, 1])]).sum('total')
    expect([read(0), read(1), read(2)]).toEqual([2 ** 16, UNIT, 2 ** -52])
  })

  it('carries no counts: they are whole numbers up to 2^53', () => {
    const sums = new CellSums(layout)
    const row = codec.read([at.kinds + 1, HIGH])
    for (let i = 0; i < 64; i++) sums.add(row, 1)
    expect(sums.counts('kinds')).toEqual([0, 2 ** 52, 0])
  })
})
