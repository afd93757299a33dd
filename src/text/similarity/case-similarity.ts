import { features, promptWords, type TextFeatures } from './features.js'
import { type SimilarityMatrix, similarityMatrix } from './matrix.js'
import { similarity } from './similarity.js'
import { cut } from './words.js'

/** One prompt's outputs, in the order of their sample numbers. */
export interface CaseTexts {
  readonly prompt: string
  readonly baseline: readonly string[]
  readonly tuned: readonly string[]
}

export interface CaseSimilarities {
  readonly baseline: SimilarityMatrix
  readonly tuned: SimilarityMatrix
}

/** What texts of one prompt were read as: filled as they are. */
export type TextsRead = Map<string, TextFeatures>

/**
 * Similarities of the samples of each arm, the same function for both. Where only one arm writes everything in lower case,
 * both are read so, and no name stands out in either: on creative-samples an arm that turned to lower case would
 * otherwise lose 1.2 of 7.7 distinct answers without a word changed.
 */
export function caseSimilarities(
  { prompt, baseline, tuned }: CaseTexts,
  known: TextsRead = new Map(),
): CaseSimilarities {
  const words = promptWords(prompt)
  const featuresOf = (text: string) => {
    const own = known.get(text) ?? features(text, words)
    known.set(text, own)
    return own
  }
  const read = isLowerCase(baseline) === isLowerCase(tuned) ? asWritten : lowerCase
  const ofArm = (texts: readonly string[]) =>
    similarityMatrix(
      texts.map((text) => featuresOf(read(text))),
      similarity,
    )
  return { baseline: ofArm(baseline), tuned: ofArm(tuned) }
}

/**
 * The texts of a case cut to one length, so that length is no confound: the smaller of the arms' median lengths. The
 * median, since one refusal or blank output would else leave nothing to compare; a text shorter than that stays whole.
 */
export function cutToCommonLength({ prompt, baseline, tuned }: CaseTexts): CaseTexts {
  const length = Math.min(medianLength(baseline), medianLength(tuned))
  const shorten = (text: string) => cut(text, length)
  return { prompt, baseline: baseline.map(shorten), tuned: tuned.map(shorten) }
}

function asWritten(text: string): string {
  return text
}

function lowerCase(text: string): string {
  return text.toLowerCase()
}

/** False without letters: an arm that answers "42" is not written in lower case. */
function isLowerCase(texts: readonly string[]): boolean {
  return !texts.some((text) => /\p{Lu}/u.test(text)) && texts.some((text) => /\p{Ll}/u.test(text))
}

/** The lower of the two middle ones for an even number; 0 without texts. */
function medianLength(texts: readonly string[]): number {
  const lengths = texts.map((text) => text.length).sort((a, b) => a - b)
  return lengths[(lengths.length - 1) >> 1] ?? 0
}
