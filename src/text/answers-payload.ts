/**
 * Keys under which payloads carry an answer, in double quotes as JSON has them or in single ones as Python prints them.
 */
const KEY = /(["'])(?:final[ _-]?)?answer\1\s*:\s*/gi

/**
 * The answer of a JSON payload, wherever it stands in the text; null where no key says `answer` or `final_answer`. The
 * last such key counts. It is read from the text rather than from the parsed payload: models forget to escape line
 * breaks and LaTeX, and a parser turns what they meant by `\frac` into a form feed. A container is given as its text.
 */
export function payloadAnswer(text: string): string | null {
  let from = -1
  for (const match of text.matchAll(KEY)) from = match.index + match[0].length
  if (from === -1) return null
  const first = text[from]
  if (first === '"' || first === "'") return quoted(text, from)
  if (first === '[' || first === '{') return container(text, from)
  return /[^,}\]\r\n]*/y.exec(text.slice(from, from + 200))![0].trim() || null
}

/** Up to the closing quote, or to the end of a text that was cut off. */
function quoted(text: string, start: number): string {
  const end = closingQuote(text, start)
  return unescaped(text.slice(start + 1, end))
}

function closingQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === text[start]) return at
  }
  return text.length
}

/** As JSON reads escapes, except that a backslash before a word of LaTeX stays. */
function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|([nrtbf])(?![a-z])|(["'\\/]))/gi, (whole, code, control, same) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
    if (control !== undefined) return CONTROLS[control as string] ?? whole
    return same
  })
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

function container(text: string, start: number): string | null {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const unit = text[at]
    if (unit === '"') at = closingQuote(text, at)
    else if (unit === '[' || unit === '{') depth++
    else if ((unit === ']' || unit === '}') && --depth === 0) return text.slice(start, at + 1)
  }
  return null
}
