import { shown } from '../domain/printable.js'
import type { Raw } from '../domain/record.js'

/** Deeper containers are refused: what follows walks them recursively. */
const MAX_DEPTH = 1000

/** A line that is no record: what is wrong with it and what to do. */
export class BadLine extends Error {
  readonly what: string
  readonly remedy: string

  constructor(what: string, remedy: string) {
    super(what)
    this.name = 'BadLine'
    this.what = what
    this.remedy = remedy
  }
}

export interface ParsedLine {
  readonly raw: Raw
  /** NaN and Infinity, as Python writes them: read as null. */
  readonly nonFinite: number
}

/** One JSON object. Throws BadLine. */
export function parseRecord(text: string): ParsedLine {
  const { value, nonFinite } = parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadLine(
      `the line holds ${shown(value)}, not an object`,
      'Each line is one record: {"id": …, "output": …}.',
    )
  }
  for (const key in value) checkDepth(key, value[key as keyof typeof value])
  return { raw: value as Raw, nonFinite }
}

/** One JSON value that is a file of its own, Python's NaN and Infinity read as null. Throws BadLine. */
export function parseDocument(text: string): { value: unknown; nonFinite: number } {
  const { value, nonFinite } = parse(text)
  checkDepth('the document', value)
  return { value, nonFinite }
}

/** The object or array that a text is, undefined where it is neither. Throws BadLine where it is nested too deep. */
export function parseContainer(name: string, text: string): object | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    const value: object = JSON.parse(text)
    checkDepth(name, value)
    return value
  } catch (error) {
    if (error instanceof BadLine) throw error
    return undefined
  }
}

function checkDepth(name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || !deeperThan(value, MAX_DEPTH)) return
  throw new BadLine(`${shown(name)} is nested deeper than ${MAX_DEPTH} levels`, 'Flatten it, or leave it out.')
}

function parse(text: string): { value: unknown; nonFinite: number } {
  try {
    return { value: JSON.parse(text), nonFinite: 0 }
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw notJson(text, error)
    const replaced = replaceNonFinite(text)
    try {
      return { value: JSON.parse(replaced.text), nonFinite: replaced.count }
    } catch {
      throw notJson(text, error)
    }
  }
}

function notJson(text: string, error: unknown): BadLine {
  if (text.startsWith('[') || text.trim() === '{') {
    const remedy = "Write one record a line, for example with jq -c '.[]'."
    return new BadLine(`this looks like one JSON document: ${shown(text, 60)}`, remedy)
  }
  const what = endsEarly(text, error) ? 'the JSON ends early' : 'this is not JSON'
  return new BadLine(`${what}: ${shown(text, 60)}`, 'Repair or remove the line, or tolerate some with --max-bad-lines.')
}

/** V8 says so, or complains of what it finds behind the last character. */
function endsEarly(text: string, error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const position = /at position (\d+)/.exec(error.message)?.[1]
  return /end of JSON|Unterminated/i.test(error.message) || Number(position) >= text.trimEnd().length
}

/** Bare NaN, Infinity and -Infinity outside strings become null. */
function replaceNonFinite(text: string): { text: string; count: number } {
  let out = ''
  let count = 0
  let from = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const unit = text[i]!
    if (inString) {
      if (unit === '\\') i++
      else if (unit === '"') inString = false
      continue
    }
    if (unit === '"') inString = true
    if (unit !== 'N' && unit !== 'I' && unit !== '-') continue
    const token = NON_FINITE.find((name) => text.startsWith(name, i))
    if (token === undefined) continue
    out += `${text.slice(from, i)}null`
    count++
    i += token.length - 1
    from = i + 1
  }
  return { text: out + text.slice(from), count }
}

const NON_FINITE = ['NaN', 'Infinity', '-Infinity']

function deeperThan(value: object, levels: number): boolean {
  if (levels === 0) return true
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null && deeperThan(inner, levels - 1)) return true
  }
  return false
}

/** JSON text with sorted keys: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
