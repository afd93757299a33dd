const EMPTY = -1

/** Numbers by cell, for a few cells of many: open addressing in flat arrays, several times faster than a Map. */
export class SparseCells {
  private cells = new Int32Array(16).fill(EMPTY)
  private values = new Float64Array(16)
  size = 0

  /** Adds to a cell and returns its new value. */
  add(cell: number, k: number): number {
    let slot = this.find(cell)
    if (this.cells[slot] === EMPTY) {
      if (this.size * 2 >= this.cells.length) {
        this.grow()
        slot = this.find(cell)
      }
      this.cells[slot] = cell
      this.size++
    }
    this.values[slot]! += k
    return this.values[slot]!
  }

  copy(): SparseCells {
    const copy = new SparseCells()
    copy.cells = this.cells.slice()
    copy.values = this.values.slice()
    copy.size = this.size
    return copy
  }

  /** Adds every value, times `times`, to where `places` sends its cell; null leaves cells in place. */
  addTo(into: Float64Array, times: number, places: Int32Array | null): void {
    for (let slot = 0; slot < this.cells.length; slot++) {
      const cell = this.cells[slot]!
      if (cell !== EMPTY) into[places === null ? cell : places[cell]!]! += times * this.values[slot]!
    }
  }

  /** The slot that holds the cell, or the empty one where it belongs. */
  private find(cell: number): number {
    const mask = this.cells.length - 1
    let slot = Math.imul(cell, 0x9e3779b1) >>> 7
    for (slot &= mask; this.cells[slot] !== EMPTY && this.cells[slot] !== cell; ) slot = (slot + 1) & mask
    return slot
  }

  private grow(): void {
    const { cells, values } = this
    this.cells = new Int32Array(cells.length * 2).fill(EMPTY)
    this.values = new Float64Array(values.length * 2)
    for (let old = 0; old < cells.length; old++) {
      if (cells[old] === EMPTY) continue
      const slot = this.find(cells[old]!)
      this.cells[slot] = cells[old]!
      this.values[slot] = values[old]!
    }
  }
}
