import type { ConfigKey } from '../../config/keys.js'
import type { Entry } from '../../report/manual/page.js'
import { allowedWords, isSchema, typeWords } from './schema-words.js'

export const KEY_COLUMNS = ['type', 'values', 'default'] as const

/** Keys, each before those within it; one that several alternatives have, once with the values of all. */
export function keyEntries(keys: readonly ConfigKey[], defaults: unknown): Entry[] {
  const byPath = new Map<string, ConfigKey[]>()
  for (const key of keys) byPath.set(key.path, [...(byPath.get(key.path) ?? []), key])
  return nested([...byPath.keys()]).map((path) => keyEntry(path, byPath.get(path) ?? [], defaults))
}

/** Outer keys come first in `paths`; each is followed by its own. */
function nested(paths: readonly string[]): string[] {
  const depth = Math.min(...paths.map((path) => path.split('.').length))
  const outer = paths.filter((path) => path.split('.').length === depth)
  return outer.flatMap((path) => {
    const inner = paths.filter((one) => one.startsWith(`${path}.`) || one.startsWith(`${path}[]`))
    return [path, ...(inner.length === 0 ? [] : nested(inner))]
  })
}

function keyEntry(path: string, keys: readonly ConfigKey[], defaults: unknown): Entry {
  const schemas = keys.map(({ schema }) => schema)
  const texts = schemas.map(({ description }) => (typeof description === 'string' ? description : ''))
  return {
    name: path,
    text: joined(texts, ' '),
    cells: [
      joined(schemas.map(typeWords), ' or '),
      joined(schemas.map(allowedWords), ', '),
      defaultWords(path, defaults),
    ],
  }
}

function joined(texts: readonly string[], separator: string): string {
  return [...new Set(texts)].filter((text) => text !== '').join(separator)
}

/** What holds where a config leaves the key out, as `--print-config` shows it; a mapping is the sum of its keys. */
function defaultWords(path: string, defaults: unknown): string {
  const value = path.split('.').reduce((outer, key) => (isSchema(outer) ? outer[key] : undefined), defaults)
  if (value === undefined) return ''
  if (value === null) return 'not set'
  if (isSchema(value)) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
