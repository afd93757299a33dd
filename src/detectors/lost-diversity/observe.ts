import type { Case, LostCase } from '../../domain/case.js'
import type { PerArm, Sample } from '../../domain/record.js'
import type { Kept, LostTally, Nominated, Tally } from '../../domain/tally.js'
import { opening } from '../../text/similarity/shingles.js'
import { wordsOf } from '../../text/similarity/words.js'
import { at } from './columns.js'
import type { Features, Repeats, TextFeatures } from './features.js'
import type { Options } from './options.js'
import { lostRepeatsOf, repeatsOf } from './variety.js'

/** Words of an opening phrase. */
const OPENING = 4

/** Words of an output that are compared with outputs to other prompts. */
const MOST_WORDS = 2_048

export function observe(case_: Case, tally: Tally, options: Options): void {
  tally.count(at.cases, 1)
  if (case_.baseline.every(isVerifiable)) tally.count(at.verifiable, 1)
  tally.sample((sampled) => keep(sampled, options))
}

/** A case that the tuned arm lost: nothing distinct there. */
export function observeLost(_lost: LostCase, tally: LostTally, options: Options): void {
  tally.sample((lost): Features => ({ repeats: lostRepeatsOf(lost, options), text: null }))
}

/** Whether there is a right answer: a reference, or right and wrong alone; a judge's 7 of 10 is neither. */
export function isVerifiable({ reference, correct, score }: Sample): boolean {
  return reference !== undefined || (correct !== null && (score === null || score === 0 || score === 1))
}

function keep(case_: Case, options: Options): Kept {
  const features: Features = { repeats: repeatsOf(case_, options), text: textOf(case_) }
  const ofRepeats = features.repeats === null ? [] : nominations(features.repeats)
  return { features, examples: [...ofRepeats, ...(features.text === null ? [] : ACROSS_PROMPTS)] }
}

/** Which of them show something is known once all outputs are: the measures rank them. */
const ACROSS_PROMPTS: readonly Nominated[] = [
  { measure: 'near-duplicate-rate', code: 'another-prompts-output' },
  { measure: 'corpus-repetition', code: 'stock-phrases' },
].map((entry) => ({ ...entry, severity: 0, samples: { baseline: 0, tuned: 0 }, detail: null }))

/** Of several samples the first: across prompts, one output stands for each. */
function textOf({ baseline, tuned }: Case): PerArm<TextFeatures> | null {
  const before = baseline[0]!
  const after = tuned[0]!
  if (before.failed !== null || after.failed !== null) return null
  const words = { baseline: wordsOf(before.output), tuned: wordsOf(after.output) }
  const length = Math.min(words.baseline.length, words.tuned.length)
  if (length === 0) return null
  const of = (all: Uint32Array): TextFeatures => ({
    words: all.slice(0, MOST_WORDS),
    opening: opening(all.subarray(0, length), OPENING)!,
  })
  return { baseline: of(words.baseline), tuned: of(words.tuned) }
}

/** Two samples of the tuned arm would show it better than one of each arm, but one of each is what reports have room for. */
function nominations({ samples, arms: { baseline, tuned } }: Repeats): Nominated[] {
  const nominated = (measure: string, before: number | null, after: number | null): Nominated[] => {
    if (before === null || after === null || after >= before) return []
    const count = (share: number) => Math.round(share * samples)
    const detail = `of ${samples} samples ${count(before)} were distinct, now ${count(after)}`
    return [{ measure, severity: before - after, code: 'fewer-distinct', samples: { baseline: 0, tuned: 0 }, detail }]
  }
  const alike = tuned.similarity - baseline.similarity
  const means = `two samples were ${baseline.similarity.toFixed(2)} alike on average, now ${tuned.similarity.toFixed(2)}`
  return [
    ...(alike <= 0
      ? []
      : [
          {
            measure: 'pairwise-similarity',
            severity: alike,
            code: 'more-alike',
            samples: { baseline: 0, tuned: 0 },
            detail: means,
          },
        ]),
    ...nominated('distinct-answers', baseline.distinct, tuned.distinct),
    ...nominated('effective-distinct', baseline.effective, tuned.effective),
  ]
}
