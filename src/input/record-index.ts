import type { Span } from './lines.js'

export interface Indexed {
  readonly file: number
  readonly span: Span
}

/** A record's place among those of its row, as a fraction of its offset: exact below 2^40 bytes and 4,096 records a row. */
const PER_ROW = 4_096

/** Where every record stands, by a 32-bit hash of its key: 28 bytes a record, in flat memory. */
export class RecordIndex {
  private size = 0
  private readonly hash = new Column(Uint32Array)
  private readonly file = new Column(Uint32Array)
  private readonly offset = new Column(Float64Array)
  private readonly bytes = new Column(Uint32Array)
  private readonly line = new Column(Uint32Array)

  add(hash: number, file: number, span: Span): void {
    this.hash.set(this.size, hash)
    this.file.set(this.size, file)
    this.offset.set(this.size, span.offset + (span.index ?? 0) / PER_ROW)
    this.bytes.set(this.size, span.bytes)
    this.line.set(this.size, span.number)
    this.size++
  }

  /**
   * Records that share a hash, in the order of hashes, within a group in the order in which they were added. Asked for once:
   * hashes are let go of.
   */
  *groups(): Generator<Indexed[]> {
    const order = this.sorted()
    let group: Indexed[] = []
    let hash = -1
    for (let i = 0; i < this.size; i++) {
      if (order[2 * i + 1] !== hash && group.length > 0) {
        yield group
        group = []
      }
      hash = order[2 * i + 1]!
      group.push(this.at(order[2 * i]!))
    }
    if (group.length > 0) yield group
  }

  /** Pairs (record, hash), sorted as 64-bit numbers whose high half is the hash: little-endian on every platform Node has. */
  private sorted(): Uint32Array {
    const keys = new BigUint64Array(this.size)
    const halves = new Uint32Array(keys.buffer)
    for (let i = 0; i < this.size; i++) {
      halves[2 * i] = i
      halves[2 * i + 1] = this.hash.at(i)
    }
    this.hash.clear()
    keys.sort()
    return halves
  }

  private at(i: number): Indexed {
    const placed = this.offset.at(i)
    const offset = Math.floor(placed)
    const index = (placed - offset) * PER_ROW
    const span = { number: this.line.at(i), offset, bytes: this.bytes.at(i) }
    return { file: this.file.at(i), span: index === 0 ? span : { ...span, index } }
  }
}

/** Numbers of a column that are made room for at once. */
const BLOCK = 2 ** 16

/** Numbers in flat memory that is never copied while they become more, which would take twice as much of it. */
class Column {
  private readonly kind: typeof Uint32Array | typeof Float64Array
  private blocks: (Uint32Array | Float64Array)[] = []

  constructor(kind: typeof Uint32Array | typeof Float64Array) {
    this.kind = kind
  }

  /** Places are filled one after the other. */
  set(i: number, value: number): void {
    if (i % BLOCK === 0) this.blocks.push(new this.kind(BLOCK))
    this.blocks[Math.floor(i / BLOCK)]![i % BLOCK] = value
  }

  at(i: number): number {
    return this.blocks[Math.floor(i / BLOCK)]![i % BLOCK]!
  }

  clear(): void {
    this.blocks = []
  }
}
