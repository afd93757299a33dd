import { soleNumber } from './answers-number.js'

/** Longer answers are compared as they stand: they are no formulas. */
const LONGEST = 1000

/** Commands that change how a formula looks and not what it says. */
const LOOKS = /\\(?:left|right|[bB]igg?|displaystyle|limits|[,!;: ]|quad(?![a-z]))(?![a-zA-Z])/g
const NAMES: readonly (readonly [string, string])[] = [
  ['π', 'pi'],
  ['\\pi', 'pi'],
  ['∞', '\\infty'],
  ['∪', '\\cup'],
  ['≤', '\\le'],
  ['≥', '\\ge'],
  ['\\leq', '\\le'],
  ['\\geq', '\\ge'],
  ['√', '\\sqrt'],
  ['−', '-'],
  ['×', '*'],
  ['·', '*'],
  ['\\times', '*'],
  ['\\cdot', '*'],
  ['\\%', ''],
  ['%', ''],
  ['\\$', ''],
  ['$', ''],
  ['°', ''],
  ['^{\\circ}', ''],
  ['^\\circ', ''],
  ['{,}', ','],
]

/**
 * A mathematical answer in one of its many spellings: without dollar signs, spacing, `\left`, units in `\text{ …}`,
 * degree and percent signs; `\dfrac{a}{b}` as a/b, `x = 5` as 5, 1,234 as 1234, 0.50 as 0.5. After Hendrycks' MATH and
 * Minerva (Lewkowycz et al. 2022, appendix D), without their word lists. It knows no algebra: 2x+1 and 1+2x stay
 * different.
 */
export function mathForm(answer: string): string {
  if (answer.length > LONGEST) return answer.trim()
  let form = answer.trim().replace(LOOKS, '')
  form = withoutUnits(form)
  for (const [written, meant] of NAMES) form = form.replaceAll(written, meant)
  form = form.replace(/([_^])\{(\w)\}/g, '$1$2')
  form = roots(fractions(form))
    .replace(/\s/g, '')
    .replace(/(?<=\d)\*(?=[a-z(\\])/g, '')
  return plainNumber(rightSide(form.replace(/\.$/, '')))
}

/** `10\text{ cm}` loses its unit, `\text{East}` its dress. */
function withoutUnits(form: string): string {
  return form
    .replace(/(?<=\S\s?)\\(?:text|mbox|mathrm)\{\s[^{}]*\}(?:\^\{?\d\}?)?\s*$/, '')
    .replace(/\\(?:text|textbf|mbox|mathrm|mathbf|textit)\{([^{}]*)\}/g, '$1')
}

/** From the inside out, at most five deep. */
function fractions(form: string): string {
  let flat = form.replace(/\\[dt]frac/g, '\\frac').replace(/\\frac\s*(\d)\s*(\d)/g, '\\frac{$1}{$2}')
  for (let depth = 0; depth < 5 && flat.includes('\\frac'); depth++) {
    flat = flat.replace(
      /\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g,
      (_, top, bottom) => `${grouped(top)}/${grouped(bottom)}`,
    )
    flat = roots(flat)
  }
  return flat
}

function roots(form: string): string {
  return form.replace(/\\sqrt\s*(?:\{([^{}]*)\}|(\w))/g, (_, inner, single) => `sqrt(${(inner ?? single).trim()})`)
}

function grouped(part: string): string {
  const bare = part.trim()
  return /^\\?\w+$/.test(bare) ? bare : `(${bare})`
}

/** Of an equation for one unknown, its value. */
function rightSide(form: string): string {
  return /^\w\w?=([^=]+)$/.exec(form)?.[1] ?? form
}

/** Decimals in their shortest form; fractions stay as they are, so that 1/3 stays exact. */
function plainNumber(form: string): string {
  if (form.includes('/')) return form
  const number = soleNumber(form)
  return number === null ? form : String(number.value)
}
