import { benjaminiHochberg } from '../../../src/stats/benjamini-hochberg.js'
import { clusteredStandardError } from '../../../src/stats/clustered-error.js'
import { weightedHolm } from '../../../src/stats/holm.js'
import { jackknifeError } from '../../../src/stats/jackknife.js'
import { passChance } from '../../../src/stats/power.js'
import { casesToShow, clustersToFail, clustersToPass } from '../../../src/stats/sample-size.js'
import { type References, readReferences, type Statistic, statistics } from './statistic.js'

const inference = readReferences<References>('inference.json')
const r = readReferences<References>('r.json')

/** Plain Holm is weighted Holm with equal weights. */
const holm = (ps: number[]) => weightedHolm(ps.map((p) => ({ p, weight: 1 / ps.length })))
const weighted = (ps: number[], weights: number[]) => weightedHolm(ps.map((p, i) => ({ p, weight: weights[i]! })))

export const correctionsAndErrors: readonly Statistic[] = [
  ...[inference, r].flatMap((file) => [
    ...statistics(file, 'holm', 1e-14, holm),
    ...statistics(file, 'benjaminiHochberg', 1e-14, benjaminiHochberg),
    ...statistics(file, 'clusteredStandardError', 1e-12, clusteredStandardError),
  ]),
  ...statistics(inference, 'weightedHolm', 1e-13, weighted),
  ...statistics(inference, 'jackknifeError of means', 1e-12, jackknifeError),
  ...statistics(inference, 'jackknifeError of ratios', 1e-12, jackknifeError),
]

const outlook = { range: null, yesNo: false, buckets: 128, alpha: 0.05, tail: 0.05 }
const exact = { sigma2: { baseline: 0, tuned: 0 }, samples: { baseline: 1, tuned: 1 }, alpha: 0.05, power: 0.8 }

export const power: readonly Statistic[] = [
  ...statistics(inference, 'passChance', 1e-12, (sigma, margin, alpha, clusters) =>
    passChance({ sigma, harm: 0, margin, alpha, range: null, degreesOfFreedom: null }, clusters),
  ),
  ...statistics(inference, 'clustersToPass', 0, (sigma, margin, alpha) =>
    clustersToPass({ ...outlook, sigma, margin, alpha }),
  ),
  ...statistics(inference, 'clustersToFail', 0, (sigma, margin, tail, yesNo) =>
    clustersToFail({ ...outlook, sigma, margin, tail, yesNo }),
  ),
  ...statistics(inference, 'casesToShow', 0, (omega2, delta, sides) => casesToShow({ ...exact, omega2, delta, sides })),
]
