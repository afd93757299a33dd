import { cut, LONGEST_READ, markedWords } from './words.js'

/** A text as a sparse vector: one weight for every distinct word, in ascending order of the words' hashes. */
export interface TextFeatures {
  readonly words: Uint32Array
  readonly weights: Float64Array
  /** Σ weight², 0 for a blank text. */
  readonly squared: number
}

/** Names and numbers carry the answer: "How about **Zeus**?", "The answer is 42". Of 1, 1.5, 2, 2.5, 3, 4. */
const SALIENT_WEIGHT = 3

/** What an answer repeats of its question says little about it. Of 0, .3, .5, .7, 1. */
const PROMPT_WEIGHT = 0.5

/** Of a prompt no more than this is read, in UTF-16 code units. */
const LONGEST_PROMPT = 8192

/** The distinct words of a prompt, as hashes. */
export function promptWords(prompt: string): ReadonlySet<number> {
  return new Set(markedWords(cut(prompt, LONGEST_PROMPT)).map((word) => word >>> 1))
}

/**
 * The vector of a text's first 2,048 code units: √(times a word occurs), × 3 where it once occurs as a name or a number,
 * × ½ where the prompt has it too. The constants and the root were chosen on creative-samples by the classes of
 * NoveltyBench's classifier, which was trained on human judgements; their neighbours do about as well.
 */
export function features(text: string, prompt: ReadonlySet<number>): TextFeatures {
  const marked = markedWords(cut(text, LONGEST_READ)).sort()
  const words = new Uint32Array(marked.length)
  const weights = new Float64Array(marked.length)
  let size = 0
  let squared = 0
  for (let start = 0; start < marked.length; size++) {
    const end = endOfRun(marked, start)
    const word = marked[start]! >>> 1
    // The mark is the lowest bit: after sorting, a run that has one ends with it.
    const salient = (marked[end - 1]! & 1) === 1
    const weight = Math.sqrt(end - start) * (salient ? SALIENT_WEIGHT : 1) * (prompt.has(word) ? PROMPT_WEIGHT : 1)
    words[size] = word
    weights[size] = weight
    squared += weight * weight
    start = end
  }
  return { words: words.subarray(0, size), weights: weights.subarray(0, size), squared }
}

/** Where the run of one word, marked or not, ends. */
function endOfRun(marked: Uint32Array, start: number): number {
  let end = start + 1
  while (end < marked.length && (marked[end]! ^ marked[start]!) < 2 && (marked[end]! ^ marked[start]!) >= 0) end++
  return end
}
