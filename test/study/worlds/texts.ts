import { lostDiversity } from '../../../src/detectors/lost-diversity/index.js'
import type { Case } from '../../../src/domain/case.js'
import { makeCase, makeSample } from '../../audit/support.js'
import { type Random, randomOf } from '../random.js'
import { closedUnderExchange, pairsOf, type World, type WorldParameters, withTuned } from './world.js'

/** Answers that share no words worth mentioning. */
const ANSWERS = [
  'The old lighthouse keeper counted ships until morning came.',
  'Every winter our village freezes, so people skate to school.',
  'A merchant traded saffron for maps nobody could read.',
  'Beneath the theatre lies a forgotten river full of coins.',
  'She planted walnuts along both sides of that dusty road.',
] as const

const common = {
  detector: lostDiversity,
  options: { domain: 'chat' },
} as const

/**
 * Distinct answers per prompt, of five samples: one and then each further one with chance 1 − `rate`. Spoilt: the tuned
 * samples are copies of one answer.
 */
export function distinct({ rate, agreement }: WorldParameters): World {
  const most = ANSWERS.length - 1
  const shares = ANSWERS.map((_, more) => ({
    outcome: more + 1,
    share: choose(most, more) * (1 - rate) ** more * rate ** (most - more),
  }))
  return {
    ...common,
    measure: 'distinct-answers',
    margin: 0.1,
    harmless: pairsOf(shares, agreement).map(({ baseline, tuned, weight }) => ({
      case: makeCase('case', { baseline: answers(baseline), tuned: answers(tuned) }),
      weight,
    })),
    spoilt: (case_) => withTuned(case_, (sample) => ({ ...sample, output: ANSWERS[0] })),
    truth: 'population',
  }
}

function answers(different: number) {
  return ANSWERS.map((_, number) => makeSample({ output: ANSWERS[number % different]! }))
}

function choose(n: number, k: number): number {
  let product = 1
  for (let i = 1; i <= k; i++) product = (product * (n - k + i)) / i
  return product
}

/** Share of 4-grams that other prompts' outputs have too. Spoilt: the tuned output is one of twenty stock answers. */
export function repetition(parameters: WorldParameters): World {
  return { ...common, ...stock(parameters), measure: 'corpus-repetition', margin: 0.05, truth: 'mean of runs' }
}

/** Share of outputs that another prompt has too. Spoilt: as in `repetition`. */
export function duplicates(parameters: WorldParameters): World {
  return { ...common, ...stock(parameters), measure: 'near-duplicate-rate', margin: 0.05, truth: 'mean of runs' }
}

const POOL = 2048
const STOCK = 20

/** Outputs of 30 words, a share `rate` of them one of twenty stock answers. */
function stock({ rate, agreement }: WorldParameters): Pick<World, 'harmless' | 'spoilt'> {
  const random = randomOf(`texts rate=${rate} agreement=${agreement}`)
  const stocked = Array.from({ length: STOCK }, () => text(random))
  const output = () => (random.next() < rate ? stocked[random.below(STOCK)]! : text(random))
  const kinds = Array.from({ length: POOL }, () => {
    const before = output()
    const after = random.next() < agreement ? before : output()
    const arms = { baseline: [makeSample({ output: before })], tuned: [makeSample({ output: after })] }
    return { case: makeCase('case', arms), weight: 1 }
  })
  const answerOf = (case_: Case) => stocked[(case_.baseline[0]!.output.length * 7) % STOCK]!
  return {
    harmless: closedUnderExchange(kinds),
    spoilt: (case_) => withTuned(case_, (sample) => ({ ...sample, output: answerOf(case_) })),
  }
}

const VOCABULARY = 400

/** Words by Zipf's law, near enough: the rank of a word is log-uniform. */
function text(random: Random): string {
  const words = Array.from({ length: 30 }, () => `word${Math.floor(VOCABULARY ** random.next())}`)
  return words.join(' ')
}
