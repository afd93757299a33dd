import { type Plant, withTuned } from './fault.js'

/** Every sample becomes a copy of the first one, verdicts included. */
export const copiedSamples: Plant = {
  fault: 'lost-diversity',
  way: 'copied',
  plant: (case_) => {
    const [first] = case_.tuned
    if (first === undefined || case_.tuned.length < 2) return null
    return withTuned(case_, ({ number, place }) => ({ ...first, number, place }))
  },
}
