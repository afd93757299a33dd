import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addReal, CellSums, Layout, Row, rowCodec } from '../../src/audit/cells.js'
import { cellsOf, count, defineColumns, LARGEST, sum } from '../../src/domain/tally.js'

const { list, at } = defineColumns({ cases: count(), kinds: count(3), totals: sum(2), level: count(100) })
const layout = new Layout(list)
const codec = rowCodec(layout)
const { width } = layout

/** Numbers by cell. */
type Touched = readonly (readonly [cell: number, k: number])[]

function rowOf(touched: Touched): Row {
  const row = new Row(layout)
  for (const [cell, k] of touched) row.add(cell, k)
  return row
}

const cellsOfRow = (row: Row) => {
  const cells = new Float64Array(width)
  row.addTo(cells, 1, null)
  return [...cells]
}

function expected(touched: Touched): number[] {
  const cells = new Array<number>(width).fill(0)
  for (const [cell, k] of touched) cells[cell]! += k
  return cells
}

const counts = fc.array(
  fc.tuple(
    fc.nat(width - 1).filter((cell) => cell < at.totals || cell >= at.totals + cellsOf(sum(2))),
    fc.integer({ min: -9, max: 9 }),
  ),
  { maxLength: 150 },
)

describe('Row.add', () => {
  it('tells the new value of the cell, of a narrow column or of a wide one', () => {
    const row = new Row(layout)
    for (const cell of [at.cases, at.kinds + 2, at.level, at.level + 99]) {
      expect([row.add(cell, 5), row.add(cell, -2)]).toEqual([5, 3])
    }
  })

  it('goes on telling it when most cells of the wide columns were touched', () => {
    const row = new Row(layout)
    for (let round = 1; round <= 3; round++) {
      for (let level = 0; level < 100; level++) expect(row.add(at.level + level, 2)).toBe(2 * round)
    }
  })
})

describe('Row.addTo', () => {
  it('adds to what is there, so many times, where the cells are sent', () => {
    const row = rowOf([
      [at.cases, 3],
      [at.level + 7, 4],
    ])
    const into = new Float64Array([100, 200])
    const places = new Int32Array(width)
    places[at.level + 7] = 1
    row.addTo(into, -2, places)
    expect([...into]).toEqual([94, 192])
  })
})

describe('Row.copy', () => {
  it('has the same cells, and neither changes with the other', () => {
    for (const touched of [1, 100]) {
      const row = rowOf(Array.from({ length: touched }, (_, level) => [at.level + level, 1] as const))
      row.add(at.cases, 1)
      const before = cellsOfRow(row)
      const copy = row.copy()
      expect(cellsOfRow(copy)).toEqual(before)
      for (const cell of [at.cases, at.level, at.level + 50]) copy.add(cell, 1)
      expect(cellsOfRow(row)).toEqual(before)
      for (const cell of [at.cases, at.level, at.level + 50]) row.add(cell, 1)
      expect(cellsOfRow(row)).toEqual(cellsOfRow(copy))
    }
  })
})

describe('Row.merge', () => {
  it('of two parts of what was counted is the whole', () => {
    fc.assert(
      fc.property(counts, fc.nat(150), (touched, cut) => {
        const row = rowOf(touched.slice(0, cut))
        const other = rowOf(touched.slice(cut))
        const before = cellsOfRow(other)
        row.merge(other)
        expect(cellsOfRow(row)).toEqual(expected(touched))
        expect(cellsOfRow(other)).toEqual(before)
      }),
      { seed: 11, numRuns: 40 },
    )
  })

  it('adds sums of every slot, their carries too', () => {
    const values = [LARGEST, -LARGEST / 3, 0.1, 2 ** -52, 1e-9]
    const part = () => {
      const row = new Row(layout)
      for (const value of values) for (let i = 0; i < 70; i++) addReal(row, at.totals + 3, value)
      addReal(row, at.totals, -0.5)
      return row
    }
    const [row, sums] = [part(), new CellSums(layout)]
    row.merge(part())
    sums.add(row, 1)
    const apart = new CellSums(layout)
    for (const each of [part(), part()]) apart.add(each, 1)
    expect(sums.sums('totals')).toEqual(apart.sums('totals'))
    expect(sums.sums('totals')[0]).toBe(-1)
  })
})

describe('rowCodec', () => {
  it('writes each cell that is not 0, in order, with its value after it', () => {
    const row = rowOf([
      [at.level + 4, 2],
      [at.kinds + 1, -3],
      [at.cases, 1],
      [at.level + 9, 1],
      [at.level + 9, -1],
    ])
    expect(codec.write(row)).toEqual([at.cases, 1, at.kinds + 1, -3, at.level + 4, 2])
    expect(codec.write(new Row(layout))).toEqual([])
  })

  it('reads what it writes', () => {
    fc.assert(
      fc.property(counts, fc.array(fc.double({ min: -LARGEST, max: LARGEST, noNaN: true })), (touched, values) => {
        const row = rowOf(touched)
        for (const value of values) addReal(row, at.totals, value)
        const written = codec.write(row)
        expect(codec.write(codec.read(JSON.parse(JSON.stringify(written))))).toEqual(written)
      }),
      { seed: 12, numRuns: 40 },
    )
  })

  it('takes the last cell of its columns, and none after it', () => {
    expect(codec.write(codec.read([width - 1, 5]))).toEqual([width - 1, 5])
    expect(() => codec.read([width, 5])).toThrow('no cell of its columns, or not in order')
  })

  it.each([
    ['no list', { 0: 1 }, 'no list'],
    ['a cell alone', [0, 1, 2], 'a cell without its value'],
    ['a cell before the first', [-1, 1], 'no cell of its columns, or not in order'],
    ['a cell that stands twice', [4, 1, 4, 1], 'no cell of its columns, or not in order'],
    ['cells that go back', [4, 1, 3, 1], 'no cell of its columns, or not in order'],
    ['part of a cell', [0.5, 1], 'no whole number'],
    ['a value that is not whole', [0, 0.5], 'no whole number'],
    ['a value beyond 2^53', [0, 2 ** 53], 'no whole number'],
  ])('refuses %s', (_, json, message) => {
    expect(() => codec.read(json)).toThrow(message)
  })
})
