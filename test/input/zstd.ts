// Node 20 has no zstd compressor; frames can be written without compressing (RFC 8878, 3.1.1).

const BLOCK_BYTES = 1 << 17

const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])
/** No content size, no checksum, no dictionary; a window of 2^(10 + exponent) bytes. */
const header = (exponent: number) => Buffer.concat([MAGIC, Buffer.from([0x00, exponent << 3])])

/** A frame of raw blocks. */
export function zstdStored(content: Uint8Array, windowExponent = 7): Buffer {
  const parts: Uint8Array[] = [header(windowExponent)]
  for (let at = 0; at === 0 || at < content.length; at += BLOCK_BYTES) {
    const block = content.subarray(at, at + BLOCK_BYTES)
    parts.push(blockHeader(0, block.length, at + BLOCK_BYTES >= content.length), Buffer.from(block))
  }
  return Buffer.concat(parts)
}

/** A frame that says one byte again and again: four bytes for each 128 KiB. */
export function zstdRepeated(byte: number, blocks: number): Buffer {
  const block = (last: boolean) => Buffer.concat([blockHeader(1, BLOCK_BYTES, last), Buffer.from([byte])])
  return Buffer.concat([header(7), ...new Array(blocks - 1).fill(block(false)), block(true)])
}

export function zstdSkippable(content: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32LE(0x184d2a5e, 0)
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content])
}

function blockHeader(type: 0 | 1, bytes: number, last: boolean): Buffer {
  const block = Buffer.alloc(3)
  block.writeUIntLE((bytes << 3) | (type << 1) | Number(last), 0, 3)
  return block
}

/** `zstd -19` of 1,000 × '{"id":"雨","output":"rain"}\n', with a checksum (its last four bytes). */
export const ZSTD_COMPRESSED = Buffer.from(
  'KLUv/QRoLQEA6HsiaWQiOiLpm6giLCJvdXRwdXQiOiJyYWluIn0KAQChxGBXTkV0wG8=',
  'base64',
)
