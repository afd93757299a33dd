import { basename } from 'node:path'
import { jsonPrefix } from './json-prefix.js'

/** What tells a format: the first bytes of a file, decompressed, its name, and the shape that its JSON begins with. */
export interface Probe {
  /** As the user named it. */
  readonly path: string
  /** Without folders. */
  readonly name: string
  readonly head: Buffer
  /** Whether the file holds one JSON value on each line; otherwise its JSON is one document. */
  readonly lines: boolean
  /** The first JSON value, as far as the head goes; undefined where the file is no JSON. */
  readonly first: unknown
}

/** `path` may be of a file that was not opened yet: then its head is empty. */
export function probe(head: Buffer, path: string): Probe {
  const text = head.toString('utf8').replace(/^\ufeff/, '')
  const name = basename(path)
  const blank = { path, name, head, lines: false, first: undefined }
  if (!/^\s*[{[]/.test(text)) return blank
  return { ...blank, lines: hasLines(text), first: jsonPrefix(text) }
}

/** A first line that is a whole value, or one longer than the head: a document that is set out begins with less. */
function hasLines(text: string): boolean {
  const [first = '', ...others] = text.trimStart().split('\n', 2)
  if (others.length === 0) return !/^\s*[[{]\s*$/.test(text)
  return isWhole(first)
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line.replaceAll(/\b(?:NaN|Infinity)\b/g, '0'))
    return true
  } catch {
    return false
  }
}

/** Whether a value is an object with all these keys; a dot leads into an inner object. */
export function hasKeys(value: unknown, keys: readonly string[]): boolean {
  return keys.every((key) => hasPath(value, key.split('.')))
}

function hasPath(value: unknown, path: readonly string[]): boolean {
  const [key, ...rest] = path
  if (key === undefined) return true
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false
  return hasPath(Reflect.get(value, key), rest)
}

/** The first element of an array, the first value of an object; undefined where there is none. */
export function firstOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Object.values(value)[0] : undefined
}
