import { type Case, correctnessOf, type LostCase, outcomes } from '../../domain/case.js'
import type { Arm, Sample } from '../../domain/record.js'
import { CELLS, type Counter, type Tally } from '../../domain/tally.js'
import { levelOf } from '../../stats/confidence-grid.js'
import { equalWidthBin } from '../../stats/equal-width-bins.js'
import { ARM_COLUMNS, at } from './columns.js'

/** Confidence from which an error counts as a confident one. */
export const CONFIDENT = 0.9

interface Judged {
  readonly sample: Sample
  readonly confidence: number | null
  readonly right: number
}

type Confident = Judged & { readonly confidence: number }

export function observe(case_: Case, tally: Tally): void {
  observeMissing(case_, tally)
  const baseline = judgedOf(case_.baseline)
  const tuned = judgedOf(case_.tuned)
  if (baseline === null || tuned === null || !(baseline.genuine || tuned.genuine)) return
  if (!complete(baseline.outputs)) return
  if (complete(tuned.outputs)) observeComplete(baseline.outputs, tuned.outputs, tally)
  else observeUnsure(baseline.outputs, tuned.outputs, tally)
}

/** A case that the tuned arm lost: wrong with certainty, and without confidence. */
export function observeLost({ samples }: LostCase, counter: Counter): void {
  counter.count(at.lostCases, 1)
  counter.count(at.lostOutputs, samples.length)
  counter.count(at.lostMissing, withoutConfidence(samples))
  const baseline = judgedOf(samples)
  if (baseline === null || !baseline.genuine || !complete(baseline.outputs)) return
  counter.count(at.unsureCases, 1)
  counter.count(at.unsureOutputs, samples.length)
  for (const output of baseline.outputs) counter.add(at.unsureBaseline, squaredError(output))
  counter.add(at.unsureTuned, samples.length)
}

function observeComplete(baseline: readonly Confident[], tuned: readonly Confident[], tally: Tally): void {
  tally.count(at.cases, 1)
  tally.count(at.outputs, baseline.length)
  for (const output of baseline) observeOutput(output, 'baseline', tally)
  for (const output of tuned) observeOutput(output, 'tuned', tally)
  observeConfidentErrors(baseline, tuned, tally)
  observeExample(baseline, tuned, tally)
}

/** Outputs with their correctness; null where one is not known. */
function judgedOf(samples: readonly Sample[]): { outputs: readonly Judged[]; genuine: boolean } | null {
  const known = outcomes(samples, correctnessOf)
  if (known === null) return null
  const outputs = samples.map((sample, i) => ({ sample, confidence: sample.confidence, right: known.values[i]! }))
  return { outputs, genuine: known.genuine }
}

function complete(outputs: readonly Judged[]): outputs is readonly Confident[] {
  return outputs.every(({ confidence }) => confidence !== null)
}

function observeMissing({ baseline, tuned }: Case, tally: Tally): void {
  const missing = { baseline: withoutConfidence(baseline), tuned: withoutConfidence(tuned) }
  const outputs = baseline.length
  tally.count(at.allCases, 1)
  tally.count(at.allOutputs, outputs)
  tally.count(at.withConfidence, 2 * outputs - missing.baseline - missing.tuned)
  tally.count(at.missingBaseline, missing.baseline)
  tally.count(at.missingTuned, missing.tuned)
  if (outputs > 1) tally.count(at.allRepeats, 1)
  else if (missing.baseline !== missing.tuned)
    tally.count(missing.tuned === 1 ? at.missingOnlyTuned : at.missingOnlyBaseline, 1)
  if (missing.tuned > missing.baseline) {
    tally.example('missing-confidence-rate', (missing.tuned - missing.baseline) / outputs, 'confidence-gone')
  }
}

function withoutConfidence(samples: readonly Sample[]): number {
  let missing = 0
  for (const { confidence } of samples) if (confidence === null) missing++
  return missing
}

function observeUnsure(baseline: readonly Judged[], tuned: readonly Judged[], tally: Tally): void {
  tally.count(at.unsureCases, 1)
  tally.count(at.unsureOutputs, baseline.length)
  for (const output of baseline) tally.add(at.unsureBaseline, squaredError(output))
  for (const output of tuned) tally.add(at.unsureTuned, squaredError(output))
}

/** A missing confidence costs as much as certainty of the wrong thing. */
function squaredError({ confidence, right }: Judged): number {
  return confidence === null ? 1 : (confidence - right) ** 2
}

function observeOutput(output: Confident, arm: Arm, tally: Tally): void {
  const cells = ARM_COLUMNS[arm]
  const { confidence, right } = output
  const level = levelOf(confidence)
  const bin = equalWidthBin(confidence)
  tally.add(cells.brier, squaredError(output))
  tally.add(cells.sumConfidence, confidence)
  tally.count(cells.sumRight, right)
  tally.count(cells.levels + level, 1)
  tally.add(cells.confidence + CELLS.sum * level, confidence)
  tally.count(cells.widthBins + bin, 1)
  tally.add(cells.widthConfidence + CELLS.sum * bin, confidence)
  if (right === 1) {
    tally.count(cells.right + level, 1)
    tally.count(cells.widthRight + bin, 1)
  }
  if (isConfidentError(output)) tally.count(cells.errors, 1)
}

function isConfidentError({ confidence, right }: Judged): boolean {
  return confidence !== null && confidence >= CONFIDENT && right === 0
}

function observeConfidentErrors(baseline: readonly Confident[], tuned: readonly Confident[], tally: Tally): void {
  if (baseline.length > 1) {
    tally.count(at.repeats, 1)
    return
  }
  const before = isConfidentError(baseline[0]!)
  const after = isConfidentError(tuned[0]!)
  if (before !== after) tally.count(after ? at.confidentErrorOnlyTuned : at.confidentErrorOnlyBaseline, 1)
}

/** The tuned sample with the largest squared error, beside the baseline's best. */
function observeExample(baseline: readonly Confident[], tuned: readonly Confident[], tally: Tally): void {
  const before = baseline.map(squaredError)
  const after = tuned.map(squaredError)
  const samples = { baseline: before.indexOf(Math.min(...before)), tuned: after.indexOf(Math.max(...after)) }
  const rise = after[samples.tuned]! - before[samples.baseline]!
  if (rise > 0) tally.example('brier-score', rise, 'error-grew', samples)
  const worst = tuned[samples.tuned]!
  if (isConfidentError(worst)) tally.example('confident-error-rate', worst.confidence, 'confidently-wrong', samples)
}
