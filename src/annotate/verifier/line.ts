import { ANSWER_BYTES } from './limits.js'

/** What came of the bytes so far: one whole line and nothing behind it, or what cannot be an answer. */
export type Heard =
  | { readonly kind: 'line'; readonly bytes: Buffer }
  | { readonly kind: 'stray'; readonly what: Stray; readonly bytes: Buffer }

/** More than one line, a line that does not end, or output that nothing was asked for. */
export type Stray = 'more' | 'endless' | 'unasked'

/** Collects the one line that answers a request. */
export class Line {
  private chunks: Buffer[] = []
  private length = 0

  /** Null as long as the line has not ended. */
  add(chunk: Buffer): Heard | null {
    const end = chunk.indexOf(0x0a)
    this.chunks.push(chunk)
    this.length += chunk.length
    if (this.length > ANSWER_BYTES) return { kind: 'stray', what: 'endless', bytes: this.take() }
    if (end === -1) return null
    if (end < chunk.length - 1) return { kind: 'stray', what: 'more', bytes: this.take() }
    return { kind: 'line', bytes: this.take().subarray(0, -1) }
  }

  /** What there is of it. */
  take(): Buffer {
    const bytes = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks)
    this.chunks = []
    this.length = 0
    return bytes
  }
}
