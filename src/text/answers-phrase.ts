import { cleaned, markedStart } from './answers-markup.js'

/**
 * "(the) (final) answer is", "answer:", "answer to … is", and "Final answer" as a heading. Every repetition is bounded,
 * so each of at most n/6 beginnings costs a constant.
 */
const PHRASE =
  /\banswer(?: to [^\n.:?]{1,60})?[ \t*_]{0,4}(?:(?:is|was|(?:would|should|must|will) be)\b|[:：=]|(?<=final answer[*_]{0,4})(?=\r?\n))[:：]?(?:\*\*|__)?[ \t]{0,8}/gi

/** Words that end in a point without ending a sentence. */
const ABBREVIATION = /(?:^|\s)(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|No|approx|ca|e\.g|i\.e|U\.S)$/

/** Longer lines hold no answer that a phrase introduces. */
const LONGEST = 1000

/** What the last such phrase introduces, to the end of its sentence; on the next line where its own is empty. */
export function phrasedAnswer(text: string): string | null {
  let end = -1
  for (const match of text.matchAll(PHRASE)) end = match.index + match[0].length
  if (end === -1) return null
  const line = firstLine(text.slice(end))
  return line === '' ? null : (markedStart(line) ?? sentence(line))
}

/** The first line that says something, a formula's or a code block's opening aside. */
function firstLine(text: string): string {
  for (const line of text.slice(0, LONGEST).split('\n')) {
    const answer = cleaned(line)
    if (answer !== '' && !/^(?:```\w*|\$\$|\\\[)$/.test(answer)) return line.trim()
  }
  return ''
}

function sentence(line: string): string {
  for (const { index } of line.matchAll(/[.!?](?=\s)/g)) {
    if (!ABBREVIATION.test(line.slice(Math.max(0, index - 8), index))) return line.slice(0, index)
  }
  return line
}
