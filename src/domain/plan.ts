import type { FindingReason } from './finding.js'
import type { Unit, Worse } from './measure.js'
import type { PerArm } from './record.js'
import type { InputFile } from './report.js'

/** From what the spread of a harmless change is known. */
export const BASES = ['own-samples', 'churn', 'own-samples-and-churn', 'report', 'stated'] as const
export type Basis = (typeof BASES)[number]

/** What n cases say of one guarded measure, and what they would take. Harm and margins are in the measure's unit. */
export interface PlannedMeasure {
  readonly detector: string
  readonly measure: string
  readonly unit: Unit
  readonly worse: Worse | null
  readonly margin: number
  readonly basis: Basis
  /** Cases that carry the measure, and the clusters that they are worth; null where no number was given. */
  readonly n: number | null
  readonly clusters: number | null
  /** Standard deviation of one cluster's change under a harmless tune. */
  readonly deviation: number
  /** The part of α that the measure's own test gets. */
  readonly tail: number
  /** Probability that a harmless tune passes the measure. */
  readonly passChance: number | null
  /** Probability that a tune which does twice the harm of the margin fails the measure. */
  readonly failChance: number | null
  /** The smallest margin that a harmless tune holds with a chance of 80 %. */
  readonly rulesOut: number | null
  /** The smallest harm that is shown with 80 % power. */
  readonly shows: number | null
  /** Cases for a chance of 80 %: that a harmless tune passes, and that twice the margin's harm fails. */
  readonly casesNeeded: { readonly toPass: number | null; readonly toFail: number | null }
  readonly samples: SamplesPlan | null
}

/** Where samples per case are known: what more of them would do at the present number of cases. */
export interface SamplesPlan {
  readonly perCase: number
  /** Variance of a case's change between cases (ω²), and of one sample within a case, both arms together (σ²_A + σ²_B). */
  readonly between: number
  readonly within: number
  /** Samples per case and arm with which these cases pass a harmless tune with a chance of 80 %; null where none do. */
  readonly needed: number | null
  /** Outputs per arm that either way takes; a sample costs the same in both. */
  readonly outputs: { readonly moreCases: number | null; readonly moreSamples: number | null }
  readonly cheaper: 'neither' | 'cases' | 'either' | 'samples' | 'none'
}

export interface Unplanned {
  readonly detector: string
  readonly measure: string
  readonly reason: FindingReason
}

export type PlanSource =
  | {
      readonly kind: 'baseline'
      readonly inputs: readonly InputFile[]
      readonly tasks: number
      readonly cases: number
      /** Cases of which the spread was taken: all, or as many as are kept. */
      readonly looked: number
      /** Mean number of samples per case. */
      readonly samplesPerCase: number
      /** What was asked, or null where it was left to the default. */
      readonly churn: number | null
      /** Share of the cases that were given another case's outputs, and share of those cases whose outcome that changes. */
      readonly redrawn: number
      readonly flipped: number | null
    }
  | { readonly kind: 'report'; readonly path: string; readonly cases: number; readonly tasks: number }
  | { readonly kind: 'rates'; readonly rate: number; readonly churn: number }

/** What a run could say, before it is run. */
export interface MeasurePlan {
  readonly schemaVersion: 1
  readonly tool: { readonly name: string; readonly version: string }
  readonly kind: 'measures'
  readonly source: PlanSource
  readonly alpha: number
  readonly power: number
  /** Probability that a harmless tune passes every measure, if they err independently. */
  readonly passChance: number | null
  readonly measures: readonly PlannedMeasure[]
  /** Measures that would be guarded and cannot be measured on these data. */
  readonly unplanned: readonly Unplanned[]
}

/** A test of no change, and the change that it is to show. */
export interface Superiority {
  /** Variance of the true change over cases, and of the samples of a case in either arm. */
  readonly omega2: number
  readonly sigma2: PerArm<number>
  /** Samples per case. */
  readonly samples: PerArm<number>
  /** The change to be shown. */
  readonly delta: number
  readonly alpha: number
  readonly power: number
  readonly sides: 1 | 2
}

/** The sample size of a test of no change. */
export interface SuperiorityPlan extends Superiority {
  readonly schemaVersion: 1
  readonly tool: { readonly name: string; readonly version: string }
  readonly kind: 'superiority'
  readonly cases: number
}

export type Plan = MeasurePlan | SuperiorityPlan
