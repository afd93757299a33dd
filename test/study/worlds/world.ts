import type { Case } from '../../../src/domain/case.js'
import type { AnyDetector } from '../../../src/domain/detector.js'
import type { Json } from '../../../src/domain/json.js'
import { exchanged } from '../../audit/support.js'

/** A kind of case and how often it occurs. */
export interface Kind {
  readonly case: Case
  readonly weight: number
}

/**
 * What cases of a run are drawn from. Without harm both arms have the same distribution, exactly: whatever kind is among
 * `harmless`, its exchange is too, with the same weight. With strength s a case is drawn from the harmless ones and, in a
 * share s of all draws, its tuned side spoilt.
 */
export interface World {
  readonly detector: AnyDetector
  readonly options: Readonly<Record<string, Json>>
  readonly measure: string
  readonly margin: number
  readonly harmless: readonly Kind[]
  readonly spoilt: (case_: Case) => Case
  /** Whether the true harm is the measure's value over the whole distribution; else the mean over the runs stands for it. */
  readonly truth: 'population' | 'mean of runs'
}

export interface WorldParameters {
  readonly rate: number
  readonly agreement: number
  readonly samples: number
}

/** The kinds and, with the same weights, their exchanges. */
export function closedUnderExchange(kinds: readonly Kind[]): Kind[] {
  return kinds.flatMap((kind) => [kind, { case: exchanged(kind.case), weight: kind.weight }])
}

/**
 * Every pair of outcomes of the arms with its weight: in a share `agreement` of cases the arms have the same one, else
 * each its own, drawn alike.
 */
export function pairsOf<T>(outcomes: readonly { readonly outcome: T; readonly share: number }[], agreement: number) {
  return outcomes.flatMap((before) =>
    outcomes.map((after) => ({
      baseline: before.outcome,
      tuned: after.outcome,
      weight: (1 - agreement) * before.share * after.share + (before === after ? agreement * before.share : 0),
    })),
  )
}

/** The case with each tuned sample replaced. */
export function withTuned(case_: Case, replace: (sample: Case['tuned'][number]) => Case['tuned'][number]): Case {
  const tuned = case_.tuned.map(replace)
  return { ...case_, tuned, all: { ...case_.all, tuned } }
}
