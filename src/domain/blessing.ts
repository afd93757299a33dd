import type { Finding } from './finding.js'
import type { Report, Verdict } from './report.js'

/** A tuned model that somebody accepted, as an audit saw it: what the next audit takes for its baseline. */
export interface Blessing {
  readonly schemaVersion: 1
  readonly owner: string
  readonly reason: string
  /** SHA-256 of the report that was accepted. */
  readonly report: string
  readonly verdict: Verdict
  /** SHA-256 of the accepted model's files, in order. */
  readonly outputs: readonly string[]
  readonly cases: number
  /** What decided. */
  readonly findings: readonly BlessedFinding[]
}

export type BlessedFinding = Pick<
  Finding,
  'detector' | 'measure' | 'task' | 'status' | 'baseline' | 'tuned' | 'change' | 'margin' | 'waiver'
>

export type Acceptable = Pick<Report, 'verdict' | 'inputs' | 'pairing' | 'findings'>
