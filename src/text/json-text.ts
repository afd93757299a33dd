import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
  QUOTE,
} from '../domain/ascii.js'

/** Where the white space that begins at `at` ends. */
export function skipBlank(text: string, at: number): number {
  let i = at
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 32 && code !== 0xfeff && code !== 0xa0) break
  }
  return i
}

/**
 * Whether JSON begins here: an object with a quoted key, an empty object, or an array of values. `{x | x > 0}`, `[Yes]`,
 * `[1] Smith et al.` and `[text](address)` do not.
 */
export function opensJson(text: string, at: number): boolean {
  if (!mayOpenJson(text, at)) return false
  return text.charCodeAt(at) === OPEN_BRACE || opensArray(text, at, skipBlank(text, at + 1))
}

/** By its first two characters: true of all JSON but an empty array. */
export function mayOpenJson(text: string, at: number): boolean {
  const first = text.charCodeAt(at)
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return false
  const next = skipBlank(text, at + 1)
  const code = text.charCodeAt(next)
  return first === OPEN_BRACE ? code === QUOTE || code === CLOSE_BRACE : VALUE_START.test(text[next] ?? '')
}

const VALUE_START = /[-\d"{[\]tfn]/
const LITERAL = /^(?:true|false|null)\b/

function opensArray(text: string, at: number, next: number): boolean {
  const start = text[next] ?? ''
  if (/[tfn]/.test(start) && !LITERAL.test(text.slice(next, next + 6))) return false
  const end = balancedEnd(text, at)
  if (end === null) return '"{['.includes(start) || text.slice(next, next + 40).includes(',')
  if (text.charCodeAt(end) === OPEN_PARENTHESIS) return false
  // A list of numbers with prose behind it is a citation or a set.
  return '"{['.includes(start) || skipBlank(text, end) === text.length || text.startsWith('\n', end)
}

/** The end of the object or array that opens at `at`, brackets in strings left aside; null where it never closes. */
export function balancedEnd(text: string, at: number): number | null {
  let depth = 0
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) {
      i = stringEnd(text, i + 1)
      continue
    }
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++
    else if ((code === CLOSE_BRACE || code === CLOSE_BRACKET) && --depth === 0) return i + 1
  }
  return null
}

/** The place of the quote that ends a string. */
function stringEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === BACKSLASH) i++
    else if (code === QUOTE) return i
  }
  return text.length
}
