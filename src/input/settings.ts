import { murmurHex } from '../domain/hash.js'
import { byCodeUnit } from '../domain/order.js'
import { bySettingKey, type Setting, settingKey, settingName, snakeCase, WHOLE_SETTINGS } from '../domain/settings.js'
import { canonicalJson } from './json.js'

/** Objects in objects are followed so far. */
const DEEPEST = 8
/** Longer values and keys are cut, and told apart by their hash. */
const LONGEST = 120

/** The settings that an object holds, such as a record's `meta` or the header of a file; by key. */
export function settingsOf(meta: unknown): readonly Setting[] {
  if (!isPlain(meta)) return NONE
  const found: Setting[] = []
  collect(meta, [], found)
  return found.length === 0 ? NONE : found.sort((a, b) => bySettingKey(a, b) || byCodeUnit(a.value, b.value))
}

/** A record's own settings above those of its file. */
export function withFileSettings(own: readonly Setting[], file: readonly Setting[]): readonly Setting[] {
  if (file.length === 0) return own
  if (own.length === 0) return file
  const keys = new Set(own.map(({ key }) => key))
  return [...own, ...file.filter(({ key }) => !keys.has(key))].sort(bySettingKey)
}

const NONE: readonly Setting[] = []

function collect(from: object, path: readonly string[], found: Setting[]): void {
  for (const [key, value] of Object.entries(from)) {
    const keys = [...path, key]
    const isParent = isPlain(value) && !WHOLE_SETTINGS.has(snakeCase(key))
    if (isParent && keys.length < DEEPEST) collect(value, keys, found)
    // Null is a setting that was not made, or is not known.
    if (value === null || isParent) continue
    const name = settingName(keys)
    if (name !== null) found.push({ ...name, key: short(settingKey(keys)), value: short(textOf(value, name.kind)) })
  }
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Lists are compared as sets, as of stop sequences; decoding settings that are numbers in quotes, as numbers. */
function textOf(value: unknown, kind: Setting['kind']): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map(canonicalJson))].sort(byCodeUnit).join(', ')}]`
  if (kind === 'decoding' && typeof value === 'string' && NUMBER.test(value)) return canonicalJson(Number(value))
  return canonicalJson(value)
}

const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/

function short(text: string): string {
  if (text.length <= LONGEST) return text
  const start = text.slice(0, 40).replace(/[\ud800-\udbff]$/, '')
  return `${start}… (${text.length} characters, ${murmurHex(text)})`
}
