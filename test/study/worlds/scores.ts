import { crossTaskRegression } from '../../../src/detectors/cross-task-regression/index.js'
import { makeCase, makeSample } from '../../audit/support.js'
import { randomOf } from '../random.js'
import { closedUnderExchange, type Kind, type World, type WorldParameters, withTuned } from './world.js'

const POOL = 256

/**
 * Scores between 0 and 1 to two digits, `rate` their mean loss: mostly near 1 for a small rate, mostly near 0 for a large
 * one. The arms share a case's difficulty in a share `agreement` of cases. Spoilt: the tuned score is halved.
 */
export function scores({ rate, agreement, samples }: WorldParameters): World {
  return {
    detector: crossTaskRegression,
    options: {},
    measure: 'score',
    margin: 0.05,
    harmless: closedUnderExchange(pool(rate, agreement, samples)),
    spoilt: (case_) => withTuned(case_, (sample) => ({ ...sample, score: (sample.score ?? 0) / 2 })),
    truth: 'population',
  }
}

/** Losses u^k have mean 1/(k + 1). */
function pool(rate: number, agreement: number, samples: number): Kind[] {
  const random = randomOf(`scores rate=${rate} agreement=${agreement} samples=${samples}`)
  const power = 1 / rate - 1
  const lossAt = (level: number) => Math.min(1, Math.max(0, level)) ** power
  return Array.from({ length: POOL }, (_, number) => {
    const level = (number + random.next()) / POOL
    const own = random.next() < agreement ? level : random.next()
    const outputs = (around: number) =>
      Array.from({ length: samples }, () => {
        const loss = lossAt(around + (random.next() - 0.5) / 8)
        return makeSample({ score: Math.round((1 - loss) * 100) / 100 })
      })
    return { case: makeCase('case', { baseline: outputs(level), tuned: outputs(own) }), weight: 1 }
  })
}
