import { type Corpus, type Details, unmeasured, type Value } from '../../domain/measure.js'
import { ARMS, type PerArm } from '../../domain/record.js'
import type { Sampled } from '../../domain/tally.js'
import { keyEntropy } from '../../stats/diversity-entropy.js'
import type { CaseNgrams, CorpusShare } from '../../stats/diversity-index.js'
import type { Features, TextFeatures } from './features.js'

/** Below this nothing can be repeated across prompts. */
const FEWEST_CASES = 2

type ShareOf = (cases: readonly CaseNgrams[], buckets: number) => CorpusShare

interface Repetition {
  readonly ngrams: (text: TextFeatures) => Uint32Array
  readonly share: ShareOf
  readonly details?: (texts: readonly PerArm<TextFeatures>[]) => Details
}

interface Placed {
  readonly text: PerArm<TextFeatures>
  readonly bucket: number
}

/** What outputs of different cases share, of cases in which both outputs are long enough to have any. */
export function repetitionCorpus({ ngrams, share, details = () => ({}) }: Repetition) {
  return (sampled: readonly Sampled[], buckets: number): Corpus => {
    const placed = sampled.flatMap(({ features, bucket }): Placed[] => {
      const { text } = features as Features
      // Cut to the same number of words, both arms have n-grams or neither.
      return text === null || ngrams(text.baseline).length === 0 ? [] : [{ text, bucket }]
    })
    const [before, after] = ARMS.map((arm) =>
      share(
        placed.map(({ text, bucket }) => ({ ngrams: ngrams(text[arm]), bucket })),
        buckets,
      ),
    )
    const cases = new Array<number>(buckets).fill(0)
    for (const { bucket } of placed) cases[bucket]!++
    const armsOf = (of: (share: CorpusShare) => number | null, left: number): Value | null => {
      const baseline = of(before!)
      const tuned = of(after!)
      return baseline === null || tuned === null || left < FEWEST_CASES ? null : { kind: 'arms', baseline, tuned }
    }
    const lacking = unmeasured({
      code: 'too-few',
      what: 'cases with outputs of five words in both arms',
      have: placed.length,
      need: FEWEST_CASES,
    })
    const whole = armsOf(({ share }) => share, placed.length)
    return {
      whole:
        whole === null
          ? lacking
          : { ...whole, details: { sampled: placed.length, ...details(placed.map(({ text }) => text)) } },
      without: cases.map((own, bucket) => armsOf(({ without }) => without[bucket]!, placed.length - own) ?? lacking),
      cases,
    }
  }
}

/** Entropy in nats of how outputs begin. */
export function openings(texts: readonly PerArm<TextFeatures>[]): Details {
  const [baseline, tuned] = ARMS.map((arm) => keyEntropy(texts.map((text) => text[arm].opening)))
  return { openingEntropy: { baseline: baseline ?? null, tuned: tuned ?? null } }
}
