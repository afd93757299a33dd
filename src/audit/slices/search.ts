import { byCodeUnit } from '../../domain/order.js'
import { AXES, type HarmedSlice, SHAPES, type SliceSearch } from '../../domain/slice.js'
import { benjaminiHochberg } from '../../stats/benjamini-hochberg.js'
import { Examples, type KeptExample } from '../examples.js'
import type { Observed } from '../observation.js'
import type { EvaluationContext } from '../questions.js'
import { askedOf } from './asked.js'
import { candidatesOf, sharedCases } from './candidates.js'
import type { Slices } from './slices.js'
import { MIN_CLUSTERS, type SliceTest, testsOf } from './test.js'

/** Slices that a report names at most. */
const MOST_NAMED = 12

export interface Searched {
  readonly search: SliceSearch
  /** The examples that it shows, with where they stand. */
  readonly examples: readonly KeptExample[]
}

/** What a run says that searched nothing. */
export const NOTHING_SEARCHED: SliceSearch = {
  searched: 0,
  tests: 0,
  minClusters: MIN_CLUSTERS,
  cut: [],
  harmed: [],
}

/**
 * The slices of the data in which harm is shown, and more of it than in the rest. Every pooled measure that may decide and
 * that slices count is tested on every slice that has enough clusters inside and outside; p-values are corrected for all
 * of these tests together. Exploratory: nothing of it decides.
 */
export function searchSlices(observation: Observed, slices: Slices, context: EvaluationContext): Searched {
  const { alpha, examples } = context.policy
  const asked = askedOf(observation, context)
  const tests = candidatesOf(slices).flatMap((candidate) => testsOf(candidate, slices.all, asked, alpha))
  const adjusted = benjaminiHochberg(tests.map(({ p }) => p))
  const judged = tests.map((test, i): Judged => ({ ...test, adjustedP: adjusted[i]! }))
  const shown = judged.filter(({ adjustedP }) => adjustedP < alpha).sort(clearestFirst)
  const named = withoutAccountedFor(shown, judged).slice(0, MOST_NAMED)
  const kept = named.map(({ test }) => (examples ? worstOf(test) : []))
  return {
    search: {
      searched: new Set(tests.map(({ candidate }) => candidate)).size,
      tests: tests.length,
      minClusters: MIN_CLUSTERS,
      cut: slices.cut,
      harmed: named.map((one, i) => harmedSlice(one, kept[i]!)),
    },
    examples: kept.flat(),
  }
}

interface Judged extends SliceTest {
  readonly adjustedP: number
}

interface Named {
  readonly test: Judged
  readonly also: Judged[]
  readonly alike: Judged[]
}

/** By what is shown, then by its size; of equals by name, so that the order never depends on the data's. */
function clearestFirst(a: Judged, b: Judged): number {
  return (
    a.adjustedP - b.adjustedP ||
    b.slice.interval.low - a.slice.interval.low ||
    AXES.indexOf(a.candidate.axis) - AXES.indexOf(b.candidate.axis) ||
    shapeRank(a) - shapeRank(b) ||
    byCodeUnit(a.candidate.name, b.candidate.name) ||
    byCodeUnit(a.measure.id, b.measure.id)
  )
}

const SHAPE_RANKS: ReadonlyMap<string, number> = new Map(SHAPES.map((shape, rank) => [shape, rank]))

function shapeRank({ candidate: { name } }: Judged): number {
  return SHAPE_RANKS.get(name) ?? 0
}

/**
 * Each slice once, under its clearest measure, and none whose harm one before it accounts for: the same cases under another
 * name, a part of it that is no worse, or a larger slice that is only harmed where it holds the other.
 */
function withoutAccountedFor(shown: readonly Judged[], judged: readonly Judged[]): Named[] {
  const named: Named[] = []
  for (const test of shown) {
    const same = named.find((one) => one.test.candidate === test.candidate)
    const before = named.find((one) => accountsFor(one.test, test, judged))
    if (same !== undefined) same.also.push(test)
    else if (before === undefined) named.push({ test, also: [], alike: [] })
    else if (!before.alike.some(({ candidate }) => candidate === test.candidate)) before.alike.push(test)
  }
  return named
}

/**
 * Whether a slice's interval holds the harm that it would have if it were harmed only where the other slice is, at the
 * other's rate and at the rate of what lies outside the other elsewhere.
 */
function accountsFor(named: Judged, { candidate, measure, slice }: Judged, judged: readonly Judged[]): boolean {
  const own = judged.find((other) => other.candidate === named.candidate && other.measure === measure)
  if (own === undefined) return false
  const share = sharedCases(own.candidate, candidate) / candidate.cases
  return slice.interval.low <= share * harmOf(own, 'slice') + (1 - share) * Math.max(0, harmOf(own, 'rest'))
}

function harmOf(test: Judged, where: 'slice' | 'rest'): number {
  const { value } = test[where].change
  return test.measure.worse === 'lower' ? -value : value
}

function worstOf({ tallies, measure }: SliceTest): readonly KeptExample[] {
  const worst = new Examples()
  for (const tally of tallies) worst.merge(tally.allExamples(measure))
  return worst.items
}

function harmedSlice({ test, also, alike }: Named, kept: readonly KeptExample[]): HarmedSlice {
  const { candidate, detector, measure, slice, rest, p, adjustedP } = test
  const { axis, name, cases } = candidate
  return {
    axis,
    name,
    cases,
    detector: detector.id,
    measure: measure.id,
    unit: measure.unit,
    // Only measures with a direction are searched.
    worse: measure.worse ?? 'higher',
    ...numbersOf(slice),
    p,
    adjustedP,
    rest: numbersOf(rest),
    also: also.map((other) => ({ detector: other.detector.id, measure: other.measure.id })),
    alike: alike.map((other) => ({
      axis: other.candidate.axis,
      name: other.candidate.name,
      cases: other.candidate.cases,
      shared: sharedCases(candidate, other.candidate),
    })),
    examples: kept.map(({ example }) => example),
  }
}

function numbersOf({ n, clusters, baseline, tuned, change }: SliceTest['slice']): HarmedSlice['rest'] {
  return { n, clusters, baseline, tuned, change }
}
