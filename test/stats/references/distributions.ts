import { chiSquaredUpperTail } from '../../../src/stats/chi-squared.js'
import { normalQuantile, normalUpperTail } from '../../../src/stats/normal.js'
import { incompleteBeta, logBeta, logGamma } from '../../../src/stats/special.js'
import { studentQuantileOfTail, studentUpperTail } from '../../../src/stats/student.js'
import { type References, readReferences, type Statistic, statistics } from './statistic.js'

const special = readReferences<References>('special-functions.json')
const formats = readReferences<References>('formats.json')
const r = readReferences<References>('r.json')

export const distributions: readonly Statistic[] = [
  ...statistics(special, 'logGamma', { tolerance: 1e-14, scale: 1 }, logGamma),
  ...statistics(special, 'logBeta', 1e-13, logBeta),
  ...[special, r].flatMap((file) => [
    ...statistics(file, 'incompleteBeta', 1e-12, (x, a, b) => incompleteBeta(x, 1 - x, a, b)),
    ...statistics(file, 'normalUpperTail', 1e-12, normalUpperTail),
    ...statistics(file, 'normalQuantile', 1e-12, normalQuantile),
    ...statistics(file, 'studentUpperTail', 1e-12, studentUpperTail),
    ...statistics(file, 'studentQuantileOfTail', 1e-12, studentQuantileOfTail),
  ]),
  ...[formats, r].flatMap((file) => statistics(file, 'chiSquaredUpperTail', 1e-12, chiSquaredUpperTail)),
]
