import { NEWLINE } from '../../domain/ascii.js'
import type { PerArm } from '../../domain/record.js'
import type { LineStart } from '../../input/lines.js'
import type { Batch, Piece } from '../../input/pieces.js'

/** Lines that are read before what stands in them is counted. */
const STEP = 16

/** Some lines of a piece. */
export interface Part {
  readonly file: number
  readonly lines: Buffer
  readonly start: LineStart
}

/**
 * A batch, as many lines of both arms at a time; null for an arm that has no more. Records of a whole batch would live long
 * enough to get old to V8, and threads would spend their time on looking which of them died.
 */
export function* inStep(batch: Batch): Generator<PerArm<Part | null>> {
  const parts = { baseline: partsOf(batch.baseline), tuned: partsOf(batch.tuned) }
  for (;;) {
    const step = { baseline: parts.baseline.next().value ?? null, tuned: parts.tuned.next().value ?? null }
    if (step.baseline === null && step.tuned === null) return
    yield step
  }
}

function* partsOf(pieces: readonly Piece[]): Generator<Part, undefined> {
  for (const { file, bytes, number, offset } of pieces) {
    const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let start = { number, offset }
    for (let from = 0; from < all.length; ) {
      const { end, count } = after(STEP, all, from)
      yield { file, lines: all.subarray(from, end), start }
      start = { number: start.number + count, offset: start.offset + end - from }
      from = end
    }
  }
}

/** Where so many lines end, or all that there are; a file's last line may lack its end. */
function after(lines: number, all: Buffer, from: number): { end: number; count: number } {
  let end = from
  let count = 0
  for (; count < lines && end < all.length; count++) end = all.indexOf(NEWLINE, end) + 1 || all.length
  return { end, count }
}
