import { benjaminiHochberg } from '../../../src/stats/benjamini-hochberg.js'
import { clusteredStandardError } from '../../../src/stats/clustered-error.js'
import { weightedHolm } from '../../../src/stats/holm.js'
import { jackknifeError } from '../../../src/stats/jackknife.js'
import { clustersToFail, clustersToPass, detectableHarm, passChance } from '../../../src/stats/power.js'
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

export const power: readonly Statistic[] = [
  ...statistics(inference, 'passChance', 1e-12, (sigma, margin, alpha, clusters) =>
    passChance({ sigma, margin, alpha, range: null }, clusters),
  ),
  ...statistics(inference, 'clustersToPass', 0, (sigma, margin, alpha) =>
    clustersToPass({ sigma, margin, alpha, range: null }),
  ),
  ...statistics(inference, 'clustersToFail', 0, (sigma, margin, tail, yesNo) =>
    clustersToFail({ sigma, margin, tail, yesNo }),
  ),
  ...statistics(inference, 'detectableHarm', 1e-11, detectableHarm),
]
