import type { Json } from '../../domain/json.js'
import type { Details } from '../../domain/measure.js'
import type { Sums } from '../../domain/tally.js'
import { reliabilityBins } from '../../stats/calibration-error.js'
import type { GridSums } from '../../stats/confidence-grid.js'
import { equalMassBins } from '../../stats/equal-mass-bins.js'
import { brierAtTemperature, fitTemperature } from '../../stats/temperature.js'
import { BINS, gridOf, ofArms, totalsOf } from './grids.js'

/** Reliability diagrams, and what one temperature, fitted on the even buckets, would recover on the odd ones. */
export function reliabilityExhibit(sums: Sums, [fit, held]: readonly [Sums, Sums]): Details | null {
  if (sums.count('cases') === 0) return null
  const bins = equalMassBins(totalsOf(sums), BINS)
  return {
    bins: ofArms((arm) => reliabilityBins(gridOf(sums, arm), bins).map((bin) => ({ ...bin }))),
    temperature: ofArms((arm) => recovered(gridOf(fit, arm), gridOf(held, arm))),
  }
}

function recovered(fit: GridSums, held: GridSums): Json {
  const temperature = fitTemperature(fit)
  if (temperature === null) return null
  return { temperature, brier: brierAtTemperature(held, 1), brierScaled: brierAtTemperature(held, temperature) }
}
