import { type Frame, spend, spendText, Unevaluable } from './rule-frame.js'

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a value is, in a user's words. Values themselves are never shown: they may be long, private or hostile. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  const kind = typeof value
  if (kind === 'number') return Number.isFinite(value) ? 'a number' : 'a number out of range'
  return KINDS[kind] ?? 'no JSON value'
}

const KINDS: Readonly<Record<string, string>> = { string: 'a text', boolean: 'true or false', object: 'an object' }

/** JSON can hold 1e999, which reads as infinite: it compares with nothing. */
export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** `site` is the part of the expression, as a reason names it. */
export function numberOf(value: unknown, site: string): number {
  if (isNumber(value)) return value
  throw new Unevaluable(`${site}: needs a number, not ${kindOf(value)}`)
}

/** The result of arithmetic; past the largest double there is none. */
export function finite(value: number, site: string): number {
  if (Number.isFinite(value)) return value
  throw new Unevaluable(`${site}: the result is not a finite number`)
}

export function textOf(value: unknown, site: string): string {
  if (typeof value === 'string') return value
  throw new Unevaluable(`${site}: needs a text, not ${kindOf(value)}`)
}

export function listOf(value: unknown, site: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new Unevaluable(`${site}: needs a list, not ${kindOf(value)}`)
}

export function keysOf(fields: Fields, frame: Frame): string[] {
  const keys = Object.keys(fields)
  spend(frame, keys.length)
  return keys
}

/** One text per value, the same for values that are equal digit by digit; keys of objects in any order. */
export function keyOf(value: unknown, site: string, frame: Frame): string {
  spend(frame, 1)
  if (Array.isArray(value)) return `[${value.map((item) => keyOf(item, site, frame)).join()}]`
  if (isFields(value)) {
    const keys = keysOf(value, frame).sort()
    return `{${keys.map((key) => `${JSON.stringify(key)}:${keyOf(value[key], site, frame)}`).join()}}`
  }
  if (typeof value === 'number') return String(numberOf(value, site))
  if (typeof value === 'string') spendText(frame, value.length)
  return JSON.stringify(value) ?? kindOf(value)
}
