/** Small: after an error the decoder tries the same bytes again and again, and each try costs. */
const PIECE_BYTES = 1 << 14

/** The least that a frame takes which holds nothing: the head of a skippable one. */
const SMALLEST_FRAME_BYTES = 8

/**
 * Decompresses zstd (RFC 8878): any number of frames, skippable ones too, checksums verified. Takes as much memory as
 * the frame's window, which is refused beyond 128 MiB, the limit of libzstd itself (`zstd --long=27`). What is left half
 * read keeps that memory. Throws an Error where the data end early or are damaged.
 */
export async function* unzstd(stored: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { ZSTDDecoder } = await import('zstddec/stream')
  const decoder = new ZSTDDecoder()
  await decoder.init()
  const input = new Handover(stored)
  for (const output = decoder.decodeStreaming(input); ; ) {
    await input.prepare()
    const { done, value } = output.next()
    if (done) return
    if (value.length === 0) input.expectProgress()
    else {
      input.tries = 0
      yield Buffer.from(value.buffer, value.byteOffset, value.length)
      await turn()
    }
  }
}

/** Gives asynchronous pieces to the decoder, which reads synchronously: one at most between two outputs. */
class Handover implements Iterable<Buffer> {
  /** Outputs in a row, from one piece, that were empty. */
  tries = 0
  private readonly pieces: AsyncIterator<Buffer>
  private waiting: Buffer | undefined
  private bytes = 0

  constructor(stored: AsyncIterable<Buffer>) {
    this.pieces = piecesOf(stored)
  }

  async prepare(): Promise<void> {
    this.waiting ??= (await this.pieces.next()).value
  }

  *[Symbol.iterator](): Generator<Buffer> {
    for (let piece = this.waiting; piece !== undefined; piece = this.waiting) {
      this.waiting = undefined
      this.bytes = piece.length
      this.tries = 0
      yield piece
    }
  }

  /** The decoder swallows error codes and tries again; only a frame that holds nothing gives nothing and goes on. */
  expectProgress(): void {
    this.tries++
    if (this.tries <= this.bytes / SMALLEST_FRAME_BYTES + 1) return
    throw new Error('not valid zstd, or a window above 128 MiB')
  }
}

async function* piecesOf(stored: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  for await (const chunk of stored) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) yield chunk.subarray(at, at + PIECE_BYTES)
  }
  return undefined
}

/** Few stored bytes may be many: the event loop must get its turn between them. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
