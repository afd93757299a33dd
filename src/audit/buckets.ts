/** Rows of a tally that are left out one at a time. */
export const BUCKETS = 128
