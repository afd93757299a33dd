import {
  closeSync,
  createReadStream,
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
import { STDIN } from './paths.js'

/** Small enough that records of a chunk are garbage before they count as old. */
const CHUNK_BYTES = 1 << 18

const readAsync = promisify(read)

/** A file of records: its bytes in order, as often as wanted, and at any offset. */
export interface Source {
  readonly path: string
  readonly compression: 'gzip' | null
  /** Decompressed bytes from the beginning; `onDisk` sees the bytes as they are stored. Throws AuditError. */
  chunks(onDisk?: (chunk: Buffer) => void): AsyncIterable<Buffer>
  /** Makes `readAt` possible: what has no offsets (gzip) is decompressed into a temporary file first. */
  prepareRandomAccess(): Promise<void>
  /** Decompressed bytes at an offset. Throws AuditError `input-changed` where the file has become shorter. */
  readAt(offset: number, length: number): Buffer
  close(): void
}

/** Opens a file, or standard input, which is kept in a temporary file because it can be read only once. */
export async function openSource(path: string, cwd: string, stdin: Readable): Promise<Source> {
  const fd = path === STDIN ? await spool(stdin) : await open(path, cwd)
  const magic = Buffer.alloc(2)
  try {
    readSync(fd, magic, 0, 2, 0)
  } catch (error) {
    throw unreadable(path, error)
  }
  const gzip = magic[0] === 0x1f && magic[1] === 0x8b
  return new FileSource(path, fd, gzip ? 'gzip' : null)
}

class FileSource implements Source {
  readonly path: string
  readonly compression: 'gzip' | null
  private readonly fd: number
  private spooled: number | null = null
  private buffer = Buffer.alloc(1 << 16)

  constructor(path: string, fd: number, compression: 'gzip' | null) {
    this.path = path
    this.fd = fd
    this.compression = compression
  }

  async *chunks(onDisk?: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
    const stored = this.stored(onDisk)
    const gunzip = () => pipeline(stored, createGunzip({ chunkSize: CHUNK_BYTES }), () => {})
    try {
      yield* this.compression === null ? stored : (gunzip() as AsyncIterable<Buffer>)
    } catch (error) {
      throw this.compression === null ? unreadable(this.path, error) : truncated(this.path, error)
    }
  }

  /** Reads by position: a stream over the descriptor would close it when it is left half read. */
  private async *stored(onDisk?: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
    for (let position = 0; ; ) {
      const { bytesRead, buffer } = await readAsync(this.fd, Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, position)
      if (bytesRead === 0) return
      position += bytesRead
      const chunk = buffer.subarray(0, bytesRead)
      onDisk?.(chunk)
      yield chunk
    }
  }

  async prepareRandomAccess(): Promise<void> {
    if (this.compression !== null) this.spooled ??= await spool(this.chunks())
  }

  readAt(offset: number, length: number): Buffer {
    if (this.buffer.length < length) this.buffer = Buffer.alloc(length * 2)
    const read = readSync(this.spooled ?? this.fd, this.buffer, 0, length, offset)
    if (read < length) throw new AuditError({ code: 'input-changed', path: this.path })
    return this.buffer.subarray(0, length)
  }

  close(): void {
    closeSync(this.fd)
    if (this.spooled !== null) closeSync(this.spooled)
  }
}

/** A pipe such as the shell's `<(…)` can be read only once, like standard input. */
async function open(path: string, cwd: string): Promise<number> {
  const absolute = resolve(cwd, path)
  try {
    return statSync(absolute).isFIFO() ? await spool(createReadStream(absolute)) : openSync(absolute, 'r')
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** Copies bytes into a temporary file that has no name any more: it goes with the process, however that ends. */
async function spool(bytes: AsyncIterable<Buffer>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'tuneaudit-'))
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
