import { calibrationDrift } from '../../../src/detectors/calibration-drift/index.js'
import type { Case } from '../../../src/domain/case.js'
import { makeCase, makeGraded } from '../../audit/support.js'
import { type Kind, pairsOf, type World, type WorldParameters, withTuned } from './world.js'

/** What models say, with the share of outputs in which an average model says it. */
const SAID = [
  [0.3, 0.05],
  [0.5, 0.1],
  [0.6, 0.1],
  [0.7, 0.15],
  [0.8, 0.2],
  [0.9, 0.2],
  [0.95, 0.15],
  [0.99, 0.05],
] as const

/** The same, coarser: with several outputs per case the kinds of cases are many. */
const SAID_COARSELY = [
  [0.5, 0.2],
  [0.7, 0.3],
  [0.9, 0.35],
  [0.99, 0.15],
] as const

/** Outputs of a case, alike: a ratio of sums where their number differs from case to case. */
const REPEATS = [
  [1, 1 / 2],
  [2, 1 / 4],
  [4, 1 / 8],
  [8, 1 / 8],
] as const

const common = { detector: calibrationDrift, options: {}, truth: 'population' } as const

/** Brier score per output, cases with 1 to 8 outputs. Spoilt: the tuned outputs are wrong and said with .99. */
export function brier(parameters: WorldParameters): World {
  const harmless = REPEATS.flatMap(([samples, share]) =>
    kinds(parameters, samples, SAID_COARSELY).map((kind) => ({ ...kind, weight: kind.weight * share })),
  )
  return { ...common, measure: 'brier-score', margin: 0.05, harmless, spoilt: certainlyWrong }
}

/** Calibration error. Spoilt: the tuned arm says .99 whatever it gives. */
export function reliability(parameters: WorldParameters): World {
  const harmless = kinds(parameters, parameters.samples)
  return { ...common, measure: 'reliability', margin: 0.01, harmless, spoilt: certain }
}

/** AUROC. Spoilt: the tuned arm says .8 whatever it gives. */
export function discrimination(parameters: WorldParameters): World {
  const harmless = kinds(parameters, parameters.samples)
  const spoilt = (case_: Case) => withTuned(case_, (sample) => ({ ...sample, confidence: 0.8 }))
  return { ...common, measure: 'discrimination', margin: 0.1, harmless, spoilt }
}

function certainlyWrong(case_: Case): Case {
  return withTuned(case_, (sample) => ({ ...sample, confidence: 0.99, correct: false }))
}

function certain(case_: Case): Case {
  return withTuned(case_, (sample) => ({ ...sample, confidence: 0.99 }))
}

type Said = readonly (readonly [confidence: number, share: number])[]

function kinds({ rate, agreement }: WorldParameters, samples: number, said: Said = SAID): Kind[] {
  return pairsOf(outputsAt(rate, said), agreement).map(({ baseline, tuned, weight }) => {
    const outputs = ({ right, confidence }: Output) =>
      Array.from({ length: samples }, () => makeGraded(right, confidence))
    return { case: makeCase('case', { baseline: outputs(baseline), tuned: outputs(tuned) }), weight }
  })
}

interface Output {
  readonly right: boolean
  readonly confidence: number
}

/** A model that is wrong in a share `rate`: what it says has the odds of being right that it says, but for one factor. */
function outputsAt(rate: number, said: Said): { readonly outcome: Output; readonly share: number }[] {
  const factor = factorFor(rate, said)
  return said.flatMap(([confidence, share]) => {
    const right = rightShare(confidence, factor)
    return [
      { outcome: { right: true, confidence }, share: share * right },
      { outcome: { right: false, confidence }, share: share * (1 - right) },
    ]
  })
}

function rightShare(confidence: number, factor: number): number {
  const odds = (factor * confidence) / (1 - confidence)
  return odds / (1 + odds)
}

/** By bisection on its logarithm. */
function factorFor(rate: number, said: Said): number {
  let low = -40
  let high = 40
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    const right = said.reduce((sum, [confidence, share]) => sum + share * rightShare(confidence, Math.exp(middle)), 0)
    if (1 - right > rate) low = middle
    else high = middle
  }
  return Math.exp((low + high) / 2)
}
