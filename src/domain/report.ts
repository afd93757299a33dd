import type { ArmCaseName, CaseName } from './case.js'
import type { Example, Finding } from './finding.js'
import type { Json } from './json.js'
import type { Policy } from './policy.js'
import type { ErrorReason } from './problem.js'
import type { PerArm, Place } from './record.js'
import type { VerifierFault } from './verification.js'

export const VERDICTS = ['pass', 'fail', 'inconclusive', 'error'] as const
export type Verdict = (typeof VERDICTS)[number]

export interface FindingName {
  readonly detector: string
  readonly measure: string
  readonly task: string | null
}

export type VerdictReason =
  | { readonly code: 'guarded-pass'; readonly findings: readonly FindingName[]; readonly passChance: number }
  | { readonly code: 'harm'; readonly findings: readonly FindingName[]; readonly passChance: number }
  | { readonly code: 'not-proven'; readonly findings: readonly FindingName[]; readonly passChance: number }
  | ErrorReason

export interface InputFile {
  /** As given; a hyphen for standard input. */
  readonly path: string
  /** Of the bytes on disk; null for standard input and for a file that was not read to its end. */
  readonly sha256: string | null
  readonly format: string
  readonly records: number
  readonly badLines: number
  /** Numbers that JSON cannot hold (NaN, Infinity) or sums cannot (beyond ±2^20): read as unknown. */
  readonly unknownNumbers: number
  /** Records of tasks that `--tasks` leaves out. */
  readonly otherTasks: number
}

/** How many, and the smallest five by code unit. */
export interface Listed<Name = CaseName> {
  readonly count: number
  readonly first: readonly Name[]
}

export interface Inputs extends PerArm<readonly InputFile[]> {
  readonly labels: readonly LabelFile[]
}

export interface LabelFile {
  readonly path: string
  readonly sha256: string
  readonly rows: number
}

export interface Pairing {
  /** Cases that both arms have. */
  readonly cases: number
  /** Of them, those in which both arms have the same outputs with the same confidences. */
  readonly identical: number
  readonly onlyBaseline: Listed
  readonly onlyTuned: Listed
  readonly promptMismatches: Listed
  /** Repeated (task, id, sample). */
  readonly duplicates: Listed<ArmCaseName>
  /** Samples that errored, and samples whose output is blank; counted per sample, listed per case and arm. */
  readonly errors: Listed<ArmCaseName>
  readonly empty: Listed<ArmCaseName>
}

/** Share of records that carry the field, per arm. */
export interface FieldCoverage {
  readonly baseline: number
  readonly tuned: number
  readonly used: boolean
  /** What every value in both arms is: `share` for numbers from 0 to 1. */
  readonly kind: 'boolean' | 'share' | 'number' | 'other'
}

export type Notice =
  | { readonly code: 'alias'; readonly field: string; readonly name: string; readonly records: PerArm<number> }
  | { readonly code: 'paired-by-prompt'; readonly cases: number }
  | {
      readonly code: 'score-out-of-range'
      readonly records: PerArm<number>
      readonly lowest: number
      readonly highest: number
    }
  | { readonly code: 'unknown-numbers'; readonly records: PerArm<number> }
  | { readonly code: 'bad-lines'; readonly lines: PerArm<number> }
  | { readonly code: 'same-bytes' }
  | { readonly code: 'identical-outputs'; readonly identical: number; readonly cases: number }
  /** `without` of `cases` paired cases lack a prompt in one arm or both. */
  | { readonly code: 'prompts-not-compared'; readonly without: number; readonly cases: number }
  /** `correct` says something else than the score does on these records; the score is what is averaged. */
  | { readonly code: 'score-before-correct'; readonly source: string; readonly records: PerArm<number> }
  | { readonly code: 'surplus-samples'; readonly samples: PerArm<number> }
  | { readonly code: 'prompts-ignored'; readonly cases: number }
  /** Outputs that got their correctness from a grader, their confidence from their text, or a label from a sheet. */
  | { readonly code: 'graded'; readonly outputs: PerArm<number> }
  | { readonly code: 'confidence-from-text'; readonly outputs: PerArm<number> }
  | { readonly code: 'labelled'; readonly outputs: PerArm<number> }
  /** Rows of the label sheet that name no output of the tasks selected, and its columns that hold no label. */
  | { readonly code: 'labels-unused'; readonly rows: number; readonly columns: readonly string[] }

/** What did not work while the run went on. */
export type Fault =
  | { readonly detector: string; readonly code: 'detector-crashed'; readonly message: string }
  /** The user's verifier failed on `count` outputs; the message is the first one's. */
  | {
      readonly detector: string
      readonly code: 'verifier'
      readonly fault: VerifierFault
      readonly count: number
      readonly message: string
      readonly first: readonly OutputName[]
    }

export interface OutputName extends ArmCaseName {
  readonly sample: number
}

export interface Exhibit {
  readonly detector: string
  readonly task: string | null
  readonly kind: string
  readonly data: Json
}

export interface Location extends Place {
  readonly task: string
  readonly id: string
  readonly sample: number
}

/** The product: every output is a pure function of it. Only `inputs` and `locations` depend on files and their order. */
export interface Report {
  readonly schemaVersion: 1
  readonly tool: { readonly name: string; readonly version: string }
  readonly verdict: Verdict
  readonly exitCode: number
  readonly reason: VerdictReason
  readonly inputs: Inputs
  readonly pairing: Pairing
  readonly fields: Readonly<Record<string, FieldCoverage>>
  readonly notices: readonly Notice[]
  readonly findings: readonly Finding[]
  readonly exhibits: readonly Exhibit[]
  readonly faults: readonly Fault[]
  readonly locations: PerArm<readonly Location[]>
  readonly config: Policy
}

export type { Example, Finding }
