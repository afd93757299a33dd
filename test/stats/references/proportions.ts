import { cohensKappa } from '../../../src/stats/kappa.js'
import { exactMcNemar, midPMcNemar, tangoInterval } from '../../../src/stats/paired.js'
import { passAtK } from '../../../src/stats/pass-at-k.js'
import { clopperPearson, type ShareInterval, wilsonInterval } from '../../../src/stats/proportion.js'
import { type References, readReferences, type Statistic, statistics } from './statistic.js'

const proportions = readReferences<References>('proportions.json')
const r = readReferences<References>('r.json')

const ends = ({ low, high }: ShareInterval) => [low, high]

export const shares: readonly Statistic[] = [
  ...[proportions, r].flatMap((file) => [
    ...statistics(file, 'wilsonInterval', 1e-13, (events, n, alpha) => ends(wilsonInterval({ events, n }, alpha))),
    ...statistics(file, 'clopperPearson', 2e-11, (events, n, alpha) => ends(clopperPearson({ events, n }, alpha))),
    ...statistics(file, 'exactMcNemar', 1e-12, (harmed, helped) => exactMcNemar({ harmed, helped })),
    ...statistics(file, 'midPMcNemar', 1e-12, (harmed, helped) => midPMcNemar({ harmed, helped })),
  ]),
  ...statistics(proportions, 'tangoInterval', 1e-11, (n, harmed, helped, alpha) =>
    ends(tangoInterval({ n, harmed, helped }, alpha)),
  ),
  ...statistics(proportions, 'passAtK', 1e-13, (n, correct, k) => passAtK({ n, correct }, k)),
  ...statistics(proportions, 'cohensKappa', 1e-13, cohensKappa),
]
