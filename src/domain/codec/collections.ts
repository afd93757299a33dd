import { byCodeUnit, type Smallest, sortedBy } from '../order.js'
import { type Codec, within } from './codec.js'
import { listOf, malformed } from './values.js'

/** Pairs by key: a key may be any text, `__proto__` too. Written in order, so that equal maps give equal bytes. */
export function mapOf<Key extends string | number, T>(key: Codec<Key>, value: Codec<T>): Codec<Map<Key, T>> {
  return mapBy(key, () => value)
}

/** As `mapOf`, where the order of the keys says something. */
export function mapInOrder<Key extends string, T>(key: Codec<Key>, value: Codec<T>): Codec<Map<Key, T>> {
  const { read } = mapOf(key, value)
  return { read, write: (map) => [...map].map(([name, each]) => [key.write(name), value.write(each)]) }
}

/** As `mapOf`, where what a value is depends on its key. */
export function mapBy<Key extends string | number, T>(
  key: Codec<Key>,
  codecOf: (key: Key) => Codec<T>,
): Codec<Map<Key, T>> {
  const entryOf = (json: unknown): [Key, T] => {
    const [first, second, ...more] = listOf(json)
    if (second === undefined || more.length > 0) return malformed('no pair of key and value')
    const name = within(0, () => key.read(first))
    return [name, within(1, () => codecOf(name).read(second))]
  }
  return {
    write: (map) =>
      [...map].sort(([a], [b]) => inOrder(a, b)).map(([name, value]) => [key.write(name), codecOf(name).write(value)]),
    read: (json) => {
      const entries = listOf(json).map((each, i) => within(i, () => entryOf(each)))
      const map = new Map(entries)
      return map.size === entries.length ? map : malformed('a key stands twice')
    },
  }
}

export function setOf<Key extends string>(key: Codec<Key>): Codec<Set<Key>> {
  return {
    write: (set) => sortedBy(set, (each) => each).map((each) => key.write(each)),
    read: (json) => new Set(listOf(json).map((each, i) => within(i, () => key.read(each)))),
  }
}

/** `make` gives an empty one, with its limit and its order. */
export function smallestOf<T>(make: () => Smallest<T>, item: Codec<T>): Codec<Smallest<T>> {
  return {
    write: ({ items }) => items.map((each) => item.write(each)),
    read: (json) => {
      const smallest = make()
      for (const [i, each] of listOf(json).entries()) smallest.add(within(i, () => item.read(each)))
      return smallest
    },
  }
}

function inOrder<Key extends string | number>(a: Key, b: Key): number {
  return typeof a === 'number' ? a - Number(b) : byCodeUnit(a, String(b))
}
