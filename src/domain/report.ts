import type { ArmCaseName, CaseName } from './case.js'
import type { Example, Finding } from './finding.js'
import type { Json } from './json.js'
import type { LogprobReading, Policy } from './policy.js'
import type { ErrorReason } from './problem.js'
import type { Arm, PerArm, Place } from './record.js'
import type { Relaxation } from './relaxation.js'
import type { SettingName } from './settings.js'
import type { SliceSearch } from './slice.js'
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
  /** `open`: guarded measures that are neither proven nor failing. */
  | {
      readonly code: 'harm'
      readonly findings: readonly FindingName[]
      readonly open: readonly FindingName[]
      readonly passChance: number
    }
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
  /** What the file holds, by its own count: lines, array elements, archive members. */
  readonly rows: number
  /** Rows that hold no output to audit, by reason. */
  readonly leftOut: readonly { readonly reason: string; readonly rows: number }[]
  readonly companions: readonly CompanionFile[]
}

/** A file that says something about the records of others: settings of a run, scores, prompts. */
export interface CompanionFile {
  readonly path: string
  readonly format: string
  readonly sha256: string
}

/** How many, and the smallest five by code unit. */
export interface Listed<Name = CaseName> {
  readonly count: number
  readonly first: readonly Name[]
}

export interface Inputs extends PerArm<readonly InputFile[]> {
  readonly labels: readonly LabelFile[]
  /** The config and what it extends, in the order in which they were read. */
  readonly config: readonly ConfigFile[]
  /** What records name as their `model`. */
  readonly models: PerArm<Listed<ModelName>>
}

export interface ConfigFile {
  readonly path: string
  readonly sha256: string
}

export interface ModelName {
  readonly name: string
  readonly records: number
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

/** One setting that records name in `meta`. Values are JSON texts; of a case with several, all of them. */
export interface SettingSummary extends SettingName {
  /** The keys that lead to it, joined by dots. */
  readonly key: string
  /** Whether `pairing.allow` names it. */
  readonly allowed: boolean
  /** Paired cases in which both arms carry it, and those in which one alone does. */
  readonly cases: number
  readonly onlyBaseline: number
  readonly onlyTuned: number
  /** The smallest five values of each arm by code unit, and the cases that have others. */
  readonly values: PerArm<SettingValues>
  /** Cases in which the arms differ, and their tasks. */
  readonly differing: Listed<SettingDifference> & { readonly tasks: Listed<string> }
}

export interface SettingValues {
  readonly first: readonly { readonly value: string; readonly cases: number }[]
  readonly others: number
}

export interface SettingDifference extends CaseName {
  readonly baseline: string
  readonly tuned: string
}

export const COLUMN_KINDS = ['boolean', 'share', 'number', 'logprobs', 'other'] as const
/** What every value of a column is; `logprobs` for lists that look like log probabilities of tokens. */
export type ColumnKind = (typeof COLUMN_KINDS)[number]

/** Share of records that carry the field, per arm. */
export interface FieldCoverage {
  readonly baseline: number
  readonly tuned: number
  readonly used: boolean
  /** What every value in both arms is: `share` for numbers from 0 to 1. */
  readonly kind: ColumnKind
}

/** How far the run reached into one task. */
export interface TaskCoverage {
  readonly task: string
  /** Paired cases. */
  readonly cases: number
  /** Whether any baseline case says how good or whether right it is. */
  readonly scored: boolean
  /** Measures that were measured on the task: those that must pass when pooled, and the others that may fail the run. */
  readonly guarded: readonly MeasuredCases[]
  readonly watched: readonly MeasuredCases[]
}

export interface MeasuredCases {
  readonly detector: string
  readonly measure: string
  readonly cases: number
}

export type Notice =
  | { readonly code: 'alias'; readonly field: string; readonly name: string; readonly records: PerArm<number> }
  | { readonly code: 'score-chosen'; readonly names: readonly string[]; readonly others: readonly string[] }
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
  /** Every record of both arms that names a model names this one. */
  | { readonly code: 'same-model'; readonly name: string }
  | { readonly code: 'identical-outputs'; readonly identical: number; readonly cases: number }
  /** `without` of `cases` paired cases lack a prompt in one arm or both. */
  | { readonly code: 'prompts-not-compared'; readonly without: number; readonly cases: number }
  /** `correct` says something else than the score does on these records; the score is what is averaged. */
  | { readonly code: 'score-before-correct'; readonly source: string; readonly records: PerArm<number> }
  | { readonly code: 'surplus-samples'; readonly samples: PerArm<number> }
  | { readonly code: 'prompts-ignored'; readonly cases: number }
  /** A log holds fewer outputs of a task than it says itself. */
  | {
      readonly code: 'fewer-outputs'
      readonly arm: Arm | null
      readonly task: string
      readonly held: number
      readonly promised: number
    }
  /** Settings that differ, by key: those that the config allows, and those that never make arms incomparable. */
  | { readonly code: 'settings-differ'; readonly allowed: readonly string[]; readonly noted: readonly string[] }
  /** Settings that one arm alone names in some cases, by key: whether they differ is not known. */
  | { readonly code: 'settings-in-one-arm'; readonly baseline: readonly string[]; readonly tuned: readonly string[] }
  /** Outputs that got their correctness from a grader, their confidence from their text, or a label from a sheet. */
  | { readonly code: 'graded'; readonly outputs: PerArm<number> }
  | { readonly code: 'confidence-from-text'; readonly outputs: PerArm<number> }
  | {
      readonly code: 'confidence-from-logprobs'
      readonly reading: LogprobReading
      readonly outputs: PerArm<number>
    }
  | { readonly code: 'labelled'; readonly outputs: PerArm<number> }
  /** Rows of the label sheet that name no output of the tasks selected, and its columns that hold no label. */
  | { readonly code: 'labels-unused'; readonly rows: number; readonly columns: readonly string[] }
  /** Prompts under several ids, none of them in a cluster; `pointer` leads to the prompt, null where it is no text. */
  | (Likeness & { readonly code: 'repeated-prompts'; readonly pointer: string | null })
  /** A column that no cluster is read from, whose values look like clusters. */
  | (Likeness & { readonly code: 'cluster-column'; readonly column: string })
  /** Prompts of a task that share so many first characters, in several groups. */
  | (Likeness & { readonly code: 'shared-beginnings'; readonly task: string; readonly characters: number })

/** Groups of cases that look alike though no cluster names them. */
export interface Likeness {
  /** Groups of two or more cases, and the cases in them; estimates unless `exact`. */
  readonly repeated: number
  readonly cases: number
  readonly exact: boolean
  /** Mean number of cases in a case's group: standard errors may be too small by up to its square root. */
  readonly designEffect: number
}

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
  /** By task, by code unit; empty where nothing was judged. */
  readonly tasks: readonly TaskCoverage[]
  /** Where the config or the command line makes passing easier than the recommended policy. */
  readonly relaxations: readonly Relaxation[]
  /** By key. */
  readonly settings: readonly SettingSummary[]
  readonly fields: Readonly<Record<string, FieldCoverage>>
  readonly notices: readonly Notice[]
  readonly findings: readonly Finding[]
  readonly exhibits: readonly Exhibit[]
  readonly slices: SliceSearch
  readonly faults: readonly Fault[]
  readonly locations: PerArm<readonly Location[]>
  readonly config: Policy
}

export type { Example, Finding }
