import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SparseCells } from '../../src/audit/sparse-cells.js'

const WIDTH = 400
const touched = fc.array(fc.tuple(fc.nat(WIDTH - 1), fc.integer({ min: -5, max: 5 })), { maxLength: 200 })

const read = (cells: SparseCells) => {
  const into = new Float64Array(WIDTH)
  cells.addTo(into, 1, null)
  return [...into.entries()].filter(([, value]) => value !== 0)
}

const filled = (cells: Iterable<number>) => {
  const sparse = new SparseCells()
  for (const cell of cells) sparse.add(cell, 1)
  return sparse
}

describe('SparseCells', () => {
  it('adds like a map, tells each new value, and counts the cells that were touched', () => {
    fc.assert(
      fc.property(touched, (all) => {
        const sparse = new SparseCells()
        const map = new Map<number, number>()
        for (const [cell, k] of all) {
          map.set(cell, (map.get(cell) ?? 0) + k)
          expect(sparse.add(cell, k)).toBe(map.get(cell))
        }
        expect(sparse.size).toBe(map.size)
        const nonZero = [...map].filter(([, value]) => value !== 0).sort(([a], [b]) => a - b)
        expect(read(sparse)).toEqual(nonZero)
      }),
      { seed: 13, numRuns: 40 },
    )
  })

  it('holds cell 0 as any other', () => {
    const sparse = filled([0, 0, 3])
    expect([sparse.size, read(sparse)]).toEqual([
      2,
      [
        [0, 2],
        [3, 1],
      ],
    ])
  })

  it('keeps every cell while it grows', () => {
    const sparse = new SparseCells()
    for (let i = 0; i < 40; i++) {
      sparse.add(i * 9, i + 1)
      expect(read(sparse)).toEqual(Array.from({ length: i + 1 }, (_, before) => [before * 9, before + 1]))
    }
  })

  it('is copied with its size; neither changes with the other', () => {
    const sparse = filled([2, 4])
    const copy = sparse.copy()
    copy.add(2, 5)
    sparse.add(9, 1)
    expect([copy.size, read(copy)]).toEqual([
      2,
      [
        [2, 6],
        [4, 1],
      ],
    ])
    expect([sparse.size, read(sparse)]).toEqual([
      3,
      [
        [2, 1],
        [4, 1],
        [9, 1],
      ],
    ])
    for (let cell = 0; cell < 100; cell++) copy.add(cell, 1)
    expect(copy.size).toBe(100)
  })

  it('is added to a vector times a number, each cell where it is sent', () => {
    const into = new Float64Array([10, 10, 10])
    const places = new Int32Array(WIDTH)
    places[7] = 2
    const sparse = filled([7, 7])
    sparse.addTo(into, -3, places)
    expect([...into]).toEqual([10, 10, 4])
  })
})
