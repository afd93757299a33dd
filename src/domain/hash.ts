const encoder = new TextEncoder()
let scratch = new Uint8Array(1024)

/** Four unsigned 32-bit words of a MurmurHash3 x86_128 digest. */
export type Digest = readonly [number, number, number, number]

/**
 * MurmurHash3 x86_128 of the UTF-8 bytes of `text`, seed 0 unless given. It decides buckets and samples, so it is part
 * of the numbers: changing it changes intervals. Lone surrogates hash as U+FFFD.
 * Source: Austin Appleby, MurmurHash3.cpp (public domain).
 */
export function murmur128(text: string, seed = 0): Digest {
  const length = encode(text)
  const blocks = length >>> 4
  let h1 = seed | 0
  let h2 = seed | 0
  let h3 = seed | 0
  let h4 = seed | 0
  for (let i = 0; i < blocks; i++) {
    const at = i << 4
    h1 ^= mix(word(at), C1, 15, C2)
    h1 = (Math.imul(rotate(h1, 19) + h2, 5) + 0x561ccd1b) | 0
    h2 ^= mix(word(at + 4), C2, 16, C3)
    h2 = (Math.imul(rotate(h2, 17) + h3, 5) + 0x0bcaa747) | 0
    h3 ^= mix(word(at + 8), C3, 17, C4)
    h3 = (Math.imul(rotate(h3, 15) + h4, 5) + 0x96cd1c35) | 0
    h4 ^= mix(word(at + 12), C4, 18, C1)
    h4 = (Math.imul(rotate(h4, 13) + h1, 5) + 0x32ac3b17) | 0
  }
  const at = blocks << 4
  const rest = length & 15
  if (rest > 12) h4 ^= mix(tail(at + 12, rest - 12), C4, 18, C1)
  if (rest > 8) h3 ^= mix(tail(at + 8, Math.min(4, rest - 8)), C3, 17, C4)
  if (rest > 4) h2 ^= mix(tail(at + 4, Math.min(4, rest - 4)), C2, 16, C3)
  if (rest > 0) h1 ^= mix(tail(at, Math.min(4, rest)), C1, 15, C2)
  return finish(h1 ^ length, h2 ^ length, h3 ^ length, h4 ^ length)
}

/** The digest as 32 hexadecimal digits. */
export function murmurHex(text: string): string {
  return murmur128(text)
    .map((part) => part.toString(16).padStart(8, '0'))
    .join('')
}

const C1 = 0x239b961b
const C2 = 0xab0e9789
const C3 = 0x38b34ae5
const C4 = 0xa1e38b93

/** Writes the UTF-8 bytes into the scratch buffer; ASCII, by far the usual case, without the encoder. */
function encode(text: string): number {
  if (scratch.length < text.length * 3) scratch = new Uint8Array(text.length * 3)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 127) return encoder.encodeInto(text, scratch).written
    scratch[i] = code
  }
  return text.length
}

function word(at: number): number {
  return scratch[at]! | (scratch[at + 1]! << 8) | (scratch[at + 2]! << 16) | (scratch[at + 3]! << 24)
}

function tail(at: number, bytes: number): number {
  let value = 0
  for (let i = bytes - 1; i >= 0; i--) value = (value << 8) | scratch[at + i]!
  return value
}

function mix(k: number, before: number, turn: number, after: number): number {
  return Math.imul(rotate(Math.imul(k, before), turn), after)
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by))
}

function finish(a: number, b: number, c: number, d: number): Digest {
  let h1 = (a + b + c + d) | 0
  let h2 = (b + h1) | 0
  let h3 = (c + h1) | 0
  let h4 = (d + h1) | 0
  h1 = avalanche(h1)
  h2 = avalanche(h2)
  h3 = avalanche(h3)
  h4 = avalanche(h4)
  h1 = (h1 + h2 + h3 + h4) | 0
  return [h1 >>> 0, (h2 + h1) >>> 0, (h3 + h1) >>> 0, (h4 + h1) >>> 0]
}

function avalanche(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
