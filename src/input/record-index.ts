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
  private capacity = 1024
  private hash = new Uint32Array(this.capacity)
  private file = new Uint32Array(this.capacity)
  private offset = new Float64Array(this.capacity)
  private bytes = new Uint32Array(this.capacity)
  private line = new Uint32Array(this.capacity)

  add(hash: number, file: number, span: Span): void {
    if (this.size === this.capacity) this.grow()
    this.hash[this.size] = hash
    this.file[this.size] = file
    this.offset[this.size] = span.offset + (span.index ?? 0) / PER_ROW
    this.bytes[this.size] = span.bytes
    this.line[this.size] = span.number
    this.size++
  }

  /** Records that share a hash, in the order of hashes, within a group in the order in which they were added. */
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
      halves[2 * i + 1] = this.hash[i]!
    }
    keys.sort()
    return halves
  }

  private at(i: number): Indexed {
    const offset = Math.floor(this.offset[i]!)
    const index = (this.offset[i]! - offset) * PER_ROW
    const span = { number: this.line[i]!, offset, bytes: this.bytes[i]! }
    return { file: this.file[i]!, span: index === 0 ? span : { ...span, index } }
  }

  private grow(): void {
    this.capacity *= 2
    this.hash = extended(this.hash, new Uint32Array(this.capacity))
    this.file = extended(this.file, new Uint32Array(this.capacity))
    this.offset = extended(this.offset, new Float64Array(this.capacity))
    this.bytes = extended(this.bytes, new Uint32Array(this.capacity))
    this.line = extended(this.line, new Uint32Array(this.capacity))
  }
}

function extended<A extends Uint32Array | Float64Array>(old: A, larger: A): A {
  larger.set(old)
  return larger
}
