import { createHash } from 'node:crypto'
import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openSource, type Source } from '../../src/input/source.js'
import { useFolder, writeFiles } from './folder.js'
import { problemOf, rejectionOf } from './weather.js'
import { ZSTD_COMPRESSED, zstdRepeated, zstdSkippable, zstdStored } from './zstd.js'

const folder = useFolder()
const forecasts = Buffer.from('{"id":"雨","output":"rain"}\n'.repeat(30_000))

async function open(name: string, content?: Uint8Array): Promise<Source> {
  if (content !== undefined) writeFiles(folder.path, { [name]: content })
  return openSource(name, { cwd: folder.path, stdin: Readable.from([]) })
}

const stdin = (...chunks: Uint8Array[]) => openSource('-', { cwd: folder.path, stdin: Readable.from(chunks) })

async function bytesOf(source: Source, onDisk?: (chunk: Buffer) => void): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of source.chunks(onDisk)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

const cut = (bytes: Buffer) => bytes.subarray(0, bytes.length - 9)

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  for (let i = 200; i < 240; i++) copy[i] = copy[i]! ^ 0xff
  return copy
}

describe('Source', () => {
  it('keeps what has no offsets in the folder given, which must be there', async () => {
    const opening = { cwd: folder.path, tempDir: join(folder.path, 'nowhere') }
    writeFiles(folder.path, { 'rain.gz': gzipSync(forecasts) })
    const source = await openSource('rain.gz', { ...opening, stdin: Readable.from([]) })

    await expect(source.prepareRandomAccess()).rejects.toThrow('nowhere')
    await expect(openSource('-', { ...opening, stdin: Readable.from([forecasts]) })).rejects.toThrow('nowhere')
    source.close()
  })

  it('keeps a passing chunk until the one after the next is asked for', async () => {
    const long = Buffer.from(Array.from({ length: 400_000 }, (_, i) => `${i}\n`).join(''))
    const source = await open('rain.jsonl', long)
    const memories = new Set<ArrayBufferLike>()
    const joined: Buffer[] = []
    let before: Buffer = Buffer.alloc(0)
    for await (const chunk of source.chunks(undefined, true)) {
      // Only now, when the next one is there.
      joined.push(Buffer.from(before))
      before = chunk
      memories.add(chunk.buffer)
    }
    joined.push(before)
    expect(Buffer.concat(joined).equals(long)).toBe(true)
    expect(joined.length).toBeGreaterThan(2 * memories.size)
    source.close()
  })

  it.each<[string, () => Promise<Source>, string | null]>([
    ['a plain file', () => open('rain.jsonl', forecasts), null],
    ['a gzipped file', () => open('rain.jsonl.gz', gzipSync(forecasts)), 'gzip'],
    ['a gzipped file that does not say so', () => open('rain.jsonl', gzipSync(forecasts)), 'gzip'],
    ['a plain file that claims to be gzipped', () => open('rain.jsonl.gz', forecasts), null],
    ['a gzipped file of several members', () => open('rain.gz', twoMembers()), 'gzip'],
    ['standard input', () => stdin(forecasts.subarray(0, 7), forecasts.subarray(7)), null],
    [
      'gzipped standard input',
      () => stdin(gzipSync(forecasts).subarray(0, 1), gzipSync(forecasts).subarray(1)),
      'gzip',
    ],
    ['a zstd file', () => open('rain.jsonl.zst', zstdStored(forecasts)), 'zstd'],
    ['a zstd file that does not say so', () => open('rain.jsonl', zstdStored(forecasts)), 'zstd'],
    ['a zstd file of several frames', () => open('rain.zst', manyFrames()), 'zstd'],
    [
      'zstd standard input',
      () => stdin(zstdStored(forecasts).subarray(0, 3), zstdStored(forecasts).subarray(3)),
      'zstd',
    ],
  ])('gives the bytes of %s, again and again', async (_, opening, compression) => {
    const source = await opening()
    expect(source.compression).toBe(compression)
    expect(forecasts.equals(await bytesOf(source))).toBe(true)
    expect(forecasts.equals(await bytesOf(source))).toBe(true)
    source.close()
  })

  it.each([
    ['plain', Buffer.concat(new Array(64).fill(forecasts))],
    ['gzipped', gzipSync(Buffer.concat(new Array(64).fill(forecasts)))],
    ['zstd', zstdStored(Buffer.concat(new Array(64).fill(forecasts)))],
  ])('can be left half read and read again (%s)', async (_, bytes) => {
    const source = await open('rain.jsonl', bytes)
    for await (const chunk of source.chunks()) {
      expect(chunk.length).toBeGreaterThan(0)
      break
    }
    expect((await bytesOf(source)).length).toBe(64 * forecasts.length)
    expect(() => source.close()).not.toThrow()
  })

  it('shows the bytes as they are stored', async () => {
    const stored = gzipSync(forecasts)
    const source = await open('rain.jsonl.gz', stored)
    const hash = createHash('sha256')
    await bytesOf(source, (chunk) => hash.update(chunk))
    expect(hash.digest('hex')).toBe(createHash('sha256').update(stored).digest('hex'))
    source.close()
  })

  it('gives nothing for an empty file', async () => {
    const source = await open('rain.jsonl', Buffer.alloc(0))
    expect(await bytesOf(source)).toHaveLength(0)
    source.close()
  })

  it.each<[string, Buffer]>([
    ['cut off', cut(gzipSync(forecasts))],
    ['cut off after its header', gzipSync(forecasts).subarray(0, 12)],
    ['cut off after two bytes', gzipSync(forecasts).subarray(0, 2)],
    ['damaged', damaged(gzipSync(forecasts, { level: 0 }))],
  ])('refuses gzip that is %s', async (_, content) => {
    const source = await open('rain.jsonl.gz', content)
    expect(await rejectionOf(bytesOf(source))).toMatchObject({ code: 'truncated', path: 'rain.jsonl.gz' })
    source.close()
  })

  it('gives what zstd compressed', async () => {
    const source = await open('rain.jsonl.zst', ZSTD_COMPRESSED)
    expect((await bytesOf(source)).equals(forecasts.subarray(0, forecasts.length / 30))).toBe(true)
    source.close()
  })

  it.each<[string, Buffer]>([
    ['cut off', cut(zstdStored(forecasts))],
    ['cut off after its magic number', zstdStored(forecasts).subarray(0, 4)],
    ['cut off before its checksum', ZSTD_COMPRESSED.subarray(0, -4)],
    ['damaged in its checksum', withByte(ZSTD_COMPRESSED, -1)],
    ['damaged in a block header', withByte(zstdStored(forecasts), 6)],
    ['damaged in its data', withByte(ZSTD_COMPRESSED, 30)],
    ['followed by something else', Buffer.concat([zstdStored(forecasts), forecasts])],
    ['of a window above 128 MiB', zstdStored(forecasts, 18)],
  ])('refuses zstd that is %s', async (_, content) => {
    const source = await open('rain.jsonl.zst', content)
    expect(await rejectionOf(bytesOf(source))).toMatchObject({ code: 'truncated', path: 'rain.jsonl.zst' })
    source.close()
  })

  it('takes a window of 128 MiB', async () => {
    const source = await open('rain.jsonl.zst', zstdStored(forecasts, 17))
    expect(forecasts.equals(await bytesOf(source))).toBe(true)
    source.close()
  })

  it('lets others have their turn while few bytes become many', async () => {
    const source = await open('rain.jsonl.zst', zstdRepeated(32, 400))
    let turns = 0
    const timer = setInterval(() => turns++)
    for await (const chunk of source.chunks()) expect(chunk.length).toBeLessThanOrEqual(1 << 18)
    clearInterval(timer)
    expect(turns).toBeGreaterThan(1)
    source.close()
  })

  it('refuses a file that cannot be opened', async () => {
    expect(await rejectionOf(open('gone.jsonl'))).toEqual({ code: 'unreadable', path: 'gone.jsonl', cause: 'ENOENT' })
  })
})

