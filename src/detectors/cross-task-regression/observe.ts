import { type Case, correctnessOf, type LostCase, outcomes, scoreOf } from '../../domain/case.js'
import type { PerArm, Sample } from '../../domain/record.js'
import type { Counter, Tally } from '../../domain/tally.js'
import { at } from './columns.js'

export function observe(case_: Case, tally: Tally, isTarget: (task: string) => boolean): void {
  const correctness = pairOf(case_, correctnessOf)
  // Scores of both arms, where both carry scores: never one arm's score against the other's correctness.
  const scores = pairOf(case_, scoreOf) ?? correctness
  if (scores === null) observeUnscored(case_, tally, isTarget(case_.task))
  else observeScores(scores, tally, isTarget(case_.task))
  if (correctness !== null) observeFlips(correctness, tally)
  if (case_.all.baseline.length > 1) observeOwnFlips(case_, tally)
}

/** A case that the tuned arm lost: as if none of its outputs were scored. */
export function observeLost({ task, samples }: LostCase, counter: Counter, isTarget: (task: string) => boolean): void {
  observeUnscored({ baseline: samples, tuned: [] }, counter, isTarget(task))
}

interface Pair {
  readonly baseline: readonly number[]
  readonly tuned: readonly number[]
  readonly genuine: boolean
}

function pairOf(case_: Case, value: typeof scoreOf): Pair | null {
  const baseline = outcomes(case_.baseline, value)
  const tuned = outcomes(case_.tuned, value)
  if (baseline === null || tuned === null) return null
  return { baseline: baseline.values, tuned: tuned.values, genuine: baseline.genuine || tuned.genuine }
}

function observeScores(pair: Pair, tally: Tally, isTarget: boolean): void {
  if (!pair.genuine) {
    tally.count(at.failedCases, 1)
    return
  }
  const baseline = mean(pair.baseline)
  const tuned = mean(pair.tuned)
  tally.count(at.cases, 1)
  tally.add(at.scoreBaseline, baseline)
  tally.add(at.scoreTuned, tuned)
  tally.count(isTarget ? at.targetCases : at.otherCases, 1)
  tally.add(isTarget ? at.targetBaseline : at.otherBaseline, baseline)
  tally.add(isTarget ? at.targetTuned : at.otherTuned, tuned)
  if (pair.baseline.length > 1 || !isBinary(baseline) || !isBinary(tuned)) tally.count(at.graded, 1)
  else if (baseline > tuned) tally.count(at.onlyBaseline, 1)
  else if (tuned > baseline) tally.count(at.onlyTuned, 1)
  if (tuned < baseline) tally.example('score', baseline - tuned, 'score-fell', fallOf(pair))
}

/** An unscored tuned output of a case that the baseline scores may be unscored because it is bad. */
function observeUnscored(arms: PerArm<readonly Sample[]>, tally: Counter, isTarget: boolean): void {
  const byScore = outcomes(arms.baseline, scoreOf)
  const baseline = byScore ?? outcomes(arms.baseline, correctnessOf)
  if (baseline === null) return
  const value = byScore === null ? correctnessOf : scoreOf
  const tuned = arms.tuned.map((sample) => value(sample))
  if (!baseline.genuine && tuned.every((known) => known === null)) return
  const worst = tuned.length === 0 ? 0 : mean(tuned.map((known) => known ?? 0))
  tally.count(at.unscoredCases, 1)
  tally.add(at.unscoredBaseline, mean(baseline.values))
  tally.add(at.unscoredTuned, worst)
  if (isTarget) return
  tally.count(at.otherUnscoredCases, 1)
  tally.add(at.otherUnscoredBaseline, mean(baseline.values))
  tally.add(at.otherUnscoredTuned, worst)
}

function isBinary(value: number): boolean {
  return value === 0 || value === 1
}

/** The best baseline sample beside the worst tuned one. */
function fallOf({ baseline, tuned }: Pair): { baseline: number; tuned: number } {
  return { baseline: baseline.indexOf(Math.max(...baseline)), tuned: tuned.indexOf(Math.min(...tuned)) }
}

function observeFlips(pair: Pair, tally: Tally): void {
  if (!pair.genuine) return
  const before = mean(pair.baseline)
  const after = mean(pair.tuned)
  tally.count(at.flipCases, 1)
  tally.add(at.flipsNegative, before * (1 - after))
  tally.add(at.flipsPositive, (1 - before) * after)
  tally.add(at.flipsBothRight, before * after)
  tally.add(at.flipsBothWrong, (1 - before) * (1 - after))
  if (before > 0 && after < 1)
    tally.example('negative-flip-rate', before * (1 - after), 'right-then-wrong', fallOf(pair))
  if (pair.baseline.length < 2) return
  tally.count(at.repeatCases, 1)
  tally.count(at.allRightBaseline, before === 1 ? 1 : 0)
  tally.count(at.allRightTuned, after === 1 ? 1 : 0)
  tally.count(at.sometimesBaseline, before > 0 && before < 1 ? 1 : 0)
  tally.count(at.sometimesTuned, after > 0 && after < 1 ? 1 : 0)
}

/**
 * Flips between two of the baseline's own samples, unbiased over ordered pairs: right·wrong/(k·(k − 1)). It is the noise
 * floor of flips to the tuned arm, so every sample of both arms serves.
 */
function observeOwnFlips(case_: Case, tally: Tally): void {
  const before = outcomes(case_.all.baseline, correctnessOf)
  const after = outcomes(case_.all.tuned, correctnessOf)
  if (before === null || after === null || !(before.genuine || after.genuine)) return
  const k = before.values.length
  const right = before.values.reduce((total, value) => total + value, 0)
  tally.count(at.ownCases, 1)
  tally.add(at.ownFlips, (right * (k - right)) / (k * (k - 1)))
  tally.add(at.toTunedFlips, (right / k) * (1 - mean(after.values)))
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}
