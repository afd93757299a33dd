import { CELLS, type Column, type Sums } from '../domain/tally.js'

/** high is kept below 2^52 and low·2^-22 below one unit of high when a cell is read. */
const HIGH = 2 ** 52
const LOW = 2 ** 22
const SCALE = 2 ** 30

/** Where each column's cells lie. */
export class Layout {
  readonly width: number
  private readonly places = new Map<string, { column: Column; at: number }>()

  constructor(columns: readonly Column[]) {
    let at = 0
    for (const column of columns) {
      this.places.set(column.id, { column, at })
      at += CELLS[column.kind] * column.size
    }
    this.width = at
  }

  place(id: string, kind: Column['kind']): { column: Column; at: number } {
    const place = this.places.get(id)
    if (place === undefined || place.column.kind !== kind) throw new Error(`no ${kind} column "${id}" is declared`)
    return place
  }
}

/** Narrow rows, and rows half full, are flat; wide and mostly empty ones hold only the cells that were touched. */
const FLAT_WIDTH = 64

/** A vector of whole numbers. Adding rows is exact and commutes, whatever the order. */
export class Row {
  private readonly width: number
  private flat: Float64Array | null
  private readonly touched = new Map<number, number>()

  constructor(width: number) {
    this.width = width
    this.flat = width <= FLAT_WIDTH ? new Float64Array(width) : null
  }

  add(cell: number, k: number): number {
    if (this.flat !== null) {
      this.flat[cell]! += k
      return this.flat[cell]!
    }
    const total = (this.touched.get(cell) ?? 0) + k
    this.touched.set(cell, total)
    if (this.touched.size > this.width / 2) this.flatten()
    return total
  }

  /** Calls back for every cell that is not zero. */
  forEach(visit: (cell: number, value: number) => void): void {
    if (this.flat === null) {
      for (const [cell, value] of this.touched) visit(cell, value)
      return
    }
    for (let cell = 0; cell < this.width; cell++) if (this.flat[cell] !== 0) visit(cell, this.flat[cell]!)
  }

  private flatten(): void {
    const flat = new Float64Array(this.width)
    for (const [cell, value] of this.touched) flat[cell] = value
    this.touched.clear()
    this.flat = flat
  }
}

/** Adds x to a sum column's three cells: floor(x·2^30), the rest in units of 2^-52, and what outgrows 2^52. */
export function addReal(row: Row, cell: number, x: number): void {
  const scaled = x * SCALE
  const high = Math.floor(scaled)
  addWithCarry(row, cell, high, Math.round((scaled - high) * LOW))
}

function addWithCarry(row: Row, cell: number, high: number, low: number): void {
  const lows = row.add(cell + 2, low)
  const highs = row.add(cell + 1, high)
  if (lows >= HIGH) {
    const units = Math.floor(lows / LOW)
    row.add(cell + 2, -units * LOW)
    row.add(cell + 1, units)
  }
  if (Math.abs(highs) >= HIGH) {
    const carries = Math.trunc(highs / HIGH)
    row.add(cell + 1, -carries * HIGH)
    row.add(cell, carries)
  }
}

/** Sums of rows, readable as numbers, from which a row can be taken and to which it can be given back exactly. */
export class CellSums implements Sums {
  private readonly layout: Layout
  private readonly cells: Float64Array

  constructor(layout: Layout) {
    this.layout = layout
    this.cells = new Float64Array(layout.width)
  }

  add(row: Row): void {
    row.forEach((cell, value) => {
      this.cells[cell]! += value
    })
  }

  subtract(row: Row): void {
    row.forEach((cell, value) => {
      this.cells[cell]! -= value
    })
  }

  count(id: string): number {
    return this.cells[this.layout.place(id, 'count').at]!
  }

  counts(id: string): readonly number[] {
    const { column, at } = this.layout.place(id, 'count')
    return Array.from(this.cells.subarray(at, at + column.size))
  }

  sum(id: string): number {
    return this.real(this.layout.place(id, 'sum').at)
  }

  sums(id: string): readonly number[] {
    const { column, at } = this.layout.place(id, 'sum')
    return Array.from({ length: column.size }, (_, i) => this.real(at + i * CELLS.sum))
  }

  /** The three cells in their one normal form, so that the number does not depend on how they were carried. */
  private real(at: number): number {
    const units = Math.floor(this.cells[at + 2]! / LOW)
    const low = this.cells[at + 2]! - units * LOW
    const high = this.cells[at + 1]! + units
    const carry = Math.floor(high / HIGH)
    const rest = high - carry * HIGH
    return ((this.cells[at]! + carry) * HIGH + rest + low / LOW) / SCALE
  }
}
