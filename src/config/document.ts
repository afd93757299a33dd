import { Lexer, Parser, parseDocument, type YAMLError } from 'yaml'
import type { Json } from '../domain/json.js'
import { printable } from '../domain/printable.js'
import { AuditError } from '../domain/problem.js'
import { type Offsets, toData } from './data.js'

export type Path = readonly string[]

/** A config text as data that remembers where everything stood. */
export interface ConfigDocument {
  readonly data: Json
  /** Where the value under `path`, or its key, stands: an offset into the text. The nearest parent's if there is none. */
  offset(path: Path, of: 'key' | 'value'): number
  /** A `config-invalid` error at an offset. */
  fault(offset: number, message: string): AuditError
  /** From 1. */
  place(offset: number): { readonly line: number; readonly column: number }
}

/** No config is nested so deeply; the yaml package overflows the stack at some eight hundred levels. */
const DEEPEST = 100

/**
 * Parses YAML 1.2, hence JSON, without merge keys or tags. An empty text is an empty mapping. `file` is what errors
 * name. Throws `config-invalid` with line and column.
 */
export function parseConfig(file: string, text: string): ConfigDocument {
  const fault = (offset: number, message: string) =>
    new AuditError({ code: 'config-invalid', file, ...positionOf(text, offset), message })
  const tooDeep = firstTooDeep(text)
  if (tooDeep !== null) throw fault(tooDeep, `nested deeper than ${DEEPEST} levels.`)
  const parsed = parseDocument(text, YAML)
  const error = parsed.errors[0] ?? parsed.warnings[0]
  if (error !== undefined) throw fault(error.pos[0], syntaxMessage(error, text))
  const { data, offsets } = toData(parsed.contents, fault)
  const place = (offset: number) => positionOf(text, offset)
  return { data: data ?? {}, fault, place, offset: (path, of) => offsetOf(offsets, path, of) }
}

/** Set in full, since a %YAML 1.1 directive would otherwise turn `off` into false and bring merge keys and tags. */
const YAML = {
  schema: 'core',
  merge: false,
  resolveKnownTags: false,
  stringKeys: true,
  prettyErrors: false,
  logLevel: 'error',
} as const

/** Line and column from 1, the column in UTF-16 code units. */
function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

/** Offset at which the nesting passes the limit, found without recursion. */
function firstTooDeep(text: string): number | null {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > DEEPEST) return parser.offset
  }
  return null
}

function syntaxMessage(error: YAMLError, text: string): string {
  if (error.code !== 'DUPLICATE_KEY') return `${printable(error.message)}.`
  const key = /^(?:"[^"\n]*"|'[^'\n]*'|[^:\n]*)/.exec(text.slice(error.pos[0]))?.[0] ?? ''
  return `duplicate key ${printable(key.trim())}. Keep one of them.`
}

function offsetOf({ root, entries }: Offsets, path: Path, of: 'key' | 'value'): number {
  let found = root
  for (const step of path) {
    const entry = entries.get(found.data)?.get(step)
    if (entry === undefined) return found.value
    found = entry
  }
  return found[of]
}
