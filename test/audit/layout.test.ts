import { describe, expect, it } from 'vitest'
import { Layout } from '../../src/audit/cells.js'
import { count, defineColumns, once, sum } from '../../src/domain/tally.js'

const { list } = defineColumns({
  cases: count(),
  totals: sum(2),
  level: count(100),
  pairs: once(count(4)),
})
const layout = new Layout(list)

describe('Layout', () => {
  it('puts narrow columns first, then wide ones, then those kept once', () => {
    // cases 1 cell, totals 2·3, level 100, pairs 4.
    expect([layout.narrow, layout.once, layout.width]).toEqual([7, 107, 111])
    expect([...layout.columns].map(({ column, at }) => [column.id, at])).toEqual([
      ['cases', 0],
      ['totals', 1],
      ['level', 7],
      ['pairs', 107],
    ])
  })

  it('has no narrow cells where every column is wide, and keeps nothing per bucket where every one is kept once', () => {
    expect(new Layout(defineColumns({ level: count(100) }).list).narrow).toBe(0)
    expect(new Layout(defineColumns({ pairs: once(count(4)) }).list)).toMatchObject({ narrow: 0, once: 0, width: 4 })
  })

  it('finds a column by name and kind, and says which one is missing', () => {
    expect(layout.place('totals', 'sum').at).toBe(1)
    expect(() => layout.place('tides', 'count')).toThrow(new Error('no count column "tides" is declared'))
    expect(() => layout.place('cases', 'sum')).toThrow(new Error('no sum column "cases" is declared'))
  })
})

describe('Layout.cellsIn', () => {
  it('says where each cell lies in a layout that has more columns', () => {
    const few = new Layout(defineColumns({ totals: sum(2), pairs: once(count(4)) }).list)
    expect([...few.cellsIn(layout)]).toEqual([1, 2, 3, 4, 5, 6, 107, 108, 109, 110])
  })

  it('is every cell itself in the same layout', () => {
    expect([...layout.cellsIn(layout)]).toEqual(Array.from({ length: 111 }, (_, cell) => cell))
  })

  it('refuses a layout that lacks a column', () => {
    expect(() => layout.cellsIn(new Layout([]))).toThrow('no count column "cases" is declared')
  })
})

describe('Layout.union', () => {
  const other = new Layout(defineColumns({ winds: once(count()), cases: count(), calm: sum(), gale: count(70) }).list)

  it('has each column once, in the order of a layout', () => {
    const joined = Layout.union([layout, other])
    const names = [...joined.columns].map(({ column }) => column.id)
    expect(names).toEqual(['cases', 'totals', 'calm', 'level', 'gale', 'pairs', 'winds'])
    expect([joined.narrow, joined.once, joined.width]).toEqual([10, 180, 185])
  })

  it('refuses one name for columns of different kinds or sizes', () => {
    const declared = new Error('column "cases" is declared in two ways')
    for (const column of [sum(), count(2)]) {
      expect(() => Layout.union([layout, new Layout(defineColumns({ cases: column }).list)])).toThrow(declared)
    }
  })
})
