import type { AnyDetector } from '../domain/detector.js'
import { calibrationDrift } from './calibration-drift/index.js'
import { crossTaskRegression } from './cross-task-regression/index.js'
import { formatCollapse } from './format-collapse/index.js'
import { infeasibleContent } from './infeasible-content/index.js'
import { lostDiversity } from './lost-diversity/index.js'

/** Every detector, by id. */
export const detectors: readonly AnyDetector[] = [
  calibrationDrift,
  crossTaskRegression,
  formatCollapse,
  infeasibleContent,
  lostDiversity,
]
