import type { PerArm } from '../../domain/record.js'
import { opening } from './shingles.js'

/** How many of an arm's distinct texts must have a word in common for it to belong to the arm's frame. */
const SHARE = 0.9

/** The frame of one arm is looked for in the other from so many words on, as far from the end of a text as this. */
const SHORTEST_ELSEWHERE = 3
const FARTHEST = 12

/** Of a text's words (see `wordsOf`), those that belong to a frame: `head` at its beginning, `tail` at its end. */
export interface Ends {
  readonly head: number
  readonly tail: number
}

type Side = keyof Ends
type Words = Uint32Array

/**
 * The words that nearly all of an arm's texts open or end with: a greeting, a template, a disclaimer. They say nothing
 * about one of them. Every text keeps a word. Copies of one text count once, so that what is merely repeated is no frame.
 *
 * Unlike `withoutFrame`, which looks at answers to one prompt, names and numbers may be frame and there is no longest
 * one: what outputs to all prompts have at the same place is an answer to none. Words put before or after every text
 * therefore leave what remains of each as it was. A text that does not begin as its own arm does is searched for the
 * other arm's frame, so that nothing hangs on whether nine in ten or eight in ten use a template.
 */
export function sharedEnds({ baseline, tuned }: PerArm<readonly Words[]>): PerArm<readonly Ends[]> {
  const [before, after] = [framesOf(baseline), framesOf(tuned)]
  return {
    baseline: baseline.map((words) => endsOf(words, before, after)),
    tuned: tuned.map((words) => endsOf(words, after, before)),
  }
}

/** From the outside in. */
type Frames = Readonly<Record<Side, readonly number[]>>

function framesOf(texts: readonly Words[]): Frames {
  const distinct = [...new Map(texts.map((words) => [opening(words, words.length), words])).values()]
  return { head: frameOf(distinct, 'head'), tail: frameOf(distinct, 'tail') }
}

function frameOf(texts: readonly Words[], side: Side): number[] {
  const enough = Math.max(2, Math.ceil(SHARE * texts.length))
  const frame: number[] = []
  let following = texts
  while (following.length >= enough) {
    const shared = mostCommon(following.map((words) => wordAt(words, side, frame.length)))
    following = following.filter((words) => wordAt(words, side, frame.length) === shared)
    if (shared === null || following.length < enough) break
    frame.push(shared)
  }
  return frame
}

/** The word so far from the end; null where there is none, or where it is the last one inward. */
function wordAt(words: Words, side: Side, at: number): number | null {
  if (at >= words.length - 1) return null
  return words[side === 'head' ? at : words.length - 1 - at]!
}

function mostCommon(words: readonly (number | null)[]): number | null {
  const counts = new Map<number, number>()
  for (const word of words) if (word !== null) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].reduce<[number | null, number]>((best, entry) => (entry[1] > best[1] ? entry : best), [null, 0])[0]
}

function endsOf(words: Words, own: Frames, other: Frames): Ends {
  const head = endOf(words, 'head', own, other)
  const tail = endOf(words, 'tail', own, other)
  return { head, tail: Math.min(tail, words.length - 1 - head) }
}

function endOf(words: Words, side: Side, own: Frames, other: Frames): number {
  const followed = sharedFrom(words, side, own[side], 0)
  if (followed > 0) return followed
  const { length } = other[side]
  if (length < SHORTEST_ELSEWHERE) return 0
  for (let at = 0; at <= FARTHEST; at++) if (sharedFrom(words, side, other[side], at) === length) return at + length
  return 0
}

/** How many words of the frame the text has from `at` on. */
function sharedFrom(words: Words, side: Side, frame: readonly number[], at: number): number {
  let shared = 0
  while (shared < frame.length && wordAt(words, side, at + shared) === frame[shared]) shared++
  return shared
}
