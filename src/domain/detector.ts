import type { Case } from './case.js'
import type { Json } from './json.js'
import type { Measure } from './measure.js'
import type { Column, Sums, Tally } from './tally.js'

export interface Source {
  readonly title: string
  readonly where: string
}

/** `explain`, SARIF rules and help print these. */
export interface Docs {
  readonly why: string
  readonly how: string
  readonly limits: string
  readonly sources: readonly Source[]
}

/** One way in which tuning goes wrong. */
export interface Detector<Options> {
  readonly id: string
  /** Rises whenever the same input gives other numbers. */
  readonly version: number
  readonly title: string
  readonly docs: Docs
  /** JSON Schema of the options: an object that allows no other key. */
  readonly options: object
  readonly defaults: Options
  /** Globs in the options that name tasks: one that names none is a mistake. */
  readonly taskGlobs?: (options: Options) => readonly string[]
  /** Called once per distinct options. */
  prepare(options: Options): Prepared
}

export interface Prepared {
  readonly columns: readonly Column[]
  readonly measures: readonly Measure[]
  readonly exhibits: readonly ExhibitMaker[]
  observe(case_: Case, tally: Tally): void
}

/** Data that a picture needs; pooled exhibits get the sums over all tasks. */
export interface ExhibitMaker {
  readonly kind: string
  /** `halves`: the even and the odd buckets, for what must be fitted on one half and tried on the other. */
  of(sums: Sums, halves: readonly [Sums, Sums]): Json | null
}

/** A detector whose options are checked by its schema rather than by the compiler. */
export type AnyDetector = Detector<unknown>

export function defineDetector<Options>(detector: Detector<Options>): AnyDetector {
  const { taskGlobs, ...rest } = detector
  const prepare = (options: unknown) => detector.prepare(options as Options)
  if (taskGlobs === undefined) return { ...rest, prepare }
  return { ...rest, prepare, taskGlobs: (options: unknown) => taskGlobs(options as Options) }
}
