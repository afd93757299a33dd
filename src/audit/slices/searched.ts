import type { Measure } from '../../domain/measure.js'

/** What slices count: measures whose columns are added over tasks, that have an interval and a direction of harm. */
export function isCountedBySlice({ pool, worse, interval, corpus, unavailable }: Measure): boolean {
  return (
    pool === 'sum' && worse !== null && interval === 'jackknife' && corpus === undefined && unavailable === undefined
  )
}
