import type { Json } from '../json.js'
import type { PerArm } from '../record.js'
import { type Codec, Malformed, within } from './codec.js'

/** A number that is written and read exactly: an integer below 2^53. */
export const whole: Codec<number> = {
  write: (value) => checked(value, Number.isSafeInteger(value), 'no whole number'),
  read: (json) => (Number.isSafeInteger(json) ? Number(json) : malformed('no whole number')),
}

/** A count: whole and not negative. */
export const natural: Codec<number> = {
  write: (value) => whole.write(value),
  read: (json) => (Number.isSafeInteger(json) && Number(json) >= 0 ? Number(json) : malformed('no count')),
}

/** A finite number. */
export const real: Codec<number> = {
  write: (value) => checked(value, Number.isFinite(value), 'no finite number'),
  read: (json) => (Number.isFinite(json) ? Number(json) : malformed('no finite number')),
}

/** A number that may be infinite, which JSON cannot hold. */
export const extended: Codec<number> = {
  write: (value) => (Number.isFinite(value) ? value : value > 0 ? 'Infinity' : '-Infinity'),
  read: (json) => (json === 'Infinity' || json === '-Infinity' ? Number(json) : real.read(json)),
}

export const flag: Codec<boolean> = {
  write: (value) => value,
  read: (json) => (typeof json === 'boolean' ? json : malformed('neither true nor false')),
}

/** Lone surrogates are kept: JSON escapes them. */
export const text: Codec<string> = {
  write: (value) => value,
  read: (json) => (typeof json === 'string' ? json : malformed('no text')),
}

/** A text of at most so many UTF-16 code units. */
export function shortText(longest: number): Codec<string> {
  return {
    write: (value) => value,
    read: (json) => (text.read(json).length <= longest ? String(json) : malformed(`a text longer than ${longest}`)),
  }
}

/** Plain JSON data, checked by whoever uses it. */
export const anything: Codec<unknown> = {
  write: (value) => value as Json,
  read: (json) => json,
}

/** SHA-256 in hexadecimal. */
export const sha256Text: Codec<string> = {
  write: (value) => value,
  read: (json) => (/^[0-9a-f]{64}$/.test(text.read(json)) ? String(json) : malformed('no SHA-256')),
}

export function oneOf<Name extends string>(names: readonly Name[]): Codec<Name> {
  return {
    write: (value) => value,
    read: (json) => names.find((name) => name === json) ?? malformed(`none of ${names.join(', ')}`),
  }
}

export function nullable<T>(codec: Codec<T>): Codec<T | null> {
  return {
    write: (value) => (value === null ? null : codec.write(value)),
    read: (json) => (json === null ? null : codec.read(json)),
  }
}

export function list<T>(item: Codec<T>): Codec<readonly T[]> {
  return {
    write: (values) => values.map((value) => item.write(value)),
    read: (json) => listOf(json).map((each, i) => within(i, () => item.read(each))),
  }
}

export function pair<A, B>(first: Codec<A>, second: Codec<B>): Codec<readonly [A, B]> {
  return {
    write: ([a, b]) => [first.write(a), second.write(b)],
    read: (json) => {
      const [a, b, ...more] = listOf(json)
      if (a === undefined || b === undefined || more.length > 0) return malformed('no pair')
      return [within(0, () => first.read(a)), within(1, () => second.read(b))]
    },
  }
}

/** An object with exactly these keys. */
export function record<T extends object>(fields: { readonly [Key in keyof T]-?: Codec<T[Key]> }): Codec<T> {
  const names = Object.keys(fields) as (keyof T & string)[]
  return {
    write: (value) => Object.fromEntries(names.map((name) => [name, fields[name].write(value[name])])),
    read: (json) => {
      const given = objectOf(json, names)
      const read = names.map((name) => [name, within(name, () => fields[name].read(given[name]))] as const)
      return Object.fromEntries(read) as T
    },
  }
}

/** An object, checked to have exactly these keys of its own. */
export function objectOf(json: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return malformed('no object')
  const keys = Object.keys(json)
  const unknown = keys.find((key) => !names.includes(key))
  if (unknown !== undefined) return malformed(`unknown key ${JSON.stringify(unknown.slice(0, 80))}`)
  const missing = names.find((name) => !keys.includes(name))
  if (missing !== undefined) return malformed(`key "${missing}" is missing`)
  return json as Readonly<Record<string, unknown>>
}

export function perArm<T>(codec: Codec<T>): Codec<PerArm<T>> {
  return record<PerArm<T>>({ baseline: codec, tuned: codec })
}

/** Unsigned 32-bit numbers, as base64 of their little-endian bytes. */
export const words: Codec<Uint32Array> = {
  write: (values) => {
    const bytes = Buffer.alloc(4 * values.length)
    for (const [i, value] of values.entries()) bytes.writeUInt32LE(value, 4 * i)
    return bytes.toString('base64')
  },
  read: (json) => {
    const bytes = Buffer.from(text.read(json), 'base64')
    if (bytes.length % 4 !== 0 || bytes.toString('base64') !== json) return malformed('no list of words')
    return Uint32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32LE(4 * i))
  },
}

export function listOf(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : malformed('no list')
}

export function malformed(what: string): never {
  throw new Malformed(what)
}

/** What cannot be written is a bug of ours. */
function checked(value: Json, isRight: boolean, what: string): Json {
  if (!isRight) throw new Error(`${what} can be written: ${String(value)}`)
  return value
}
