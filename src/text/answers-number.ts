export interface FoundNumber {
  /** As written: 50 for `50 %`. */
  readonly value: number
  readonly percent: boolean
}

/**
 * A run of digits, perhaps grouped, with decimals and exponent. It matches from its first character on and then only
 * takes more, so that no text makes it look twice at a character.
 */
const DIGITS = /\d[\d,]*(?:\.\d+)?(?:e[+-]?\d{1,3}(?!\w))?|(?<![\d.])\.\d+/gi
const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.|e|$)/i
const DENOMINATOR = /\s?\/\s?(\d+(?:\.\d+)?)/y
const POWER_OF_TEN = /\s?(?:\\times|\\cdot|[×·*x])\s?10\s?\^\s?\{?([+-]?\d{1,3})\}?/y
const PERCENT = /\s?(?:\\?%|percent\b)/y

/** The last number of a text; null where it has none that is finite. */
export function numberIn(text: string): FoundNumber | null {
  let last: FoundNumber | null = null
  for (const found of numbersIn(text)) last = found
  return last
}

/** The first number of a text. */
export function firstNumberIn(text: string): FoundNumber | null {
  for (const found of numbersIn(text)) return found
  return null
}

/** The number that a text is, apart from currency, percent and degree signs; null where it says more or is long. */
export function soleNumber(text: string): FoundNumber | null {
  const plain = text.length > 100 ? '' : withoutLatex(text).trim()
  const isSole =
    /^[-+−]?\s?\\?[$€£¥]?\s?[-+−]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?(?:\s?\/\s?\d+(?:\.\d+)?)?\s?(?:\\?%|°)?$/i.test(
      plain,
    )
  if (!isSole) return null
  const [first, ...more] = numbersIn(plain)
  return more.length === 0 ? (first ?? null) : null
}

/**
 * Numbers as models write them: `1,234.5`, `-$3`, `−2`, `3/4`, `\frac{3}{4}`, `2\frac{1}{2}`, `50\%`, `6.02 \times
 * 10^{23}`, `1e-5`. A minus counts unless a letter, a digit or a closing bracket stands before it. Not read: number
 * words, decimal commas, mixed numbers outside LaTeX, roots, and dates as one (a run of slashes is no fraction).
 */
export function* numbersIn(text: string): Generator<FoundNumber> {
  const plain = withoutLatex(text)
  let read = 0
  for (const { 0: run, index } of plain.matchAll(DIGITS)) {
    if (index < read) continue
    const parts = partsOf(run)
    for (const [i, digits] of parts.entries()) {
      const start = i === 0 ? index : plain.length
      const end = i === parts.length - 1 ? index + run.length - Number(run.endsWith(',')) : plain.length
      const number = completed({ text: plain, digits, start, end })
      if (end < plain.length) read = number.end
      if (Number.isFinite(number.value)) yield { value: number.value, percent: number.percent }
    }
  }
}

/** `1,234` is one number, `1,2,3` are three. */
function partsOf(run: string): readonly string[] {
  const trimmed = run.endsWith(',') ? run.slice(0, -1) : run
  if (!trimmed.includes(',')) return [trimmed]
  return GROUPED.test(trimmed) ? [trimmed.replaceAll(',', '')] : trimmed.split(',').filter((part) => part !== '')
}

interface Digits {
  readonly text: string
  readonly digits: string
  /** Where the number begins and ends in the text, whose end stands for either inside a list. */
  readonly start: number
  readonly end: number
}

/** With the sign before and the fraction, power of ten and percent sign behind. */
function completed({ text, digits, start, end }: Digits): FoundNumber & { readonly end: number } {
  let value = signAt(text, start) * Number(digits)
  let at = end
  const denominator = text[start - 1] === '/' ? null : sticky(DENOMINATOR, text, at)
  if (denominator !== null && Number(denominator[1]) !== 0 && text[at + denominator[0].length] !== '/') {
    value /= Number(denominator[1])
    at += denominator[0].length
  }
  const power = sticky(POWER_OF_TEN, text, at)
  if (power !== null) {
    // By way of text, because 6.02 · 1e23 is not the double nearest to 6.02e23; small values have an exponent already.
    value = Number(`${value}e${power[1]}`) || value * 10 ** Number(power[1])
    at += power[0].length
  }
  const percent = sticky(PERCENT, text, at)
  return { value, percent: percent !== null, end: at + (percent?.[0].length ?? 0) }
}

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** The currency may stand before or behind the sign: `-$5`, `$-5`. */
function signAt(text: string, start: number): 1 | -1 {
  let at = start - 1
  if (/[$€£¥]/.test(text[at] ?? '')) at -= text[at - 1] === '\\' ? 2 : 1
  if (text[at] !== '-' && text[at] !== '−') return 1
  return /[\p{L}\d)\]}.%]/u.test(text[at - 1] ?? '') ? 1 : -1
}

/** A fraction of LaTeX, with the whole number before it. Every repetition is bounded. */
const FRACTION = /(?:(\d{1,15})\s?)?\\[dt]?frac\s?(?:\{([^{}]{1,40})\}|(\d))\s?(?:\{([^{}]{1,40})\}|(\d))/g
const PLAIN = /^\s*[-+−]?\d{1,15}(?:\.\d{1,15})?\s*$/

/** Spacing within numbers dropped, fractions of numbers written with a slash. */
function withoutLatex(text: string): string {
  if (!text.includes('\\') && !text.includes('{,}')) return text
  return text
    .replaceAll('{,}', ',')
    .replace(/\\[,!;:]/g, '')
    .replace(FRACTION, (latex, whole, a, b, c, d) => slashed(latex, { whole, top: a ?? b, bottom: c ?? d }))
}

interface Fraction {
  readonly whole: string | undefined
  readonly top: string
  readonly bottom: string
}

function slashed(latex: string, { whole, top, bottom }: Fraction): string {
  if (!PLAIN.test(top) || !PLAIN.test(bottom)) return latex
  if (whole === undefined) return `${top.trim()}/${bottom.trim()}`
  return `${Number(whole) * Number(bottom) + Number(top)}/${bottom.trim()}`
}
