import type { Codec } from '../domain/codec/codec.js'
import { listOf, malformed, whole } from '../domain/codec/values.js'
import { CELLS, type Column, cellsOf, type Sums, shelf } from '../domain/tally.js'
import { SparseCells } from './sparse-cells.js'

/** A row keeps high below 2^46, so that 64 rows and what they are added to stay below 2^53, where whole numbers end. */
const HIGH = 2 ** 46
const ROWS_BETWEEN_CARRIES = 64
const LOW = 2 ** 22
const SCALE = 2 ** 30

/** Where each column's cells lie. */
export class Layout {
  readonly width: number
  /** Cells of the narrow columns, which come first. */
  readonly narrow: number
  /** First cell of the columns that are kept once, which come last. */
  readonly once: number
  private readonly places = new Map<string, { column: Column; at: number }>()

  constructor(columns: readonly Column[]) {
    let at = 0
    let narrow = 0
    let once = 0
    for (const column of columns) {
      this.places.set(column.id, { column, at })
      at += cellsOf(column)
      if (shelf(column) === 0) narrow = at
      if (shelf(column) < 2) once = at
    }
    this.width = at
    this.narrow = narrow
    this.once = once
  }

  /** The columns of all layouts, each once. Throws where two layouts mean different things by one name. */
  static union(layouts: readonly Layout[]): Layout {
    const columns = new Map<string, Column>()
    for (const { column } of layouts.flatMap((layout) => [...layout.places.values()])) {
      const known = columns.get(column.id)
      if (known !== undefined && (known.kind !== column.kind || known.size !== column.size)) {
        throw new Error(`column "${column.id}" is declared in two ways`)
      }
      columns.set(column.id, column)
    }
    return new Layout([...columns.values()].sort((a, b) => shelf(a) - shelf(b)))
  }

  /** For each cell, where it lies in a layout that has all these columns. */
  cellsIn(other: Layout): Int32Array {
    const cells = new Int32Array(this.width)
    for (const { column, at } of this.places.values()) {
      const there = other.place(column.id, column.kind).at
      for (let i = 0; i < cellsOf(column); i++) cells[at + i] = there + i
    }
    return cells
  }

  /** Columns with their first cells. */
  get columns(): Iterable<{ readonly column: Column; readonly at: number }> {
    return this.places.values()
  }

  place(id: string, kind: Column['kind']): { column: Column; at: number } {
    const place = this.places.get(id)
    if (place === undefined || place.column.kind !== kind) throw new Error(`no ${kind} column "${id}" is declared`)
    return place
  }
}

/** Anything whose cells can be added to; tells a cell's new value. */
export interface Cells {
  add(cell: number, k: number): number
}

/**
 * A vector of whole numbers. Adding rows is exact and commutes, whatever the order. The cells of wide columns are kept
 * only where they were touched, until half of them were.
 */
export class Row implements Cells {
  private readonly layout: Layout
  private flat: Float64Array
  private sparse: SparseCells | null = null

  constructor(layout: Layout) {
    this.layout = layout
    this.flat = new Float64Array(layout.narrow)
  }

  /** Returns the cell's new value. */
  add(cell: number, k: number): number {
    if (cell < this.flat.length) {
      this.flat[cell]! += k
      return this.flat[cell]!
    }
    this.sparse ??= new SparseCells()
    const total = this.sparse.add(cell, k)
    if (this.sparse.size > this.layout.width / 2) this.flatten()
    return total
  }

  /** Adds every cell, times `times`, to a vector; `places` says where each cell lies there, null for the same places. */
  addTo(into: Float64Array, times: number, places: Int32Array | null): void {
    for (let cell = 0; cell < this.flat.length; cell++) {
      into[places === null ? cell : places[cell]!]! += times * this.flat[cell]!
    }
    this.sparse?.addTo(into, times, places)
  }

  copy(): Row {
    const copy = new Row(this.layout)
    copy.flat = this.flat.slice()
    copy.sparse = this.sparse?.copy() ?? null
    return copy
  }

