import { type Plant, withTuned } from './fault.js'

/** Every confidence becomes 1. */
export const certainConfidence: Plant = {
  fault: 'calibration-drift',
  way: 'certain',
  plant: (case_) => {
    const carries = [...case_.baseline, ...case_.tuned].every(
      ({ confidence, correct, failed }) => confidence !== null && (correct !== null || failed !== null),
    )
    return carries ? withTuned(case_, (sample) => ({ ...sample, confidence: 1 })) : null
  },
}
