import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import type { Entry, ZipFile } from 'yauzl'
import { BadLine, parseDocument } from '../json.js'
import type { Log } from './log-format.js'
import { refuse } from './refuse.js'

const inflate = promisify(inflateRaw)

/** What one member may hold, decompressed: more is taken for a bomb. */
const LARGEST_MEMBER = 2 ** 28

/** Compression methods of the ZIP specification (APPNOTE 4.4.5). */
const STORED = 0
const DEFLATED = 8
const ZSTANDARD = 93

export function isZip(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32LE() === 0x04034b50
}

/** The JSON documents of the members chosen, by name. Throws AuditError for an archive or a member that is damaged. */
export async function readZip(
  bytes: Buffer,
  chosen: (name: string) => boolean,
  log: Log,
): Promise<Map<string, unknown>> {
  const members = new Map<string, unknown>()
  try {
    for (const { name, method, size, compressed } of await rawMembers(bytes, chosen)) {
      const text = (await expanded(compressed, method, size)).toString('utf8')
      members.set(name, parseDocument(text).value)
    }
  } catch (error) {
    const what =
      error instanceof BadLine
        ? error.what
        : `the archive is damaged (${error instanceof Error ? error.message : String(error)})`
    refuse(log, what, 'Copy the file again.')
  }
  return members
}

interface RawMember {
  readonly name: string
  readonly method: number
  readonly size: number
  readonly compressed: Buffer
}

async function rawMembers(bytes: Buffer, chosen: (name: string) => boolean): Promise<RawMember[]> {
  const zip = await opened(bytes)
  const members: RawMember[] = []
  return new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', () => resolve(members))
    zip.on('entry', (entry: Entry) => {
      if (!chosen(entry.fileName)) return zip.readEntry()
      rawBytes(zip, entry).then((compressed) => {
        members.push({
          name: entry.fileName,
          method: entry.compressionMethod,
          size: entry.uncompressedSize,
          compressed,
        })
        zip.readEntry()
      }, reject)
    })
    zip.readEntry()
  })
}

async function opened(bytes: Buffer): Promise<ZipFile> {
  const { fromBuffer } = await import('yauzl')
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: false }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    )
  })
}

/** As stored: the library knows deflate alone. */
function rawBytes(zip: ZipFile, entry: Entry): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, { decodeFileData: false }, (error, stream) => {
      if (error) return reject(error)
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => resolve(Buffer.concat(parts)))
      stream.on('error', reject)
    })
  })
}

async function expanded(compressed: Buffer, method: number, size: number): Promise<Buffer> {
  if (size > LARGEST_MEMBER) throw new RangeError(`a member of ${size} bytes is larger than ${LARGEST_MEMBER}`)
  if (method === STORED) return compressed
  if (method === DEFLATED) return inflate(compressed, { maxOutputLength: LARGEST_MEMBER })
  if (method !== ZSTANDARD) throw new RangeError(`compression method ${method} is not known`)
  const { ZSTDDecoder } = await import('zstddec/stream')
  const decoder = new ZSTDDecoder()
  await decoder.init()
  return Buffer.from(decoder.decode(compressed, size))
}