  /** Adds another row of the same layout. */
  merge(other: Row): void {
    const cells = new Float64Array(this.layout.width)
    other.addTo(cells, 1, null)
    for (const { column, at } of this.layout.columns) {
      for (let cell = at; cell < at + cellsOf(column); cell += CELLS[column.kind]) {
        if (cells[cell] !== 0) this.add(cell, cells[cell]!)
        if (column.kind === 'sum') addWithCarry(this, cell, cells[cell + 1]!, cells[cell + 2]!)
      }
    }
  }

  private flatten(): void {
    const flat = new Float64Array(this.layout.width)
    this.addTo(flat, 1, null)
    this.sparse = null
    this.flat = flat
  }
}

/** Adds x to a sum column's three cells: floor(x·2^30), the rest in units of 2^-52, and what outgrows 2^46. */
export function addReal(row: Cells, cell: number, x: number): void {
  const scaled = x * SCALE
  const high = Math.floor(scaled)
  addWithCarry(row, cell, high, Math.round((scaled - high) * LOW))
}

function addWithCarry(row: Cells, cell: number, high: number, low: number): void {
  const lows = low === 0 ? 0 : row.add(cell + 2, low)
  const highs = high === 0 ? 0 : row.add(cell + 1, high)
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
  private added = 0
  /** Lists read since the sums last changed. */
  private readonly read = new Map<string, readonly number[]>()

  constructor(layout: Layout) {
    this.layout = layout
    this.cells = new Float64Array(layout.width)
  }

  /** Adds a row, or takes it out again with −1; `cells` says where its cells lie here, null for the same places. */
  add(row: Row, times: 1 | -1, cells: Int32Array | null = null): void {
    this.read.clear()
    row.addTo(this.cells, times, cells)
    if (++this.added % ROWS_BETWEEN_CARRIES === 0) this.carry()
  }

  private carry(): void {
    for (const { column, at } of this.layout.columns) {
      if (column.kind === 'count') continue
      for (let cell = at; cell < at + cellsOf(column); cell += CELLS.sum) {
        const carries = Math.trunc(this.cells[cell + 1]! / HIGH)
        this.cells[cell + 1]! -= carries * HIGH
        this.cells[cell]! += carries
      }
    }
  }

  count(id: string): number {
    return this.cells[this.layout.place(id, 'count').at]!
  }

  counts(id: string): readonly number[] {
    return this.once(id, 'count', (at, i) => this.cells[at + i]!)
  }

  sum(id: string): number {
    return this.real(this.layout.place(id, 'sum').at)
  }

  sums(id: string): readonly number[] {
    return this.once(id, 'sum', (at, i) => this.real(at + i * CELLS.sum))
  }

  private once(id: string, kind: Column['kind'], of: (at: number, slot: number) => number): readonly number[] {
    const { column, at } = this.layout.place(id, kind)
    const known = this.read.get(id)
    if (known !== undefined) return known
    const list = new Array<number>(column.size)
    for (let i = 0; i < column.size; i++) list[i] = of(at, i)
    this.read.set(id, list)
    return list
  }

  /** The three cells in their one normal form, so that the number does not depend on how they were carried. */
  private real(at: number): number {
    if (this.cells[at] === 0 && this.cells[at + 1] === 0 && this.cells[at + 2] === 0) return 0
    const units = Math.floor(this.cells[at + 2]! / LOW)
    const low = this.cells[at + 2]! - units * LOW
    const high = this.cells[at + 1]! + units
    const carry = Math.floor(high / HIGH)
    const rest = high - carry * HIGH
    return ((this.cells[at]! + carry) * HIGH + rest + low / LOW) / SCALE
  }
}

/** A row as the cells that are not 0, each with its value after it. */
export function rowCodec(layout: Layout): Codec<Row> {
  return {
    write: (row) => {
      const cells = new Float64Array(layout.width)
      row.addTo(cells, 1, null)
      const written: number[] = []
      for (const [cell, value] of cells.entries()) if (value !== 0) written.push(cell, value)
      return written
    },
    read: (json) => {
      const row = new Row(layout)
      const numbers = listOf(json)
      if (numbers.length % 2 !== 0) return malformed('a cell without its value')
      let last = -1
      for (let i = 0; i < numbers.length; i += 2) {
        const cell = whole.read(numbers[i])
        if (cell <= last || cell >= layout.width) return malformed(`no cell of its columns, or not in order`)
        row.add(cell, whole.read(numbers[i + 1]))
        last = cell
      }
      return row
    },
  }
}
