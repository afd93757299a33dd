import type { Details, Measure, Role } from '../../domain/measure.js'
import { byCases } from '../../domain/pool.js'
import type { PerArm } from '../../domain/record.js'
import type { Sums } from '../../domain/tally.js'
import { nearDuplicateShare } from '../../stats/diversity-duplicates.js'
import { corpusRepetition } from '../../stats/diversity-repetition.js'
import type { Features, Variety } from './features.js'
import { type CaseValue, meanCorpus } from './means.js'
import type { Domain } from './options.js'
import { acrossPrompts, openings, rankByRepetition, rankByTwins, repetitionCorpus } from './repetition.js'

/** Whether different answers are wanted as such, or different correct ones. */
type Wanted = 'answers' | 'correct-answers'

/** `role` holds where `wanted` is what the task's domain wants, or wherever nothing is said. */
type Entry = Omit<Measure, 'pool' | 'scope' | 'cases' | 'interval' | 'of'> & { readonly wanted?: Wanted }

const WITH_LOST = { sample: 'with-lost' } as const

/** Words of the n-grams that outputs share: of stock phrases, and of whole outputs that are another prompt's. */
const PHRASES = acrossPrompts(4)
const OUTPUTS = acrossPrompts(5)

const TABLE: readonly Entry[] = [
  {
    id: 'distinct-answers',
    title: 'Per prompt, share of samples that are no near-duplicate of another',
    unit: 'share',
    worse: 'lower',
    margin: 0.1,
    role: 'guarded',
    wanted: 'answers',
    needs: ['repeats'],
    range: 1,
    worstCase: WITH_LOST,
    corpus: ofRepeats(
      ({ distinct }) => distinct,
      (cases) => ({ ...kernels(cases), uncut: uncut(cases) }),
    ),
  },
  {
    id: 'effective-distinct',
    title: 'Per prompt, number of distinct correct samples over all samples',
    unit: 'share',
    worse: 'lower',
    margin: 0.05,
    role: 'guarded',
    wanted: 'correct-answers',
    needs: ['score', 'repeats'],
    range: 1,
    worstCase: WITH_LOST,
    corpus: ofRepeats(({ effective }) => effective, kernels),
  },
  {
    id: 'pairwise-similarity',
    title: 'Per prompt, mean similarity of two samples, from 0 to 1',
    unit: 'ratio',
    worse: 'higher',
    margin: 0.05,
    role: 'watched',
    wanted: 'answers',
    needs: ['repeats'],
    range: 1,
    corpus: ofRepeats(({ similarity }) => similarity, kernels),
  },
  {
    id: 'distinct-ngrams',
    title: 'Per prompt, expectation-adjusted distinct n-grams, mean of n = 1, 2, 3',
    unit: 'ratio',
    worse: 'lower',
    margin: null,
    role: 'noted',
    needs: ['repeats'],
    range: null,
    corpus: ofRepeats(({ ngrams }) => meanOf(ngrams)),
  },
  {
    id: 'vendi-score',
    title: 'Per prompt, effective number of samples by their similarities',
    unit: 'ratio',
    worse: 'lower',
    margin: null,
    role: 'noted',
    needs: ['repeats'],
    range: null,
    corpus: ofRepeats(({ vendi }) => vendi, kernels),
  },
  {
    id: 'corpus-repetition',
    title: 'Share of an output’s 4-grams that outputs to other prompts have too',
    unit: 'share',
    worse: 'higher',
    margin: 0.05,
    role: 'watched',
    wanted: 'answers',
    needs: [],
    range: 1,
    corpus: repetitionCorpus({ across: PHRASES, share: corpusRepetition, details: openings }),
    rank: rankByRepetition(PHRASES),
  },
  {
    id: 'near-duplicate-rate',
    title: 'Share of prompts whose output is near-identical to another prompt’s (Jaccard of 5-grams ≥ .8)',
    unit: 'share',
    worse: 'higher',
    margin: 0.05,
    role: 'watched',
    needs: [],
    range: 1,
    corpus: repetitionCorpus({ across: OUTPUTS, share: nearDuplicateShare }),
    rank: rankByTwins(OUTPUTS),
  },
]

export function measures(domain: Domain): Measure[] {
  return TABLE.map(({ wanted, ...entry }) => ({
    ...entry,
    ...(wanted === undefined ? {} : roleFor(domain, wanted, entry.role)),
    pool: byCases,
    scope: 'task',
    cases: [],
    interval: 'jackknife',
    of: () => {
      throw new Error(`${entry.id} is measured on the case sample`)
    },
  }))
}

/** In a domain that wants something else the measure is noted; undeclared, the baseline tells the domain. */
function roleFor(domain: Domain, wanted: Wanted, role: Role): Pick<Measure, 'role' | 'variant'> {
  if (domain !== 'auto') return { role: wantedIn(domain) === wanted ? role : 'noted' }
  return { role, variant: (whole) => ({ role: wantedOf(whole) === wanted ? role : 'noted' }) }
}

function wantedIn(domain: Exclude<Domain, 'auto'>): Wanted {
  return domain === 'code' || domain === 'math' ? 'correct-answers' : 'answers'
}

function wantedOf(whole: Sums): Wanted {
  return wantedIn(whole.count('verifiable') * 2 >= whole.count('cases') ? 'code' : 'chat')
}

function ofRepeats(
  of: (variety: Variety) => number | null,
  details: (cases: readonly Features[]) => Details = () => ({}),
): NonNullable<Measure['corpus']> {
  return meanCorpus(inRepeats(of), { lacking: { code: 'missing-field', needs: ['repeats'] }, details })
}

function inRepeats(of: (variety: Variety) => number | null): CaseValue {
  return ({ repeats }): PerArm<number> | null => {
    if (repeats === null) return null
    const baseline = of(repeats.arms.baseline)
    const tuned = of(repeats.arms.tuned)
    return baseline === null || tuned === null ? null : { baseline, tuned }
  }
}

/** Cases by what told their samples apart. */
function kernels(cases: readonly Features[]): Details {
  const by = (kernel: string) => cases.filter(({ repeats }) => repeats?.kernel === kernel).length
  return { kernel: { words: by('words'), embeddings: by('embeddings') } }
}

/** What the measure would be if texts were not cut to one length. */
function uncut(cases: readonly Features[]): Details {
  const mean = (arm: 'baseline' | 'tuned') =>
    cases.reduce((sum, { repeats }) => sum + repeats!.arms[arm].distinctUncut, 0) / cases.length
  return { baseline: mean('baseline'), tuned: mean('tuned') }
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
