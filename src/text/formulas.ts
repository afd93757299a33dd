/** Share of a text that stands in LaTeX: between `$` or `$$` on one line, in `\(…\)` and `\[…\]`. One pass. */
export function formulaShare(text: string): number {
  // Most texts hold neither, which is quickly told.
  if (!text.includes('$') && !text.includes('\\')) return 0
  let covered = 0
  for (let at = nextOpening(text, 0); at < text.length; at = nextOpening(text, at)) {
    const { mark, close } = openingAt(text, at)
    const from = at + mark.length
    const end = text.indexOf(close, from)
    const line = mark === '$' ? lineEnd(text, from) : text.length
    if (end < 0 || end > line) {
      // Without a partner a mark is a dollar sign, and so are all others of its kind that would ask for the same partner.
      if (end < 0 && mark !== '$') return share(covered, text)
      at = mark === '$' ? Math.max(from, Math.min(line, text.length)) : from
      continue
    }
    covered += end - from
    at = end + close.length
  }
  return share(covered, text)
}

function share(covered: number, text: string): number {
  return text.length === 0 ? 0 : covered / text.length
}

function openingAt(text: string, at: number): { mark: string; close: string } {
  if (text[at] === '$') return text[at + 1] === '$' ? { mark: '$$', close: '$$' } : { mark: '$', close: '$' }
  return text[at + 1] === '(' ? { mark: '\\(', close: '\\)' } : { mark: '\\[', close: '\\]' }
}

function nextOpening(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 36) return at
    if (code === 92 && (text[at + 1] === '(' || text[at + 1] === '[')) return at
  }
  return text.length
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}
