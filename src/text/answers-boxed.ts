/** `\boxed{` and `\fbox{`, up to the brace. */
const OPENING = /\\f?box(?:ed)?$/
const LONGEST_OPENING = '\\fboxed'.length

/**
 * What stands in the last `\boxed{…}` of a text that is closed, braces balanced; of nested ones the innermost. Null
 * where there is none. One pass with a stack: linear also where thousands are never closed.
 */
export function lastBoxed(text: string): string | null {
  const first = text.search(/\\f?box/)
  if (first === -1) return null
  return braced(text, first) ?? text.slice(first).match(/\\boxed {1,4}([^\s{}$]{1,64})/)?.[1] ?? null
}

function braced(text: string, first: number): string | null {
  const open: { readonly start: number; readonly boxed: boolean }[] = []
  let last: { readonly start: number; readonly end: number } | null = null
  for (let at = first; at < text.length; at++) {
    const unit = text[at]
    if (unit === '\\' && isBrace(text[at + 1])) at++
    else if (unit === '{')
      open.push({ start: at + 1, boxed: OPENING.test(text.slice(Math.max(0, at - LONGEST_OPENING), at)) })
    else if (unit === '}') {
      const { start, boxed } = open.pop() ?? { start: 0, boxed: false }
      const holdsLast = last !== null && start < last.start
      if (boxed && !holdsLast) last = { start, end: at }
    }
  }
  return last === null ? null : withoutBraces(text.slice(last.start, last.end))
}

function isBrace(unit: string | undefined): boolean {
  return unit === '{' || unit === '}'
}

/** Prompts made with a template doubled the braces of their `\boxed{}`, and models repeat that: `\boxed{{5}}`. */
function withoutBraces(text: string): string {
  return /^\{([^{}]*)\}$/.exec(text)?.[1] ?? text
}
