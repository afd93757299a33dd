import type { Example } from '../domain/finding.js'
import type { Arm, Place } from '../domain/record.js'
import type { Report } from '../domain/report.js'

export type PlaceOf = (example: Pick<Example, 'task' | 'id' | 'samples'>, arm: Arm) => Place | null

/** Where the outputs of examples stand; null where nothing says it. */
export function placesOf({ locations }: Pick<Report, 'locations'>): PlaceOf {
  const index = {
    baseline: new Map(locations.baseline.map((one) => [keyOf(one), one])),
    tuned: new Map(locations.tuned.map((one) => [keyOf(one), one])),
  }
  return ({ task, id, samples }, arm) => index[arm].get(keyOf({ task, id, sample: samples[arm] })) ?? null
}

function keyOf({ task, id, sample }: { readonly task: string; readonly id: string; readonly sample: number }): string {
  return JSON.stringify([task, id, sample])
}
