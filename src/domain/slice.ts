import type { Change, Example } from './finding.js'
import type { Unit, Worse } from './measure.js'

/** By what cases are told apart, most telling first: of slices that hold the same cases the first is named. */
export const AXES = ['shape', 'tag', 'domain', 'language', 'length', 'task'] as const
export type Axis = (typeof AXES)[number]

/** What a prompt may contain or be, most telling first. */
export const SHAPES = [
  'code',
  'code fence',
  'JSON',
  'table',
  'list',
  'several turns',
  'mathematics',
  'numbers',
  'question mark',
] as const
export type Shape = (typeof SHAPES)[number]

/** One thing that is true of a case. */
export interface Facet {
  readonly axis: Axis
  readonly name: string
}

/** What is known of a case beside its outputs. */
export interface Portrait {
  readonly facets: readonly Facet[]
  readonly prompt: Prompt | null
}

export interface Prompt {
  /** Everything that the model was shown, with roles. */
  readonly whole: string
  /** What was asked: the text without roles and system messages. */
  readonly asked: string
  /** Whether the record holds it as plain text. */
  readonly isText: boolean
}

export interface SliceName extends Facet {
  /** Cases in it. */
  readonly cases: number
}

/** A slice that holds harm which slices named before it do not account for. */
export interface HarmedSlice extends SliceName {
  readonly detector: string
  readonly measure: string
  readonly unit: Unit
  readonly worse: Worse
  /** Cases of the slice that carry the measure. */
  readonly n: number
  /** Effective number of clusters. */
  readonly clusters: number
  readonly baseline: number | null
  readonly tuned: number | null
  readonly change: Change
  /** The larger of two one-sided p: for harm > 0 in the slice, and for more harm in it than in the rest. */
  readonly p: number
  /** Benjamini–Hochberg, over every slice and measure that was tested. */
  readonly adjustedP: number
  /** All other cases. */
  readonly rest: {
    readonly n: number
    readonly clusters: number
    readonly baseline: number | null
    readonly tuned: number | null
    readonly change: Change
  }
  /** Other measures that show harm on the same slice, the clearest first. */
  readonly also: readonly { readonly detector: string; readonly measure: string }[]
  /** Slices whose harm this one accounts for; `shared` cases are in both. */
  readonly alike: readonly (SliceName & { readonly shared: number })[]
  readonly examples: readonly Example[]
}

/** Where harm is, among slices of the data. Exploratory: it never decides. */
export interface SliceSearch {
  /** Slices large enough to be tested, and tests (a slice and a measure). */
  readonly searched: number
  readonly tests: number
  /** Clusters that a slice and the rest must both have. */
  readonly minClusters: number
  /** Axes with more names than are followed; the smallest by code unit were. */
  readonly cut: readonly Axis[]
  /** The clearest first. */
  readonly harmed: readonly HarmedSlice[]
}
