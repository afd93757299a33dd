import type { Span } from './lines.js'

export interface Indexed {
  readonly file: number
  readonly span: Span
}

/** A record's place among those of its row, as a fraction of its offset: exact below 2^40 bytes and 4,096 records a row. */
const PER_ROW = 4_096

/** Marks the last record of a group. */
const LAST = 2 ** 31

/**
 * Where every record stands, by a 32-bit hash of its key: 16 bytes a record in flat memory, 24 while they are sorted, and 12
 * wherever lines do not follow each other. Up to 2^31 records.
 */
export class RecordIndex {
  private size = 0
  private readonly hash = new Column(Uint32Array)
  private readonly offset = new Column(Float64Array)
  private readonly bytes = new Column(Uint32Array)
  private readonly lines = new Lines()

  add(hash: number, file: number, span: Span): void {
    this.hash.set(this.size, hash)
    this.offset.set(this.size, span.offset + (span.index ?? 0) / PER_ROW)
    this.bytes.set(this.size, span.bytes)
    this.lines.add(this.size, file, span.number)
    this.size++
  }

  /**
   * Records that share a hash, in the order of hashes, within a group in the order in which they were added. Asked for once:
   * hashes are let go of.
   */
  *groups(): Generator<Indexed[]> {
    let group: Indexed[] = []
    for (const record of this.sorted()) {
      group.push(this.at(record % LAST))
      if (record < LAST) continue
      yield group
      group = []
    }
  }

  /** Records by their hashes, sorted as 64-bit numbers whose high half is the hash: little-endian on every platform Node has. */
  private sorted(): Uint32Array {
    const keys = new BigUint64Array(this.size)
    const halves = new Uint32Array(keys.buffer)
    for (let i = 0; i < this.size; i++) {
      halves[2 * i] = i
      halves[2 * i + 1] = this.hash.at(i)
    }
    this.hash.clear()
    keys.sort()
    const isLast = (i: number) => i + 1 === this.size || halves[2 * i + 1] !== halves[2 * i + 3]
    const records = new Uint32Array(this.size)
    for (let i = 0; i < this.size; i++) records[i] = halves[2 * i]! + (isLast(i) ? LAST : 0)
    return records
  }

  private at(i: number): Indexed {
    const placed = this.offset.at(i)
    const offset = Math.floor(placed)
    const index = (placed - offset) * PER_ROW
    const { file, number } = this.lines.at(i)
    const span = { number, offset, bytes: this.bytes.at(i) }
    return { file, span: index === 0 ? span : { ...span, index } }
  }
}

/** The file and line of each record, kept where one does not stand a line after the one before. */
class Lines {
  private runs = 0
  private readonly first = new Column(Uint32Array)
  private readonly file = new Column(Uint32Array)
  private readonly number = new Column(Uint32Array)

  add(record: number, file: number, number: number): void {
    if (this.runs > 0 && this.follows(record, file, number)) return
    this.first.set(this.runs, record)
    this.file.set(this.runs, file)
    this.number.set(this.runs, number)
    this.runs++
  }

  at(record: number): { file: number; number: number } {
    let run = 0
    for (let end = this.runs; end - run > 1; ) {
      const middle = (run + end) >>> 1
      if (this.first.at(middle) <= record) run = middle
      else end = middle
    }
    return { file: this.file.at(run), number: this.number.at(run) + record - this.first.at(run) }
  }

  private follows(record: number, file: number, number: number): boolean {
    const run = this.runs - 1
    return this.file.at(run) === file && this.number.at(run) + record - this.first.at(run) === number
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
