import { BACKSLASH, QUOTE } from '../domain/ascii.js'
import { fences, hasFence, isBlank } from './fences.js'
import { balancedEnd, mayOpenJson, opensJson, skipBlank } from './json-text.js'

/** What an output carries where it set out to carry JSON. */
export interface Payload {
  /** `fenced`: in a code fence, with or without prose around it. `bare`: the whole output. */
  readonly wrapping: 'bare' | 'fenced' | 'in-prose'
  /** Whether it parses as RFC 8259 has it. */
  readonly strict: boolean
  /** Whether it parses with raw control characters (line breaks) let pass inside strings. */
  readonly lenient: boolean
  readonly text: string
}

/**
 * The JSON that an output set out to carry, parseable or not: the whole text where it opens JSON, else the first fence
 * that does, else the first `{` with a quoted key in the prose. A payload ends where its brackets close, or with its text.
 * Null where nothing opens JSON. One pass.
 */
export function payloadOf(text: string): Payload | null {
  const start = skipBlank(text, 0)
  if (isJson(text, start)) return { wrapping: 'bare', strict: true, lenient: true, text: text.slice(start).trimEnd() }
  if (opensJson(text, start)) {
    const end = balancedEnd(text, start)
    const whole = end === null || isBlank(text, end, text.length)
    return payload(whole ? 'bare' : 'in-prose', text.slice(start, end ?? text.length))
  }
  for (const { from, to } of hasFence(text) ? fences(text) : []) {
    const inner = skipBlank(text, from)
    if (inner >= to || !opensJson(text, inner)) continue
    return payload('fenced', text.slice(inner, to))
  }
  const inProse = firstObject(text)
  return inProse === null ? null : payload('in-prose', text.slice(inProse, balancedEnd(text, inProse) ?? text.length))
}

/** Whether the whole text is one object or array that parses: most outputs that carry JSON are, and need no look at their brackets. */
function isJson(text: string, start: number): boolean {
  return mayOpenJson(text, start) && parse(text) !== undefined
}

/** The value of a JSON text, raw control characters inside strings let pass; undefined where it does not parse. */
export function parseLenient(text: string): unknown {
  const strict = parse(text)
  return strict === undefined ? parse(withEscapedControls(text)) : strict
}

/** What a JSON parser says of a text that does not parse, raw control characters let pass; null where it does. */
export function jsonFault(text: string): string | null {
  try {
    JSON.parse(withEscapedControls(text))
    return null
  } catch (error) {
    // Line and column came with Node 22: messages are the same without them.
    return error instanceof Error ? error.message.replace(/ \(line \d+ column \d+\)$/, '') : String(error)
  }
}

function payload(wrapping: Payload['wrapping'], text: string): Payload {
  const strict = parse(text) !== undefined
  return { wrapping, strict, lenient: strict || parse(withEscapedControls(text)) !== undefined, text }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Control characters are white space outside strings and an error inside. */
function withEscapedControls(text: string): string {
  const parts: string[] = []
  let inString = false
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === BACKSLASH && inString) i++
    else if (code === QUOTE) inString = !inString
    else if (code < 0x20 && inString) {
      parts.push(text.slice(from, i), `\\u${code.toString(16).padStart(4, '0')}`)
      from = i + 1
    }
  }
  return from === 0 ? text : parts.join('') + text.slice(from)
}

/** The first `{` in the text that opens an object with a quoted key. */
function firstObject(text: string): number | null {
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) {
    if (text.charCodeAt(skipBlank(text, at + 1)) === QUOTE) return at
  }
  return null
}
