import type { Policy } from './policy.js'
import type { FindingName, Inputs, Verdict } from './report.js'

/** A share of runs, with the interval in which it lies with 95 % confidence (Clopper–Pearson). */
export interface RunShare {
  readonly events: number
  readonly runs: number
  readonly share: number
  readonly low: number
  readonly high: number
}

/** `exchange`: the arms of random cases exchanged. `split`: the baseline's own samples, one half against the other. */
export const NULLS = ['exchange', 'split'] as const
export type Null = (typeof NULLS)[number]

/** How often data in which nothing changed fail the gate. */
export interface FalseAlarms {
  readonly kind: Null
  readonly cases: number
  /** What is exchanged together: clusters, or cases that are their own. */
  readonly units: number
  /** Ways in which the baseline was split; 0 for an exchange. */
  readonly splits: number
  readonly failed: RunShare
  readonly verdicts: Readonly<Record<Verdict, number>>
  /** What failed in those runs, and in how many, the most frequent first. */
  readonly causes: readonly (FindingName & { readonly runs: number })[]
}

/** A fault planted in a share of the cases that can carry it. */
export interface StrengthTrial {
  /** Share of those cases that are hit, 0–1. */
  readonly strength: number
  /** Mean harm that it does, in the measure's unit. */
  readonly harm: number
  /** Of the runs in which the finding decides: with exchanged arms the baseline may settle it otherwise. */
  readonly caught: RunShare
  /** Probability by the formula that `plan` uses. */
  readonly predicted: number
}

export interface FaultTrial {
  /** The detector that should name it. */
  readonly fault: string
  /** The finding that shows it best. */
  readonly named: FindingName
  /** Cases that can carry it, and the task that they are of where it is planted in one only. */
  readonly cases: number
  readonly task: string | null
  readonly strengths: readonly StrengthTrial[]
  /** Smallest strength tried that was caught in 80 % and in 95 % of runs; null where none was. */
  readonly caught80: number | null
  readonly caught95: number | null
  /** Strengths at which far fewer runs than predicted caught it. */
  readonly missed: readonly number[]
  readonly blame: readonly Blame[]
}

/** What a detector says where a fault is planted, at the strength caught in 95 % of runs. */
export interface Blame {
  readonly detector: string
  /** Runs in which one of its findings fails. */
  readonly failed: RunShare
  /** What the fault truly makes worse; empty for a detector that it does not concern. */
  readonly changed: readonly FindingName[]
}

export type Lack =
  /** No case carries what the fault needs. */
  | { readonly code: 'missing-field'; readonly needs: readonly string[] }
  /** Nothing of the detector's can decide on these data. */
  | { readonly code: 'nothing-decides' }
  | { readonly code: 'detector-off' }

export interface LackingFault {
  readonly fault: string
  readonly lack: Lack
}

export type SelftestReason =
  | { readonly code: 'as-promised' }
  /** Data without harm fail more often than α. */
  | { readonly code: 'false-alarms'; readonly kind: Null }
  /** Planted harm is caught less often than predicted. */
  | { readonly code: 'harm-missed'; readonly fault: string; readonly strength: number }

/** What the auditor is worth on the user's data. */
export interface Selftest {
  readonly schemaVersion: 1
  readonly tool: { readonly name: string; readonly version: string }
  readonly exitCode: number
  readonly reasons: readonly SelftestReason[]
  readonly seed: number
  readonly inputs: Inputs
  readonly alpha: number
  readonly falseAlarms: readonly FalseAlarms[]
  /** Why the baseline could not be split. */
  readonly splitLack: { readonly code: 'no-repeats' } | null
  readonly faults: readonly FaultTrial[]
  readonly lacking: readonly LackingFault[]
  readonly config: Policy
}
