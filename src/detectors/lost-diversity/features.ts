import type { PerArm } from '../../domain/record.js'

/** What the case sample keeps of a case: numbers and hashes, no text. */
export interface Features {
  /** Null where an arm has one sample. */
  readonly repeats: Repeats | null
  /** The first sample of each arm; null where an output failed or has no words. */
  readonly text: PerArm<TextFeatures> | null
}

export interface Repeats {
  /** Samples compared, in each arm. */
  readonly samples: number
  readonly kernel: 'words' | 'embeddings'
  readonly arms: PerArm<Variety>
}

/** How much the samples of one case and arm differ. */
export interface Variety {
  /** Share of the samples that is no near-duplicate of an earlier one; failed ones are never distinct. */
  readonly distinct: number
  /** The same with outputs of whole length. */
  readonly distinctUncut: number
  /** Of the correct samples alone, over all samples; null where a sample is not judged. */
  readonly effective: number | null
  /** Mean similarity of two samples; a failed one is like any other. */
  readonly similarity: number
  /** Effective number of samples. */
  readonly vendi: number
  /** Expectation-adjusted distinct-1, -2, -3; null where no text is that long. */
  readonly ngrams: readonly (number | null)[]
}

export interface TextFeatures {
  /** Hashes of its words in order. */
  readonly words: Uint32Array
  /** Hash of the first four words. */
  readonly opening: number
}
