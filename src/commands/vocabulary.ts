import { detectors } from '../detectors/index.js'
import { FIELDS } from '../domain/fields.js'
import { formatNames } from '../input/formats/index.js'
import { FORMAT_NAMES } from '../report/index.js'
import { configKeysOf } from './manual/config-pages.js'
import { measuresOf } from './manual/detector-page.js'
import { SCHEMA_NAMES } from './schema.js'

export interface Term {
  readonly name: string
  /** Empty where the name says it. */
  readonly about: string
}

/** What the symbols of the command line may stand for, where that is a list: `<measure=value>`, `[topic]`. */
export type Vocabulary = Readonly<Record<string, () => readonly Term[]>>

export const vocabulary: Vocabulary = {
  detector: () => detectors.map(({ id, title }) => ({ name: id, about: title })),
  measure: () => measures(),
  topic: () => [...detectors.map(({ id, title }) => ({ name: id, about: title })), ...measures(), ...keys()],
  field: () => named(FIELDS),
  format: () => named(FORMAT_NAMES),
  'log-format': () => named(formatNames()),
  schema: () => named(SCHEMA_NAMES),
}

function measures(): Term[] {
  return detectors.flatMap((detector) => measuresOf(detector).map(({ id, title }) => ({ name: id, about: title })))
}

/** By name: what `explain` is mostly asked for. */
function keys(): Term[] {
  const names = new Set(configKeysOf(detectors).map(({ name }) => name))
  const known = new Set([...detectors.map(({ id }) => id), ...measures().map(({ name }) => name)])
  return [...names].filter((name) => !known.has(name)).map((name) => ({ name, about: 'key of the config' }))
}

function named(names: readonly string[]): Term[] {
  return names.map((name) => ({ name, about: '' }))
}
