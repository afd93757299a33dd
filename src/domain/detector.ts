import type { Case, LostCase } from './case.js'
import type { Codec } from './codec/codec.js'
import type { Json } from './json.js'
import type { Measure } from './measure.js'
import type { Sample } from './record.js'
import type { Column, LostTally, Sampled, Sums, Tally } from './tally.js'
import type { VerifierSpec } from './verification.js'

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
  /** Options under which every measure can be measured: what help and schemas describe. The defaults where not given. */
  readonly described?: Options
  /** Globs in the options that name tasks: one that names none is a mistake. */
  readonly taskGlobs?: (options: Options) => readonly string[]
  /** What is wrong with options that fit their schema: a rule with a typo, a pattern that does not compile. */
  readonly check?: (options: Partial<Options>) => OptionFault | null
  /** Options that name files, relative to the config. */
  readonly files?: readonly FileOption[]
  /** The verifier that the options name; null where they name none. */
  readonly verifier?: (options: Options) => VerifierUse | null
  /** Called once per distinct options. */
  prepare(options: Options): Prepared
}

export interface OptionFault {
  /** Keys that lead to the value. */
  readonly path: readonly string[]
  /** What is wrong and what to do; may have several lines. */
  readonly message: string
}

export interface FileOption {
  readonly path: readonly string[]
  /** `json`: a text stands for the file with the value. `path`: stays a path. `directory`: the config's own by default. */
  readonly kind: 'json' | 'path' | 'directory'
}

export interface VerifierUse {
  readonly spec: VerifierSpec
  /** What the verifier is to see of an output; null where it need not see it. */
  valueOf(sample: Sample): { readonly value: unknown } | null
}

export interface Prepared {
  readonly columns: readonly Column[]
  readonly measures: readonly Measure[]
  readonly exhibits: readonly ExhibitMaker[]
  /** How what `observe` and `observeLost` keep of sampled cases is written; for a detector that keeps something. */
  readonly features?: Codec<unknown>
  observe(case_: Case, tally: Tally): void
  /**
   * Counts a case that the tuned arm lost where worst-case readings look, the tuned arm at its worst; must touch no column
   * that another reading uses.
   */
  observeLost?(lost: LostCase, tally: LostTally): void
}

/** Data that a picture needs; pooled exhibits get the sums over all tasks. */
export interface ExhibitMaker {
  readonly kind: string
  /**
   * `halves`: the even and the odd buckets, for what must be fitted on one half and tried on the other. `sampled`: the
   * cases in the sample.
   */
  of(sums: Sums, halves: readonly [Sums, Sums], sampled: readonly Sampled[]): Json | null
}

/** A detector whose options are checked by its schema rather than by the compiler. */
export type AnyDetector = Detector<unknown>

export function defineDetector<Options>(detector: Detector<Options>): AnyDetector {
  // Options reach a detector only after its schema has checked them.
  return detector as AnyDetector
}
