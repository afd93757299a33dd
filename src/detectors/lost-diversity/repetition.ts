import { type Corpus, type Details, type Ranked, unmeasured, type Value } from '../../domain/measure.js'
import { oncePer } from '../../domain/once-per.js'
import { ARMS, type Arm, type PerArm } from '../../domain/record.js'
import type { Sampled } from '../../domain/tally.js'
import { nearDuplicatePartners } from '../../stats/diversity-duplicates.js'
import { keyEntropy } from '../../stats/diversity-entropy.js'
import type { CaseNgrams, CorpusShare } from '../../stats/diversity-index.js'
import { repeatedShares } from '../../stats/diversity-repetition.js'
import { type Ends, sharedEnds } from '../../text/similarity/shared-ends.js'
import { ngrams } from '../../text/similarity/shingles.js'
import type { Features, TextFeatures } from './features.js'

/** Below this nothing can be repeated across prompts. */
const FEWEST_CASES = 2

type ShareOf = (cases: readonly CaseNgrams[], buckets: number) => CorpusShare

interface Repetition {
  readonly across: Across
  readonly share: ShareOf
  readonly details?: (texts: readonly PerArm<TextFeatures>[]) => Details
}

/** The cases in which both outputs are long enough to have n-grams: which of the sampled ones they are, and their words. */
interface Placed {
  readonly cases: readonly { readonly index: number; readonly text: PerArm<TextFeatures>; readonly bucket: number }[]
  /** N-grams of what is left of each case's outputs without frames. */
  readonly ngrams: PerArm<readonly CaseNgrams[]>
}

/** What a sample's outputs are to each other; the list must not change. */
type Across = (sampled: readonly Sampled[]) => Placed

/** By n-grams of so many words; made once per sample, for the measure and for what it shows. */
export function acrossPrompts(n: number): Across {
  return oncePer((sampled: readonly Sampled[]) => placedOf(sampled, n))
}

function perArm<T>(of: (arm: Arm) => T): PerArm<T> {
  return { baseline: of('baseline'), tuned: of('tuned') }
}

/** An output of fewer words has no content of its own to compare. */
const FEWEST_WORDS = 5

/** Cut to one length, both arms have n-grams or neither. */
function placedOf(sampled: readonly Sampled[], n: number): Placed {
  const texts = sampled.flatMap(({ features, bucket }, index) => {
    const { text } = features as Features
    return text === null ? [] : [{ text, bucket, index }]
  })
  const ends = sharedEnds(perArm((arm) => texts.map(({ text }) => text[arm].words)))
  const contents = texts.map(({ text }, i) =>
    contentOf(
      text,
      perArm((arm) => ends[arm][i]!),
    ),
  )
  const isLong = (_: unknown, i: number) => contents[i]!.baseline.length >= n
  const cases = texts.filter(isLong)
  const long = contents.filter(isLong)
  const ofArm = (arm: Arm) => long.map((content, i) => ({ ngrams: ngrams(content[arm], n), bucket: cases[i]!.bucket }))
  return { cases, ngrams: perArm(ofArm) }
}

/**
 * Both outputs without the frame that nearly all outputs of their arm share, cut to the same number of words. Where a
 * frame leaves content in one arm only, it was the content in the other: both outputs stand whole.
 */
function contentOf(text: PerArm<TextFeatures>, ends: PerArm<Ends>): PerArm<Uint32Array> {
  const inner = (arm: Arm) => text[arm].words.subarray(ends[arm].head, text[arm].words.length - ends[arm].tail)
  const [before, after] = [inner('baseline'), inner('tuned')]
  const alike = before.length >= FEWEST_WORDS === after.length >= FEWEST_WORDS
  const [baseline, tuned] = alike ? [before, after] : [text.baseline.words, text.tuned.words]
  const length = Math.min(baseline.length, tuned.length)
  return { baseline: baseline.subarray(0, length), tuned: tuned.subarray(0, length) }
}

/** What outputs of different cases share, of cases in which both outputs are long enough to have any. */
export function repetitionCorpus({ across, share, details = () => ({}) }: Repetition) {
  return (sampled: readonly Sampled[], buckets: number): Corpus => {
    const { cases: placed, ngrams } = across(sampled)
    const [before, after] = ARMS.map((arm) => share(ngrams[arm], buckets))
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

/** Cases whose output became another prompt's. */
export function rankByTwins(across: Across) {
  return (sampled: readonly Sampled[]): Ranked[] => {
    const { cases: placed, ngrams } = across(sampled)
    const [before, after] = ARMS.map((arm) => nearDuplicatePartners(ngrams[arm]))
    return placed.flatMap(({ index }, i): Ranked[] => {
      const twin = after![i]!
      return twin < 0 || before![i]! >= 0 ? [] : [{ index, severity: 1, like: placed[twin]!.index }]
    })
  }
}

/** Cases by the share of their n-grams that other outputs of the arm have too, and had not before. */
export function rankByRepetition(across: Across) {
  return (sampled: readonly Sampled[]): Ranked[] => {
    const { cases: placed, ngrams } = across(sampled)
    const [before, after] = ARMS.map((arm) => repeatedShares(ngrams[arm]))
    return placed.flatMap(({ index }, i): Ranked[] => {
      const severity = after![i]! - before![i]!
      return severity > 0 ? [{ index, severity, like: null }] : []
    })
  }
}
