import type { Finding } from './finding.js'
import type { Json } from './json.js'
import type { FindingName, Verdict } from './report.js'

/** What changed from one audit to another. Nothing is tested: two audits of one pair of models differ by chance too. */
export interface Comparison {
  readonly schemaVersion: 1
  readonly before: ComparedReport
  readonly after: ComparedReport
  /** Places of the resolved config, by dotted path. */
  readonly config: readonly ConfigChange[]
  /** Detectors whose version is another one cannot be told from a report; the tool's version can. */
  readonly findings: readonly FindingChange[]
  readonly added: readonly FindingName[]
  readonly removed: readonly FindingName[]
  /** Findings that both audits have, of which nothing differs. */
  readonly unchanged: number
}

export interface ComparedReport {
  readonly path: string
  readonly tool: string
  readonly verdict: Verdict
  readonly exitCode: number
  readonly cases: number
  /** Of the files of each arm; equal lists are the same outputs. Null for standard input. */
  readonly baseline: readonly (string | null)[]
  readonly tuned: readonly (string | null)[]
}

export interface ConfigChange {
  readonly path: string
  /** Null where it is not there. */
  readonly before: Json
  readonly after: Json
}

export interface FindingChange extends FindingName {
  readonly worse: Finding['worse']
  readonly before: FindingState
  readonly after: FindingState
}

export type FindingState = Pick<
  Finding,
  'status' | 'role' | 'decides' | 'baseline' | 'tuned' | 'change' | 'margin' | 'n'
>
