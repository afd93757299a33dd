import { NEWLINE } from '../domain/ascii.js'
import { AuditError } from '../domain/problem.js'
import { ARMS, type Arm, type PerArm } from '../domain/record.js'
import type { LineStart } from './lines.js'
import type { LogFile } from './log-file.js'
import type { SharedMemory } from './shared-memory.js'

/** Whole lines of one file. */
export interface Piece extends LineStart {
  /** Of the arm's files. */
  readonly file: number
  readonly bytes: Uint8Array<SharedArrayBuffer>
}

export type Batch = PerArm<readonly Piece[]>

/** Bytes of the leading arm in a batch, about. What stands at its ends is read twice. */
const BATCH_BYTES = 1 << 19

/**
 * Both arms in batches of equal line numbers, for others to read: what is aligned mostly falls into one batch. Whoever has
 * read a piece gives its memory back.
 */
export async function* batchesOf(
  files: PerArm<readonly LogFile[]>,
  maxLineBytes: number,
  memory: SharedMemory,
): AsyncGenerator<Batch> {
  const of = (arm: Arm) => new Lines(files[arm], maxLineBytes, memory)
  const lines = { baseline: of('baseline'), tuned: of('tuned') }
  try {
    for (;;) {
      const baseline = await lines.baseline.take(BATCH_BYTES, Number.POSITIVE_INFINITY)
      const tuned =
        baseline.lines === 0
          ? await lines.tuned.take(BATCH_BYTES, Number.POSITIVE_INFINITY)
          : await lines.tuned.take(Number.POSITIVE_INFINITY, baseline.lines)
      if (baseline.lines + tuned.lines === 0) return
      yield { baseline: baseline.pieces, tuned: tuned.pieces }
    }
  } finally {
    for (const arm of ARMS) await lines[arm].close()
  }
}

interface Taken {
  readonly pieces: readonly Piece[]
  readonly lines: number
}

const NOTHING = Buffer.alloc(0)

/** The lines of one arm's files, one after the other. */
class Lines {
  private readonly files: readonly LogFile[]
  private readonly maxLineBytes: number
  private readonly memory: SharedMemory
  private file = -1
  private chunks: AsyncIterator<Buffer> | null = null
  private rest: Buffer = NOTHING
  /** What was read behind `rest`, which ends a line then. */
  private ahead: Buffer = NOTHING
  private start: { number: number; offset: number } = { number: 0, offset: 0 }

  constructor(files: readonly LogFile[], maxLineBytes: number, memory: SharedMemory) {
    this.files = files
    this.maxLineBytes = maxLineBytes
    this.memory = memory
  }

  /** Whole lines until there are so many bytes or lines; fewer only at the end. */
  async take(bytes: number, lines: number): Promise<Taken> {
    const pieces: Piece[] = []
    let taken = { bytes: 0, lines: 0 }
    while (taken.bytes < bytes && taken.lines < lines) {
      const cut = this.cut(bytes - taken.bytes, lines - taken.lines)
      if (cut.lines > 0) {
        pieces.push(this.piece(cut.end))
        this.start.number += cut.lines
        taken = { bytes: taken.bytes + cut.end, lines: taken.lines + cut.lines }
        continue
      }
      if (await this.more()) continue
      const last = this.lastLine()
      if (last !== null) {
        pieces.push(last)
        taken = { bytes: taken.bytes + last.bytes.byteLength, lines: taken.lines + 1 }
      }
      if (!this.next()) break
    }
    return { pieces, lines: taken.lines }
  }

  async close(): Promise<void> {
    await this.chunks?.return?.()
  }

  /** Where whole lines end in what is read, after enough of them. */
  private cut(bytes: number, lines: number): { end: number; lines: number } {
    let end = 0
    let count = 0
    while (count < lines && end < bytes) {
      const at = this.rest.indexOf(NEWLINE, end)
      if (at === -1) break
      end = at + 1
      count++
    }
    return { end, lines: count }
  }

  /** Bytes up to `end` as a piece in memory that other threads see. */
  private piece(end: number): Piece {
    const bytes = this.memory.lend(end)
    bytes.set(this.rest.subarray(0, end))
    const piece = { file: this.file, ...this.start, bytes }
    this.rest = this.rest.subarray(end)
    this.start.offset += end
    return piece
  }

  /** A file's last line may lack its end. */
  private lastLine(): Piece | null {
    return this.rest.length === 0 ? null : this.piece(this.rest.length)
  }

  private async more(): Promise<boolean> {
    const chunk = this.ahead.length > 0 ? this.ahead : await this.read()
    if (chunk === null) return false
    if (this.rest.length > 0) await this.endLine(chunk)
    else {
      this.rest = chunk
      this.ahead = NOTHING
    }
    if (this.rest.length > this.maxLineBytes && this.rest.indexOf(NEWLINE) === -1) throw this.tooLong()
    return true
  }

  /**
   * Of chunks only what ends the line that was begun is copied to it, once, however many it takes. Chunks pass, so that what is
   * kept while another is read is a copy.
   */
  private async endLine(begin: Buffer): Promise<void> {
    const parts = [Buffer.from(this.rest)]
    let bytes = this.rest.length
    let chunk: Buffer | null = begin
    for (; chunk !== null && bytes <= this.maxLineBytes; chunk = await this.read()) {
      const end = chunk.indexOf(NEWLINE) + 1 || chunk.length
      parts.push(Buffer.from(chunk.subarray(0, end)))
      bytes += end
      this.ahead = chunk.subarray(end)
      if (chunk[end - 1] === NEWLINE) break
    }
    this.rest = Buffer.concat(parts, bytes)
  }

  private async read(): Promise<Buffer | null> {
    const next = await this.chunks?.next()
    return next === undefined || next.done === true ? null : next.value
  }

  private next(): boolean {
    this.file++
    this.start = { number: 0, offset: 0 }
    const file = this.files[this.file]
    this.chunks = file === undefined ? null : file.bytes()[Symbol.asyncIterator]()
    return file !== undefined
  }

  private tooLong(): AuditError {
    const place = { file: this.files[this.file]!.source.path, line: this.start.number + 1 }
    return new AuditError({ code: 'line-too-long', place, limit: this.maxLineBytes })
  }
}

/** Whether every file can be read in pieces. */
export function canBeCut(logs: PerArm<readonly { readonly format: { readonly cuttable?: true } }[]>): boolean {
  return ARMS.every((arm: Arm) => logs[arm].every(({ format }) => format.cuttable === true))
}
