import { BACKTICK, SPACE, TILDE } from '../domain/ascii.js'

/** The inside of a code fence, without its first line, and the fence with its marks. */
export interface Fence {
  readonly from: number
  readonly to: number
  readonly start: number
  readonly end: number
}

/** Whether a part of a text is white space. */
export function isBlank(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) > 32) return false
  return true
}

/** Quick, and true where there is a fence: most texts need no look at their lines. */
export function hasFence(text: string): boolean {
  return text.includes('```') || text.includes('~~~')
}

/** Code fences as CommonMark has them (§4.5), at the left margin; one that is never closed runs to the end. */
export function* fences(text: string): Generator<Fence> {
  for (let line = 0; line < text.length; ) {
    const mark = markAt(text, line)
    const end = lineEnd(text, line)
    if (mark === null || (mark.code === BACKTICK && text.slice(mark.end, end).includes('`'))) {
      line = end + 1
      continue
    }
    const from = Math.min(text.length, end + 1)
    const close = closing(text, from, mark)
    yield { start: line, from, to: close.start, end: close.end }
    line = close.end
  }
}

interface Mark {
  readonly code: number
  readonly length: number
  readonly end: number
}

/** Three or more backticks or tildes after at most three spaces. */
function markAt(text: string, line: number): Mark | null {
  let at = line
  while (at < line + 3 && text.charCodeAt(at) === SPACE) at++
  const code = text.charCodeAt(at)
  if (code !== BACKTICK && code !== TILDE) return null
  let end = at
  while (text.charCodeAt(end) === code) end++
  return end - at < 3 ? null : { code, length: end - at, end }
}

function closing(text: string, from: number, opened: Mark): { start: number; end: number } {
  for (let line = from; line < text.length; line = lineEnd(text, line) + 1) {
    const mark = markAt(text, line)
    if (mark === null || mark.code !== opened.code || mark.length < opened.length) continue
    const end = lineEnd(text, line)
    if (isBlank(text, mark.end, end)) return { start: line, end: Math.min(text.length, end + 1) }
  }
  return { start: text.length, end: text.length }
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}
