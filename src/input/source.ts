import {
  closeSync,
  createReadStream,
  fstatSync,
  mkdtempSync,
  openSync,
  read,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pipeline, type Readable } from 'node:stream'
import { promisify } from 'node:util'
import { createGunzip } from 'node:zlib'
import { AuditError } from '../domain/problem.js'
import { Meter } from './meter.js'
import { STDIN } from './paths.js'
import { unzstd } from './zstd.js'

/** Each read wakes another thread: of 64 KB, it costs as much as what is read. */
const CHUNK_BYTES = 1 << 18

const readAsync = promisify(read)

const COMPRESSIONS = ['gzip', 'zstd'] as const
export type Compression = (typeof COMPRESSIONS)[number]

interface Codec {
  /** Whether a file begins so. */
  readonly detects: (magic: Buffer) => boolean
  /** Throws what says how the data are damaged. */
  readonly decompress: (stored: AsyncIterable<Buffer>) => AsyncIterable<Buffer>
}

const CODECS: Readonly<Record<Compression, Codec>> = {
  gzip: {
    detects: (magic) => magic[0] === 0x1f && magic[1] === 0x8b,
    decompress: (stored) =>
      pipeline(stored, createGunzip({ chunkSize: CHUNK_BYTES }), () => {}) as AsyncIterable<Buffer>,
  },
  zstd: { detects: (magic) => isZstd(magic.readUInt32LE()), decompress: unzstd },
}

/** A frame, or a skippable one before it (RFC 8878, 3.1). */
function isZstd(magic: number): boolean {
  return magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50
}

/** A file of records: its bytes in order, as often as wanted, and at any offset. */
export interface Source {
  readonly path: string
  readonly compression: Compression | null
  /**
   * Decompressed bytes from the beginning; `onDisk` sees the bytes as they are stored. Where chunks are `passing`, the memory
   * of one may be used again once the chunk after the next is asked for. Throws AuditError.
   */
  chunks(onDisk?: (chunk: Buffer) => void, passing?: boolean): AsyncIterable<Buffer>
  /** Makes `readAt` possible: what has no offsets (it is compressed) is decompressed into a temporary file first. */
  prepareRandomAccess(): Promise<void>
  /** After `prepareRandomAccess`: the descriptor that `readAt` reads, valid in every thread of the process. */
  readonly descriptor: number
  /** Decompressed bytes at an offset. Throws AuditError `input-changed` where the file has become shorter. */
  readAt(offset: number, length: number): Buffer
  close(): void
}

export interface Opening {
  readonly cwd: string
  readonly stdin: Readable
  readonly meter?: Meter
  /** Where what cannot be read at an offset is kept; the system's own folder unless given. */
  readonly tempDir?: string
}

/**
 * Opens a file, or standard input, which is kept in a temporary file because it can be read only once. `meter` hears what
 * is going to be read and what was.
 */
export async function openSource(path: string, opening: Opening): Promise<Source> {
  const { cwd, stdin, meter = new Meter(), tempDir = tmpdir() } = opening
  const fd = path === STDIN ? await spool(stdin, tempDir) : await open(path, cwd, tempDir)
  const magic = Buffer.alloc(4)
  try {
    readSync(fd, magic, 0, 4, 0)
  } catch (error) {
    throw unreadable(path, error)
  }
  meter.expect(fstatSync(fd).size)
  return new FileSource(path, fd, {
    meter,
    tempDir,
    compression: COMPRESSIONS.find((name) => CODECS[name].detects(magic)) ?? null,
  })
}

/** A file that another thread reads from its beginning, and that can be read here at offsets once it is shared. */
export class SharedSource implements Source {
  readonly path: string
  readonly compression: Compression | null
  private shared: FileSource | null = null

  constructor(path: string, compression: Compression | null) {
    this.path = path
    this.compression = compression
  }

  share(descriptor: number): void {
    this.shared = new FileSource(this.path, descriptor, { meter: new Meter(), tempDir: tmpdir(), compression: null })
  }

  get descriptor(): number {
    return this.opened.descriptor
  }

  chunks(): AsyncIterable<Buffer> {
    return this.opened.chunks()
  }

  async prepareRandomAccess(): Promise<void> {}

  readAt(offset: number, length: number): Buffer {
    return this.opened.readAt(offset, length)
  }

  close(): void {}

