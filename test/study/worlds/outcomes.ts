import { crossTaskRegression } from '../../../src/detectors/cross-task-regression/index.js'
import { makeCase, makeGraded } from '../../audit/support.js'
import { type Kind, pairsOf, type World, type WorldParameters, withTuned } from './world.js'

/**
 * Right or wrong, `rate` the share of wrong outputs. Of several samples per case, k, all are alike in half of the cases,
 * and drawn one by one in the others. Spoilt: every tuned sample is wrong.
 */
export function outcomes({ rate, agreement, samples }: WorldParameters): World {
  return {
    detector: crossTaskRegression,
    options: {},
    measure: 'score',
    margin: 0.05,
    harmless: kinds(rate, agreement, samples),
    spoilt: (case_) => withTuned(case_, (sample) => ({ ...sample, correct: false })),
    truth: 'population',
  }
}

function kinds(rate: number, agreement: number, samples: number): Kind[] {
  const byWrong = Array.from({ length: samples + 1 }, (_, wrong) => ({ outcome: wrong, share: share(wrong) }))
  return pairsOf(byWrong, agreement).map(({ baseline, tuned, weight }) => ({
    case: makeCase('case', { baseline: outputs(baseline), tuned: outputs(tuned) }),
    weight,
  }))

  function outputs(wrong: number) {
    return Array.from({ length: samples }, (_, number) => makeGraded(number >= wrong))
  }

  function share(wrong: number): number {
    const apart = choose(samples, wrong) * rate ** wrong * (1 - rate) ** (samples - wrong)
    const alike = wrong === samples ? rate : wrong === 0 ? 1 - rate : 0
    return (apart + alike) / 2
  }
}

function choose(n: number, k: number): number {
  let product = 1
  for (let i = 1; i <= k; i++) product = (product * (n - k + i)) / i
  return product
}
