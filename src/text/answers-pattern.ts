import type { Match, Pattern } from './pattern.js'

/** A text with more matches states nothing: it repeats itself. Bounds the time, too. */
const MOST_MATCHES = 1000

/**
 * The last of the matches that do not overlap; null where there is none, or more than 1,000. `^` is the beginning of
 * the text: what is searched after a match begins with that match's last character, so that `^` and `\b` see it.
 */
export function lastMatch(pattern: Pattern, text: string): Match | null {
  let last: Match | null = null
  let from = 0
  for (let count = 0; count <= MOST_MATCHES; count++) {
    const next = from > text.length ? null : matchFrom(pattern, text, from)
    if (next === null) return last
    last = next
    from = Math.max(next.index + next.text.length, from + Number(next.text === ''))
  }
  return null
}

function matchFrom(pattern: Pattern, text: string, from: number): Match | null {
  const found = from === 0 ? null : at(pattern, text, from - 1)
  return found !== null && found.index >= from ? found : at(pattern, text, from)
}

function at(pattern: Pattern, text: string, offset: number): Match | null {
  const match = pattern.find(text.slice(offset))
  return match === null ? null : { ...match, index: match.index + offset }
}
