/**
 * What the reader of arithmetic sees. `stop` bounds an expression harmlessly (punctuation, a line break, an arrow); `opaque` is
 * whatever could take part in an expression and is not read (variables, roots, brackets): an expression beside it is not checked.
 */
export type Kind =
  | 'number'
  | 'operator'
  | 'open'
  | 'close'
  | 'percent'
  | 'currency'
  | 'word'
  | 'equals'
  | 'stop'
  | 'opaque'

export type Sign = '+' | '-' | '*' | '/' | '^'

/** One shape for all kinds, so that the reader stays fast. */
export interface Token {
  readonly kind: Kind
  /** The sign of an operator, a word in lower case, 'fraction' for the bracket that opens a LaTeX fraction; else ''. */
  readonly text: string
  readonly value: number
  /** Decimals shown of a number. */
  readonly decimals: number
  /** Offsets in the text. */
  readonly at: number
  readonly end: number
}

export interface Lexer {
  readonly text: string
  /** Offset after the last character that may be read. */
  readonly limit: number
  readonly tokens: Token[]
  /** LaTeX braces that are open. */
  readonly braces: Brace[]
  /** `<<…>>` annotations passed on the way: offsets of their content. */
  readonly notes: Span[]
  at: number
}

export type Brace = 'group' | 'numerator' | 'denominator'

export interface Span {
  readonly start: number
  readonly end: number
}

/** Told of every statement that is checked: where it is, and what is right instead; null where it holds. */
export type Report = (statement: Span, truth: string | null) => void

export function push(lexer: Lexer, kind: Kind, length: number, text = ''): void {
  const { at, tokens } = lexer
  tokens.push({ kind, text, value: 0, decimals: 0, at, end: at + length })
  lexer.at = at + length
}

/** ASCII and accented Latin letters. */
export function isLetter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7)
  )
}

export function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f
}

/** The code of the next character that is no space, from `at` on; NaN at the end. */
export function nextVisible(text: string, at: number): number {
  let i = at
  while (isSpace(text.charCodeAt(i)) && i < at + 8) i++
  return text.charCodeAt(i)
}

/** Whether an operand may end with this token. */
export function endsOperand(token: Token | undefined): boolean {
  return token !== undefined && (token.kind === 'number' || token.kind === 'close' || token.kind === 'percent')
}
