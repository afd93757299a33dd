import type { Finding } from './finding.js'
import type { Report, Verdict } from './report.js'

/** A report and the name of the file that it was read from. */
export interface NamedReport {
  readonly path: string
  readonly report: Report
}

/** Several audits, in the order in which they were given: mostly of the checkpoints of one tune. */
export interface Trend {
  readonly schemaVersion: 1
  readonly reports: readonly TrendReport[]
  /** The first that fails, by number from 0; null where none does. */
  readonly firstFail: number | null
  readonly series: readonly Series[]
}

export interface TrendReport {
  readonly path: string
  readonly verdict: Verdict
  /** Whether what it was held against is what the first report was held against; null where that is not known. */
  readonly sameBaseline: boolean | null
}

/** One measure, pooled or of one task, over the reports. */
export interface Series extends Pick<Finding, 'detector' | 'measure' | 'task' | 'unit' | 'worse'> {
  /** In the first report that has it; null where it is one number of the pair. */
  readonly baseline: number | null
  /** One for each report; null where the report does not have the measure. */
  readonly points: readonly (Point | null)[]
  /** The first report in which it fails, by number from 0, and the one after which it failed in all; null where none. */
  readonly firstFail: number | null
  readonly failsSince: number | null
}

export type Point = Pick<Finding, 'tuned' | 'change' | 'margin' | 'status' | 'decides'>
