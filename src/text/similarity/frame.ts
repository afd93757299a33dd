import { cut, normalized, type Placed, placedWords } from './words.js'

/** How many of the distinct texts must have a word in common for it to belong to the frame. */
const SHARE = 0.9

/** Words that a frame has at most at either end: what longer texts share beyond that is content. */
const MOST_WORDS = 12

/** What is searched at either end of a text, in UTF-16 code units. */
const LONGEST_END = 512

/**
 * Texts without the words that nearly all of them open with or end with: "The answer is …", "… Let me know if you would
 * like another."; in NFKC. Such a frame makes short answers alike, and is all that is left of them once they are cut to the
 * length of bare ones: 20 short answers with a frame around each lost .26 of their distinct share, those of
 * creative-samples up to .12; without their frames 0 and .01.
 *
 * A name or a number ends a frame, since it may be the answer; every text keeps a word of its own; copies of one text
 * count once, so that what is merely repeated is no frame. An answer in lower case that opens nearly all texts of a
 * case is taken for one all the same.
 */
export function withoutFrame(texts: readonly string[]): string[] {
  const distinct = [...new Set(texts)]
  if (distinct.length < 2) return [...texts]
  const framed = distinct.map(whole)
  widen(framed, 'head')
  widen(framed, 'tail')
  const inner = new Map(framed.map((text, i) => [distinct[i]!, innerText(text)]))
  return texts.map((text) => inner.get(text)!)
}

/** The words at one end of a text, and how many of them are frame. */
interface End extends Placed {
  taken: number
}

interface Framed {
  readonly text: string
  readonly head: End
  readonly tail: End
  /** Where the tail starts in the text. */
  readonly offset: number
  /** In head and tail together. */
  readonly words: number
}

function whole(given: string): Framed {
  const text = normalized(given)
  const short = text.length <= 2 * LONGEST_END
  const offset = short ? 0 : text.length - LONGEST_END
  const head = { ...placedWords(short ? text : cut(text, LONGEST_END)), taken: 0 }
  const tail = { ...(short ? head : placedWords(text.slice(offset))), taken: 0 }
  return { text, head, tail, offset, words: head.marked.length + (short ? 0 : tail.marked.length) }
}

/** Takes words into the frame, from the outside, as long as nearly all texts share them. */
function widen(texts: readonly Framed[], side: 'head' | 'tail'): void {
  const enough = Math.max(2, Math.ceil(SHARE * texts.length))
  let following = texts
  for (let step = 0; step < MOST_WORDS; step++) {
    const words = following.map((text) => outermost(text, side))
    const shared = mostCommon(words)
    const sharing = words.filter((word) => word !== null && word >>> 1 === shared)
    if (sharing.length < enough || sharing.some((word) => (word! & 1) === 1)) return
    following = following.filter((_, i) => words[i] !== null && words[i]! >>> 1 === shared)
    for (const text of following) text[side].taken++
  }
}

/** The next marked word that could be frame; null where it is the last one of the text's own. */
function outermost({ head, tail, words }: Framed, side: 'head' | 'tail'): number | null {
  if (head.taken + tail.taken + 1 >= words) return null
  const { marked, taken } = side === 'head' ? head : tail
  return marked.at(side === 'head' ? taken : -1 - taken) ?? null
}

/** Without its mark; null where there is no word. */
function mostCommon(words: readonly (number | null)[]): number | null {
  const counts = new Map<number, number>()
  for (const word of words) if (word !== null) counts.set(word >>> 1, (counts.get(word >>> 1) ?? 0) + 1)
  return [...counts].reduce<[number | null, number]>((best, entry) => (entry[1] > best[1] ? entry : best), [null, 0])[0]
}

function innerText({ text, head, tail, offset }: Framed): string {
  const start = head.taken === 0 ? 0 : (head.starts[head.taken] ?? head.ends[head.taken - 1]!)
  const left = tail.marked.length - tail.taken
  const end = tail.taken === 0 ? text.length : offset + (tail.ends[left - 1] ?? tail.starts[left]!)
  return text.slice(start, end)
}
