// Codes of characters that texts and bytes are searched for.
export const NEWLINE = 10
export const SPACE = 32
export const QUOTE = 34
export const OPEN_PARENTHESIS = 40
export const CLOSE_PARENTHESIS = 41
export const FULL_STOP = 46
export const SEMICOLON = 59
export const EQUALS = 61
export const OPEN_BRACKET = 91
export const BACKSLASH = 92
export const CLOSE_BRACKET = 93
export const BACKTICK = 96
export const OPEN_BRACE = 123
export const CLOSE_BRACE = 125
export const TILDE = 126
export const LAST_ASCII = 127

/** Of a digit from 0 to 9. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
