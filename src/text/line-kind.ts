/** What one line of a text looks like by itself. `strong` code could be nothing else; `weak` code occurs in prose too. */
export type LineKind = 'blank' | 'heading' | 'rule' | 'item' | 'row' | 'tag' | 'strong-code' | 'weak-code' | 'text'

/** Of a line no more than this is looked at: every pattern then takes bounded time. */
const LOOKED_AT = 240

export function lineKind(text: string, from: number, to: number): LineKind {
  const line = text.slice(from, Math.min(to, from + LOOKED_AT))
  const trimmed = line.trim()
  if (trimmed === '') return 'blank'
  const indented = line.startsWith('    ') || line.startsWith('\t')
  if (!indented && HEADING.test(trimmed)) return 'heading'
  if (RULE.test(trimmed)) return 'rule'
  if (ITEM.test(trimmed)) return 'item'
  if (TAG.test(trimmed)) return 'tag'
  if (isRow(trimmed)) return 'row'
  if (STRONG_BEGINS.test(trimmed) && STRONG.some((pattern) => pattern.test(trimmed))) return 'strong-code'
  return isWeakCode(trimmed, indented, text.charAt(lastVisible(text, from, to))) ? 'weak-code' : 'text'
}

/** ATX headings (CommonMark §4.2), and a line that is nothing but bold: the heading of models. */
const HEADING = /^(?:#{1,6}(?:\s|$)|\*\*[^*]{1,80}\*\*:?$|__[^_]{1,80}__:?$)/
/** Thematic breaks and setext underlines (§4.1, §4.3), and the delimiter row of a table without its cells. */
const RULE = /^(?:-{2,}|={2,}|\*{3,}|_{3,})$/
/** Bullets and numbers (§5.2), and the bullet that is a character. */
const ITEM = /^(?:[-*+•]|\d{1,3}[.)])\s+\S/
const TAG = /^<\/?[A-Za-z!?][^<>]*>?/

function isRow(line: string): boolean {
  return line.startsWith('|') && line.length > 2 && line.indexOf('|', 1) > 0
}

/** How what could be strong code begins: most lines are told by it from one look. */
const STRONG_BEGINS =
  /^(?:from|import|#include|package|using|async|def|class|export|function|const|let|var|public|private|protected|int|long|double|float|bool|void|char|string|auto|vector|SELECT|INSERT|UPDATE|CREATE|DELETE|if|for|while|elif|except|with|switch|catch|else|try|finally|do|return|@|})/

const STRONG = [
  /^(?:from\s+[\w.]+\s+import\b|import\s+[\w.{*"']|#include\s*[<"]|package\s+[\w.]+;|using\s+[\w.]+;)/,
  /^(?:async\s+)?def\s+\w+\s*\(/,
  /^class\s+\w+\s*[({:]/,
  /^(?:export\s+)?(?:async\s+)?function\s*\w*\s*\(/,
  /^(?:export\s+)?(?:const|let|var)\s+[\w{[]/,
  /^(?:public|private|protected)\s+[\w<>[\]]+/,
  /^(?:int|long|double|float|bool|void|char|string|auto|vector<\w+>)\s+\w+\s*[=(;,[]/,
  /^(?:SELECT|INSERT INTO|UPDATE|CREATE TABLE|DELETE FROM)\s/,
  /^(?:if|for|while|elif|except|with|switch|catch)\b[^.?!]{0,200}[:{]$/,
  /^(?:else|try|finally|do)\s*[:{]$/,
  /^(?:return\b[^.!?]{0,120};?$|@\w+)/,
  /^}\s*(?:else|catch|finally|while)?\b.{0,80}[{;]?$/,
]

/** Ends as statements do, assigns, calls, or is a comment. */
function isWeakCode(line: string, indented: boolean, last: string): boolean {
  if (last === ';' || last === '{' || last === '}') return true
  if (/^[\w.[\]'"]+\s*[-+*/%|&]?=\s*[^=\s]/.test(line)) return true
  if (/^[\w.]+\([^()]{0,120}\)$/.test(line)) return true
  return indented && /^(?:#|\/\/|"""|'''|pass$|break$|continue$|raise\b|yield\b|assert\b|print\()/.test(line)
}

function lastVisible(text: string, from: number, to: number): number {
  let at = to - 1
  while (at > from && text.charCodeAt(at) <= 32) at--
  return at
}
