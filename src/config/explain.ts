import type { ErrorObject } from 'ajv'
import { nearest } from '../domain/nearest.js'
import { printable, shown } from '../domain/printable.js'
import { explainProblem } from '../domain/problem.js'
import type { Path } from './document.js'
import type { ConfigKey } from './keys.js'
import { PRESET_NAMES } from './presets.js'
import type { Violation } from './violation.js'

/** What is wrong, the value seen, what would be right. */
export function explainViolation({ error, path }: Violation, keys: readonly ConfigKey[]): string {
  if (error.keyword === 'additionalProperties') {
    const name: string = error.params.additionalProperty
    const known = Object.keys(error.parentSchema?.properties ?? {})
    const elsewhere = keys.find((key) => key.name === name)
    const here = known.some((key) => key.startsWith(name) || name.startsWith(key))
    if (elsewhere === undefined || here || keyNoun(path) !== 'key') return unknownName(keyNoun(path), name, known)
    return explainProblem({ code: 'unknown-name', what: 'key', name, nearest: elsewhere.path, known })
  }
  if (path[0] === 'extends' && typeof error.data === 'string') return unknownPreset(error.data)
  if (path[0] === 'required' && error.keyword === 'enum') {
    return unknownName('detector', String(error.data), error.params.allowedValues)
  }
  return `${dotted(path)}: ${complaint(error)}`
}

function complaint(error: ErrorObject): string {
  if (error.keyword === 'required') return `the key ${shown(error.params.missingProperty)} is missing.`
  if (error.keyword === 'enum' && typeof error.data === 'string') {
    return unknownName('value', error.data, error.params.allowedValues)
  }
  return `${requirement(error)}; got ${error.data === null ? 'nothing' : shown(error.data)}.`
}

function requirement(error: ErrorObject): string {
  switch (error.keyword) {
    case 'enum':
      return `must be one of ${error.params.allowedValues.join(', ')}`
    case 'anyOf':
    case 'oneOf':
      return `must be ${error.parentSchema?.[error.keyword].map(alternative).join(', or ')}`
    case 'type':
      return `must be ${[error.params.type].flat().map(kind).join(' or ')}`
    case 'pattern':
      return `must be ${error.parentSchema?.description ?? `like ${error.params.pattern}`}`
    default:
      return error.message ?? `breaks the rule ${error.keyword}`
  }
}

function alternative(schema: { readonly enum?: readonly unknown[]; readonly type?: string }): string {
  return schema.enum === undefined ? kind(schema.type ?? 'of another form') : `one of ${schema.enum.join(', ')}`
}

const KINDS: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
}

function kind(type: string): string {
  return KINDS[type] ?? type
}

const NOUNS: Readonly<Record<string, string>> = {
  detectors: 'detector',
  margins: 'measure',
  roles: 'measure',
  options: 'option',
  fields: 'field',
}

/** What the keys of the mapping under `path` name. */
function keyNoun(path: Path): string {
  if (path.includes('options')) return NOUNS.options!
  const last = path.at(-1)
  return (last === undefined ? undefined : NOUNS[last]) ?? 'key'
}

function unknownPreset(name: string): string {
  return unknownName('preset', name, PRESET_NAMES).replace(/\.$/, ', or a path that starts with ./, ../ or /.')
}

function unknownName(what: string, name: string, known: readonly string[]): string {
  return explainProblem({ code: 'unknown-name', what, name, nearest: nearest(name, known), known })
}

/** `overrides[0].score.range`; the file itself is `config`. */
function dotted(path: Path): string {
  const text = path.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${printable(step)}`)).join('')
  return text === '' ? 'config' : text.replace(/^\./, '')
}
