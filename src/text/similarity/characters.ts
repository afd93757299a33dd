/** What a character means to the word splitter; what a word consists of has neighbouring numbers. `unspaced` letters belong to scripts that do not put spaces between words. */
export const OTHER = 1
export const LETTER = 2
export const CAPITAL = 3
export const DIGIT = 4
export const MARK = 5
export const UNSPACED = 6
export const SYMBOL = 7
/** After it, a capital letter need not mean a name. The colon too: a value often starts with a capital. */
export const OPENER = 8

const UNSPACED_SCRIPTS =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u

/** By code unit; 0 where not asked yet. A cache of pure functions: it changes speed, never a result. */
const classes = new Uint8Array(0x10000)
const lowered = new Uint16Array(0x10000)

/** The class of a code point. A lone surrogate is `OTHER`. */
export function classOf(code: number): number {
  if (code > 0xffff) return classify(code)
  const known = classes[code]!
  if (known !== 0) return known
  classes[code] = classify(code)
  return classes[code]!
}

/** The code point in lower case, where both are one UTF-16 code unit; else as it is. */
export function lowerOf(unit: number): number {
  if (unit > 0xffff) return unit
  const known = lowered[unit]!
  if (known !== 0) return known
  const lower = String.fromCharCode(unit).toLowerCase()
  lowered[unit] = lower.length === 1 ? lower.charCodeAt(0) : unit
  return lowered[unit]!
}

function classify(code: number): number {
  const character = String.fromCodePoint(code)
  if ('.!?:\n。！？：'.includes(character)) return OPENER
  if (/\p{M}/u.test(character)) return MARK
  if (/\p{N}/u.test(character)) return DIGIT
  if (/\p{L}/u.test(character)) return letter(character)
  return /\p{So}/u.test(character) ? SYMBOL : OTHER
}

function letter(character: string): number {
  if (UNSPACED_SCRIPTS.test(character)) return UNSPACED
  return /[\p{Lu}\p{Lt}]/u.test(character) ? CAPITAL : LETTER
}
