import { clopperPearson } from '../../../src/stats/proportion.js'
import type { Result } from '../cell.js'

/** A one-sided bound of 5 % that errs more often than this is explained or mended. */
export const TOLERATED = 0.065

/** Each end of the interval by which simulation noise is judged errs in half a percent of cells. */
const NOISE = 0.005

export interface Share {
  readonly events: number
  readonly n: number
}

/** Whether the share is above what is tolerated by more than simulation noise explains. */
export function isTooLarge(share: Share): boolean {
  return share.n > 0 && clopperPearson(share, NOISE).low > TOLERATED
}

/** In percent to one digit; an error rate that is too large is set in bold. */
export function percent({ events, n }: Share): string {
  return n === 0 ? '–' : ((100 * events) / n).toFixed(1)
}

export function errorRate(share: Share): string {
  return isTooLarge(share) ? `**${percent(share)}**` : percent(share)
}

/** What can be read off the cells of single measures, as shares of the runs that were measured or of all of them. */
export const READINGS = {
  harmfulEnd: ({ counts }: Result): Share => ({ events: counts.harmfulEndErrs!, n: counts.measured! }),
  otherEnd: ({ counts }: Result): Share => ({ events: counts.otherEndErrs!, n: counts.measured! }),
  shown: ({ counts }: Result): Share => ({ events: counts.shown!, n: counts.measured! }),
  pass: ({ counts }: Result): Share => ({ events: counts.pass!, n: counts.runs! }),
  fail: ({ counts }: Result): Share => ({ events: counts.fail!, n: counts.runs! }),
  measured: ({ counts }: Result): Share => ({ events: counts.measured!, n: counts.runs! }),
} as const

export type ReadingName = keyof typeof READINGS
