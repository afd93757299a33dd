/** Scripts that are told apart; languages that share one are not. */
const SCRIPTS = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Devanagari', /\p{Script=Devanagari}/u],
  ['Bengali', /\p{Script=Bengali}/u],
  ['Tamil', /\p{Script=Tamil}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Hangul', /\p{Script=Hangul}/u],
  ['Japanese', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['Han', /\p{Script=Han}/u],
  ['other', /\p{L}/u],
] as const

export type Script = (typeof SCRIPTS)[number][0]

/** Of a text so many characters are looked at. */
const LOOKED_AT = 512

/**
 * The script that most of a text's first letters are written in; Japanese where there are kana, Han characters included.
 * Null for a text without letters. Scripts: Unicode Standard Annex 24.
 */
export function scriptOf(text: string): Script | null {
  const head = text.slice(0, LOOKED_AT)
  // Nearly all prompts are told without a closer look.
  if (!/[^\x00-\x7f]/.test(head)) return /[A-Za-z]/.test(head) ? 'Latin' : null
  const counts = countsOf(head)
  const japanese = counts.get('Japanese')
  if (japanese !== undefined) counts.set('Japanese', japanese + (counts.get('Han') ?? 0))
  let found: Script | null = null
  for (const [script] of SCRIPTS) {
    if ((counts.get(script) ?? 0) > (found === null ? 0 : counts.get(found)!)) found = script
  }
  return found
}

function countsOf(text: string): Map<Script, number> {
  const counts = new Map<Script, number>()
  let ascii = 0
  for (const letter of text) {
    if (letter < '\u0080') {
      if ((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')) ascii++
      continue
    }
    const script = SCRIPTS.find(([, pattern]) => pattern.test(letter))?.[0]
    if (script !== undefined) counts.set(script, (counts.get(script) ?? 0) + 1)
  }
  if (ascii > 0) counts.set('Latin', (counts.get('Latin') ?? 0) + ascii)
  return counts
}
