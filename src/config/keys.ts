/** A key that a config may have, and where. */
export interface ConfigKey {
  /** `input.fields`; under `detectors`, of each detector; `waivers[].owner` of what a list holds. */
  readonly path: string
  readonly name: string
  readonly schema: Readonly<Record<string, unknown>>
}

/** Parts of a config that hold the same keys again. */
const REPEATED = new Set(['overrides'])

/** Every key of a config outside lists, the outer ones first: what its schema (see `configSchema`) gives a name to. */
export function configKeys(schema: object): ConfigKey[] {
  return allKeys(schema).filter(({ path }) => !path.includes('[]'))
}

/** The same with the keys of what lists hold; of overrides, those that have no other place. */
export function allKeys(schema: object): ConfigKey[] {
  const general = new Set(propertiesOf(schema).map(([name]) => name))
  const found: ConfigKey[] = []
  let level: { readonly schema: object; readonly path: string }[] = [{ schema, path: '' }]
  while (level.length > 0) {
    const next: typeof level = []
    for (const { schema: outer, path } of level) {
      for (const [name, inner] of propertiesOf(outer)) {
        const own = path === '' ? name : `${path}.${name}`
        if (REPEATED.has(path.replace(/\[\]$/, '')) && general.has(name)) continue
        found.push({ path: own, name, schema: inner })
        next.push({ schema: inner, path: own })
        if (isObject(inner.items)) next.push({ schema: inner.items, path: `${own}[]` })
      }
    }
    level = next
  }
  return found
}

function propertiesOf(schema: object): [string, Record<string, unknown>][] {
  const own = 'properties' in schema && isObject(schema.properties) ? Object.entries(schema.properties) : []
  const choices = 'anyOf' in schema && Array.isArray(schema.anyOf) ? schema.anyOf.filter(isObject) : []
  const named = own.filter((entry): entry is [string, Record<string, unknown>] => isObject(entry[1]))
  return [...named, ...choices.flatMap(propertiesOf)]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
