import type { AnyDetector } from '../domain/detector.js'
import { calibrationDrift } from './calibration-drift.js'
import { crossTaskRegression } from './cross-task-regression.js'

/** Every detector, by id. */
export const detectors: readonly AnyDetector[] = [calibrationDrift, crossTaskRegression]
