import { isAlias, isMap, isScalar, isSeq } from 'yaml'
import type { Json } from '../domain/json.js'
import { shown } from '../domain/printable.js'

/** A value and where it and its key stand: offsets into the text. */
export interface Entry {
  readonly data: Json
  readonly key: number
  readonly value: number
}

/** The entries of each mapping and sequence, by the identity of the container they became. */
export interface Offsets {
  readonly root: Entry
  readonly entries: ReadonlyMap<Json, ReadonlyMap<string, Entry>>
}

type Fail = (offset: number, message: string) => Error

/** Values that aliases may add. A few lines of nested aliases stand for billions. */
const MOST_ALIASED = 10_000

/**
 * A parsed YAML node as plain data. An alias shares the data of its anchor, which must be complete: no cycles. Throws
 * what `fail` makes for an unknown alias, too many aliased values, a key that is not text, or a number beyond JSON.
 */
export function toData(contents: unknown, fail: Fail): { data: Json; offsets: Offsets } {
  const anchors = new Map<string, { data: Json; size: number }>()
  const entries = new Map<Json, ReadonlyMap<string, Entry>>()
  let size = 0
  let aliased = 0

  function convert(node: unknown): Json {
    if (isAlias(node)) return fromAlias(node.source, startOf(node))
    const before = size++
    const data = fromNode(node)
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined) {
      anchors.set(node.anchor, { data, size: size - before })
    }
    return data
  }

  function fromAlias(name: string, offset: number): Json {
    const anchor = anchors.get(name)
    if (anchor === undefined) throw fail(offset, `alias ${shown(name)} has no complete anchor before it.`)
    size += anchor.size
    aliased += anchor.size
    if (aliased > MOST_ALIASED) throw fail(offset, `aliases stand for more than ${MOST_ALIASED} values.`)
    return anchor.data
  }

  function fromNode(node: unknown): Json {
    if (isMap(node))
      return container(
        node.items.map((pair) => named(pair.key, pair.value)),
        Object.fromEntries,
      )
    if (isSeq(node))
      return container(
        node.items.map((item, i) => [String(i), entry(item, item)] as const),
        values,
      )
    return isScalar(node) ? fromScalar(node.value, startOf(node)) : null
  }

  function container(
    list: readonly (readonly [string, Entry])[],
    build: (list: Iterable<readonly [string, Json]>) => Json,
  ) {
    const data = build(list.map(([key, { data }]) => [key, data] as const))
    entries.set(data, new Map(list))
    return data
  }

  function named(key: unknown, value: unknown): readonly [string, Entry] {
    if (!isScalar(key) || typeof key.value !== 'string') throw fail(startOf(key), 'a key must be plain text.')
    return [key.value, entry(key, value)]
  }

  function entry(key: unknown, value: unknown): Entry {
    const at = startOf(key)
    return { data: convert(value), key: at, value: value === null ? at : startOf(value) }
  }

  function fromScalar(value: unknown, offset: number): Json {
    if (typeof value === 'number' && !Number.isFinite(value))
      throw fail(offset, `${value} is not a number that JSON has.`)
    if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value
    return String(value)
  }

  const root = entry(contents, contents)
  return { data: root.data, offsets: { root, entries } }
}

function values(list: Iterable<readonly [string, Json]>): Json {
  return Array.from(list, ([, data]) => data)
}

function startOf(node: unknown): number {
  const known = isAlias(node) || isScalar(node) || isMap(node) || isSeq(node)
  return (known ? node.range?.[0] : undefined) ?? 0
}
