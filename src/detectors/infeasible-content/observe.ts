import type { Case, LostCase } from '../../domain/case.js'
import type { Arm } from '../../domain/record.js'
import type { Counter, Tally } from '../../domain/tally.js'
import { type Feasibility, judgeOutput, type Outcome } from './outcome.js'
import { observeYesNo, type Pair } from './yes-no.js'

type At = Readonly<Record<string, number>>

interface Judged {
  readonly baseline: readonly Outcome[]
  readonly tuned: readonly Outcome[]
}

export function observe(case_: Case, tally: Tally, feasibility: Feasibility, at: At): void {
  const judged = {
    baseline: case_.baseline.map((sample) => judgeOutput(sample, feasibility)),
    tuned: case_.tuned.map((sample) => judgeOutput(sample, feasibility)),
  }
  observeValid(judged, tally, at)
  if (some(judged, ({ feasible }) => feasible === 'fault')) tally.count(at.faultCases!, 1)
  else observeFeasible(judged, tally, at)
  feasibility.rules.forEach(({ name }, i) => {
    observeRule(name, i, judged, tally, at)
  })
  observeConstraints('Baseline', judged.baseline, tally, at)
  observeConstraints('Tuned', judged.tuned, tally, at)
}

/** A case that the tuned arm lost: infeasible there. */
export function observeLost({ samples }: LostCase, counter: Counter, feasibility: Feasibility, at: At): void {
  const baseline = samples.map((sample) => judgeOutput(sample, feasibility))
  if (baseline.some(({ feasible }) => feasible === 'fault')) counter.count(at.faultCases!, 1)
  else if (!isUnknown(baseline)) observeUnknown(baseline, [], counter, at)
}

function observeValid(judged: Judged, tally: Tally, at: At): void {
  if (some(judged, ({ valid }) => valid === null)) return
  observeYesNo('valid', pairOf(judged, isValid), at, tally)
  example('valid-rate', 'became-invalid', judged, isValid, tally)
}

function isValid({ valid }: Outcome): boolean {
  return valid === true
}

function isFeasible({ feasible }: Outcome): boolean {
  return feasible === true
}

function isHollow(outcome: Outcome): boolean {
  return isValid(outcome) && outcome.feasible === false
}

function observeFeasible(judged: Judged, tally: Tally, at: At): void {
  const { baseline, tuned } = judged
  if (isUnknown(baseline)) return
  if (isUnknown(tuned)) {
    observeUnknown(baseline, tuned, tally, at)
    return
  }
  observeYesNo('feasible', pairOf(judged, isFeasible), at, tally)
  example('feasible-rate', 'became-infeasible', judged, isFeasible, tally)
  if (some(judged, ({ valid }) => valid === null)) return
  observeYesNo('hollow', pairOf(judged, isHollow), at, tally)
  example('hollow-rate', 'became-hollow', judged, (outcome) => !isHollow(outcome), tally)
  if (some(judged, (outcome) => !isValid(outcome))) return
  observeYesNo('bothValid', pairOf(judged, isFeasible), at, tally)
  observeGap(judged, tally, at)
}

function observeUnknown(baseline: readonly Outcome[], tuned: readonly Outcome[], tally: Counter, at: At): void {
  tally.count(at.unknownCases!, 1)
  tally.add(at.unknownBaseline!, share(baseline, isFeasible))
  tally.add(at.unknownTuned!, tuned.length === 0 ? 0 : share(tuned, isFeasible))
}

function isUnknown(outcomes: readonly Outcome[]): boolean {
  return outcomes.some(({ feasible }) => feasible === 'unknown')
}

/** Where every output of both arms is feasible: an infeasible one may well have the better objective. */
function observeGap(judged: Judged, tally: Tally, at: At): void {
  if (some(judged, ({ feasible, gap }) => feasible !== true || gap === null)) return
  tally.count(at.gapCases!, 1)
  tally.add(at.gapBaseline!, mean(judged.baseline.map(({ gap }) => gap!)))
  tally.add(at.gapTuned!, mean(judged.tuned.map(({ gap }) => gap!)))
}

/** Over the cases whose every output could be asked. */
function observeRule(name: string, i: number, judged: Judged, tally: Tally, at: At): void {
  const of = ({ rules }: Outcome) => rules[i] ?? null
  if (some(judged, (outcome) => (of(outcome)?.kind ?? 'unevaluable') === 'unevaluable')) return
  observeYesNo(
    `rule:${name}:`,
    pairOf(judged, (outcome) => of(outcome)?.kind === 'violated'),
    at,
    tally,
  )
  const amounts = (outcomes: readonly Outcome[]) => outcomes.map((outcome) => amountOf(of(outcome)))
  const before = amounts(judged.baseline)
  const after = amounts(judged.tuned)
  if ([...before, ...after].some((amount) => amount === null)) return
  tally.count(at[`rule:${name}:amountCases`]!, 1)
  tally.add(at[`rule:${name}:amountBaseline`]!, mean(before.map(Number)))
  tally.add(at[`rule:${name}:amountTuned`]!, mean(after.map(Number)))
}

/** Sums hold no number beyond this; a violation so large counts as that. */
const MOST = 2 ** 20

function amountOf(outcome: Outcome['rules'][number]): number | null {
  if (outcome?.kind !== 'violated') return 0
  return outcome.amount === null ? null : Math.min(MOST, outcome.amount)
}

function observeConstraints(arm: Capitalize<Arm>, outcomes: readonly Outcome[], tally: Tally, at: At): void {
  for (const { rules, checked, satisfied } of outcomes) {
    tally.count(at[`checked${arm}`]!, checked)
    tally.count(at[`satisfied${arm}`]!, satisfied)
    tally.count(at[`unevaluable${arm}`]!, rules.some((rule) => rule?.kind === 'unevaluable') ? 1 : 0)
  }
}

function some({ baseline, tuned }: Judged, is: (outcome: Outcome) => boolean): boolean {
  return baseline.some(is) || tuned.some(is)
}

function pairOf({ baseline, tuned }: Judged, is: (outcome: Outcome) => boolean): Pair {
  return { baseline: baseline.map(is), tuned: tuned.map(is) }
}

/** A good baseline output beside a bad tuned one, with what is wrong with it. */
function example(
  measure: string,
  code: string,
  { baseline, tuned }: Judged,
  isGood: (outcome: Outcome) => boolean,
  tally: Tally,
): void {
  const fall = share(baseline, isGood) - share(tuned, isGood)
  if (fall <= 0) return
  const samples = { baseline: baseline.findIndex(isGood), tuned: tuned.findIndex((outcome) => !isGood(outcome)) }
  tally.example(measure, fall, code, samples, tuned[samples.tuned]!.violations.join('; '))
}

function share(outcomes: readonly Outcome[], is: (outcome: Outcome) => boolean): number {
  return outcomes.filter(is).length / outcomes.length
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}