  private get opened(): FileSource {
    if (this.shared === null) throw new Error('the file was not shared')
    return this.shared
  }
}

/** Gives what the next chunk is read into. */
type ChunkMemory = () => Buffer

const fresh: ChunkMemory = () => Buffer.allocUnsafe(CHUNK_BYTES)

/** One is read into while two are in use: where a line goes on, the chunk before is still needed. */
function inTurn(): ChunkMemory {
  const all = [fresh(), fresh(), fresh()]
  let next = 0
  return () => all[next++ % all.length]!
}

interface Stored {
  readonly meter: Meter
  readonly tempDir: string
  readonly compression: Compression | null
}

class FileSource implements Source {
  readonly path: string
  readonly compression: Compression | null
  private readonly fd: number
  private readonly meter: Meter
  private readonly tempDir: string
  private spooled: number | null = null
  private buffer = Buffer.alloc(1 << 16)

  constructor(path: string, fd: number, { meter, tempDir, compression }: Stored) {
    this.path = path
    this.fd = fd
    this.meter = meter
    this.tempDir = tempDir
    this.compression = compression
  }

  async *chunks(onDisk?: (chunk: Buffer) => void, passing = false): AsyncGenerator<Buffer> {
    try {
      yield* this.compression === null
        ? this.stored(passing ? inTurn() : fresh, onDisk)
        : CODECS[this.compression].decompress(this.stored(fresh, onDisk))
    } catch (error) {
      throw this.compression === null ? unreadable(this.path, error) : truncated(this.path, error)
    }
  }

  /** Reads by position: a stream over the descriptor would close it when it is left half read. One chunk is read ahead. */
  private async *stored(memory: ChunkMemory, onDisk?: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
    let ahead = this.read(0, memory())
    try {
      for (let position = 0; ; ) {
        const chunk = await ahead
        if (chunk.length === 0) return
        position += chunk.length
        ahead = this.read(position, memory())
        this.meter.read(chunk.length)
        onDisk?.(chunk)
        yield chunk
      }
    } finally {
      // Its descriptor may be closed, and stand for another file, as soon as this is left.
      await ahead.catch(() => {})
    }
  }

  /** Who awaits it hears of its error; nobody may, where reading ends early. */
  private read(position: number, into: Buffer): Promise<Buffer> {
    const chunk = readAsync(this.fd, into, 0, CHUNK_BYTES, position).then(({ bytesRead }) =>
      into.subarray(0, bytesRead),
    )
    chunk.catch(() => {})
    return chunk
  }

  async prepareRandomAccess(): Promise<void> {
    if (this.compression !== null) this.spooled ??= await spool(this.chunks(), this.tempDir)
  }

  get descriptor(): number {
    return this.spooled ?? this.fd
  }

  readAt(offset: number, length: number): Buffer {
    if (this.buffer.length < length) this.buffer = Buffer.alloc(length * 2)
    const read = readSync(this.descriptor, this.buffer, 0, length, offset)
    this.meter.read(read)
    if (read < length) throw new AuditError({ code: 'input-changed', path: this.path })
    return this.buffer.subarray(0, length)
  }

  close(): void {
    closeSync(this.fd)
    if (this.spooled !== null) closeSync(this.spooled)
  }
}

/** A pipe such as the shell's `<(…)` can be read only once, like standard input. */
async function open(path: string, cwd: string, tempDir: string): Promise<number> {
  const absolute = resolve(cwd, path)
  try {
    return statSync(absolute).isFIFO() ? await spool(createReadStream(absolute), tempDir) : openSync(absolute, 'r')
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** Copies bytes into a temporary file that has no name any more: it goes with the process, however that ends. */
async function spool(bytes: AsyncIterable<Buffer>, tempDir: string): Promise<number> {
  const folder = mkdtempSync(join(tempDir, 'tuneaudit-'))
  const fd = openSync(join(folder, 'spool'), 'w+')
  rmSync(folder, { recursive: true })
  for await (const chunk of bytes) {
    for (let written = 0; written < chunk.length; ) written += writeSync(fd, chunk, written)
  }
  return fd
}

function unreadable(path: string, error: unknown): AuditError {
  return new AuditError({ code: 'unreadable', path, cause: causeOf(error) }, { cause: error })
}

function truncated(path: string, error: unknown): AuditError {
  return new AuditError({ code: 'truncated', path, cause: causeOf(error) }, { cause: error })
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
