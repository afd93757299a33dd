import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { LogFile } from '../../src/input/log-file.js'
import { batchesOf, type Piece } from '../../src/input/pieces.js'
import { SharedMemory } from '../../src/input/shared-memory.js'
import { rejectionOf } from './weather.js'

/** Gives its bytes in chunks that pass: of three in turn one is written over while two can be read. */
function fileOf(text: string, chunkBytes: number): LogFile {
  const all = Buffer.from(text)
  async function* bytes(): AsyncGenerator<Buffer> {
    const memory = [0, 1, 2].map(() => Buffer.alloc(chunkBytes))
    for (let from = 0, n = 0; from < all.length; from += chunkBytes, n++) {
      const chunk = memory[n % 3]!.subarray(0, all.copy(memory[n % 3]!, 0, from, from + chunkBytes))
      memory[(n + 1) % 3]!.fill('!')
      yield chunk
    }
  }
  return { source: { path: 'tide.jsonl' }, bytes } as unknown as LogFile
}

/** A piece whose memory was given back. */
type Kept = Omit<Piece, 'bytes'> & { readonly bytes: Uint8Array }

async function piecesOf(files: readonly LogFile[], maxLineBytes: number): Promise<Kept[]> {
  const memory = new SharedMemory()
  const pieces: Kept[] = []
  for await (const { baseline } of batchesOf({ baseline: files, tuned: [] }, maxLineBytes, memory)) {
    pieces.push(...baseline.map((piece) => ({ ...piece, bytes: piece.bytes.slice() })))
    for (const { bytes } of baseline) memory.giveBack(bytes)
  }
  return pieces
}

const textOf = (pieces: readonly Kept[], file: number) =>
  Buffer.concat(pieces.filter((piece) => piece.file === file).map(({ bytes }) => bytes)).toString()

describe('batchesOf', () => {
  it('gives whole lines, each byte once, with its place, of any lines in any chunks', async () => {
    const text = fc
      .array(fc.string({ unit: fc.constantFrom('a', 'é', '\n'), maxLength: 30 }))
      .map((all) => all.join(''))
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 9 }),
        async (all, n) => {
          const pieces = await piecesOf(
            all.map((own) => fileOf(own, n)),
            1_000,
          )
          for (const [file, own] of all.entries()) expect(textOf(pieces, file)).toBe(own)
          for (const { file, bytes, number, offset } of pieces) {
            const before = Buffer.from(all[file]!).subarray(0, offset)
            expect(number).toBe(before.filter((byte) => byte === 10).length)
            const end = offset + bytes.length
            expect(bytes.at(-1) === 10 || end === Buffer.byteLength(all[file]!)).toBe(true)
          }
        },
      ),
    )
  })

  it('copies a line of many chunks once', async () => {
    const long = `${'spring tide '.repeat(500_000)}\nneap\n`
    const concat = vi.spyOn(Buffer, 'concat')
    const pieces = await piecesOf([fileOf(long, 4_096)], 10_000_000)
    const joined = concat.mock.results.reduce((sum, { value }) => sum + value.length, 0)
    concat.mockRestore()
    expect(joined).toBeLessThan(1.1 * long.length)
    expect(textOf(pieces, 0) === long).toBe(true)
  })

  it('refuses a line that is too long, where it stands', async () => {
    const reading = piecesOf([fileOf(`ebb\n${'flow'.repeat(100)}`, 16)], 100)
    expect(await rejectionOf(reading)).toMatchObject({ code: 'line-too-long', place: { file: 'tide.jsonl', line: 2 } })
  })
})