describe('readAt', () => {
  it.each([
    ['plain', (bytes: Buffer) => bytes],
    ['gzipped', (bytes: Buffer) => gzipSync(bytes)],
    ['zstd', (bytes: Buffer) => zstdStored(bytes)],
  ])('gives any slice of a %s file', async (_, stored) => {
    const source = await open('rain.jsonl', stored(forecasts))
    await source.prepareRandomAccess()
    fc.assert(
      fc.property(fc.nat(forecasts.length - 1), fc.nat(200_000), (offset, length) => {
        const most = Math.min(length, forecasts.length - offset)
        expect(source.readAt(offset, most).equals(forecasts.subarray(offset, offset + most))).toBe(true)
      }),
    )
    source.close()
  })

  it('says that a file became shorter while it was read', async () => {
    const source = await open('rain.jsonl', forecasts)
    truncateSync(join(folder.path, 'rain.jsonl'), 100)
    expect(problemOf(() => source.readAt(90, 20))).toEqual({ code: 'input-changed', path: 'rain.jsonl' })
    source.close()
  })
})

function twoMembers(): Buffer {
  return Buffer.concat([gzipSync(forecasts.subarray(0, 1000)), gzipSync(forecasts.subarray(1000))])
}

/** One of them empty, with skippable ones between, before and behind. */
function manyFrames(): Buffer {
  const skip = zstdSkippable(Buffer.from('rain'))
  const frames = [forecasts.subarray(0, 1000), forecasts.subarray(1000, 1000), forecasts.subarray(1000)]
  return Buffer.concat([skip, skip, ...frames.flatMap((frame) => [zstdStored(frame), skip])])
}

function withByte(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  const index = at < 0 ? bytes.length + at : at
  copy[index] = copy[index]! ^ 0xff
  return copy
}
