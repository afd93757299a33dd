import { type Case, correctnessOf, outcomes } from '../domain/case.js'
import { defineDetector } from '../domain/detector.js'
import type { Json } from '../domain/json.js'
import { type Details, type Measure, type Unmeasured, unmeasured, type Value } from '../domain/measure.js'
import { byTasks } from '../domain/pool.js'
import type { Arm, Sample } from '../domain/record.js'
import { CELLS, count, defineColumns, type Sums, sum, type Tally } from '../domain/tally.js'
import { auroc, rightAndWrong } from '../stats/auroc.js'
import {
  debiasedSquaredError,
  expectedCalibrationError,
  levelEntropy,
  modalShare,
  murphy,
  reliabilityBins,
} from '../stats/calibration-error.js'
import { type GridSums, LEVELS, levelOf } from '../stats/confidence-grid.js'
import { equalMassBins } from '../stats/equal-mass-bins.js'
import { smoothCalibrationError } from '../stats/smooth-calibration.js'
import { brierAtTemperature, fitTemperature } from '../stats/temperature.js'

/** Confidence from which an error counts as a confident one. */
const CONFIDENT = 0.9

/** Right and wrong outputs that each arm needs before a rank statistic says anything. */
const MIN_OF_EACH = 10

const BINS = 15
const EQUAL_WIDTH_BINS = 10

const { list: columns, at } = defineColumns({
  /** Cases in which every sample of both arms carries confidence and correctness, and their samples per arm. */
  cases: count(),
  outputs: count(),
  brierBaseline: sum(),
  brierTuned: sum(),
  sumConfidenceBaseline: sum(),
  sumConfidenceTuned: sum(),
  sumRightBaseline: count(),
  sumRightTuned: count(),
  confidentErrorsBaseline: count(),
  confidentErrorsTuned: count(),
  repeats: count(),
  confidentErrorOnlyBaseline: count(),
  confidentErrorOnlyTuned: count(),
  levelsBaseline: count(LEVELS),
  confidenceBaseline: sum(LEVELS),
  rightBaseline: count(LEVELS),
  levelsTuned: count(LEVELS),
  confidenceTuned: sum(LEVELS),
  rightTuned: count(LEVELS),
  widthBinsBaseline: count(EQUAL_WIDTH_BINS),
  widthConfidenceBaseline: sum(EQUAL_WIDTH_BINS),
  widthRightBaseline: count(EQUAL_WIDTH_BINS),
  widthBinsTuned: count(EQUAL_WIDTH_BINS),
  widthConfidenceTuned: sum(EQUAL_WIDTH_BINS),
  widthRightTuned: count(EQUAL_WIDTH_BINS),
  /** All paired cases, and their samples per arm. */
  allCases: count(),
  allOutputs: count(),
  allRepeats: count(),
  withConfidence: count(),
  missingBaseline: count(),
  missingTuned: count(),
  missingOnlyBaseline: count(),
  missingOnlyTuned: count(),
  /** Cases whose baseline carries everything and whose tuned arm carries correctness; its missing confidence costs 1. */
  worstCases: count(),
  worstOutputs: count(),
  worstBaseline: sum(),
  worstTuned: sum(),
})

const ARM_COLUMNS = {
  baseline: {
    brier: at.brierBaseline,
    sumConfidence: at.sumConfidenceBaseline,
    sumRight: at.sumRightBaseline,
    errors: at.confidentErrorsBaseline,
    levels: at.levelsBaseline,
    confidence: at.confidenceBaseline,
    right: at.rightBaseline,
    widthBins: at.widthBinsBaseline,
    widthConfidence: at.widthConfidenceBaseline,
    widthRight: at.widthRightBaseline,
  },
  tuned: {
    brier: at.brierTuned,
    sumConfidence: at.sumConfidenceTuned,
    sumRight: at.sumRightTuned,
    errors: at.confidentErrorsTuned,
    levels: at.levelsTuned,
    confidence: at.confidenceTuned,
    right: at.rightTuned,
    widthBins: at.widthBinsTuned,
    widthConfidence: at.widthConfidenceTuned,
    widthRight: at.widthRightTuned,
  },
} as const

export const calibrationDrift = defineDetector<Readonly<Record<string, never>>>({
  id: 'calibration-drift',
  version: 1,
  title: 'Confidently wrong',
  docs: {
    why: 'A reward for being right does not punish confident errors. After such a tune confidence is high everywhere and means nothing, while accuracy looks better.',
    how: 'The Brier score of both arms on the same outputs, its parts, and how well confidence ranks right above wrong. Confidence is kept on 1,000 logit levels and the atoms 0 and 1. A missing confidence is its own measure, never a 0, and is scored worst-case before the Brier score may pass.',
    limits:
      'It needs a confidence and a right-or-wrong for each output. Calibration error alone does not decide: it moves with accuracy, and with one confidence value for all it can look small. Under-confidence is a drift too; overconfidence gives the sign.',
    sources: [
      { title: 'Beyond binary rewards (RLCR), Damani et al. 2025', where: 'arXiv:2507.16806' },
      { title: 'Verified uncertainty calibration (debiased error), Kumar, Liang & Ma 2019', where: 'arXiv:1909.10155' },
      { title: 'Smooth ECE, Błasiok & Nakkiran 2023', where: 'arXiv:2309.12236' },
      {
        title: 'A new vector partition of the probability score, Murphy 1973',
        where: 'J. Appl. Meteorology 12:595–600',
      },
    ],
  },
  options: { type: 'object', properties: {}, additionalProperties: false },
  defaults: {},
  prepare: () => ({ columns, measures, exhibits: [{ kind: 'reliability', of: reliabilityExhibit }], observe }),
})

interface Judged {
  readonly sample: Sample
  readonly confidence: number | null
  readonly right: number
}

function observe(case_: Case, tally: Tally): void {
  observeMissing(case_, tally)
  const baseline = judgedOf(case_.baseline)
  const tuned = judgedOf(case_.tuned)
  if (baseline === null || tuned === null || !(baseline.genuine || tuned.genuine)) return
  observeWorstCase(baseline.outputs, tuned.outputs, tally)
  if (complete(baseline.outputs) && complete(tuned.outputs)) observeComplete(baseline.outputs, tuned.outputs, tally)
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

type Confident = Judged & { readonly confidence: number }

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
  return samples.filter(({ confidence }) => confidence === null).length
}

function observeWorstCase(baseline: readonly Judged[], tuned: readonly Judged[], tally: Tally): void {
  if (!complete(baseline)) return
  tally.count(at.worstCases, 1)
  tally.count(at.worstOutputs, baseline.length)
  for (const output of baseline) tally.add(at.worstBaseline, squaredError(output))
  for (const output of tuned) tally.add(at.worstTuned, squaredError(output))
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

/** Left-closed bins [i/10, (i + 1)/10), the last one closed, with the edges as decimals read. */
function equalWidthBin(confidence: number): number {
  const bin = Math.min(EQUAL_WIDTH_BINS - 1, Math.floor(confidence * EQUAL_WIDTH_BINS))
  if (bin < EQUAL_WIDTH_BINS - 1 && confidence >= (bin + 1) / EQUAL_WIDTH_BINS) return bin + 1
  return confidence < bin / EQUAL_WIDTH_BINS ? bin - 1 : bin
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

const UNCARRIED = unmeasured({ code: 'missing-field', needs: ['confidence', 'score'] })

const common = {
  needs: ['confidence', 'score'],
  interval: 'jackknife',
  scope: 'task',
  worse: 'higher',
  cases: ['cases'],
} as const

const measures: readonly Measure[] = [
  {
    ...common,
    id: 'brier-score',
    title: 'Mean squared distance of confidence from right (1) or wrong (0)',
    unit: 'squared-error',
    margin: 0.05,
    role: 'guarded',
    pool: 'sum',
    range: 1,
    of: (sums) => perOutput(sums, sums.sum('brierBaseline'), sums.sum('brierTuned')),
    worstCase: { cases: ['worstCases'], of: worstCaseBrier },
    details: (sums) => ({ murphy: ofArms((arm) => ({ ...murphy(gridOf(sums, arm)) })) }),
  },
  {
    ...common,
    id: 'missing-confidence-rate',
    title: 'Share of outputs without a usable confidence',
    unit: 'share',
    margin: 0.05,
    role: 'guarded',
    needs: ['confidence'],
    pool: 'sum',
    cases: ['allCases'],
    range: 1,
    of: missingRate,
    discordance: (sums) => {
      if (sums.count('allRepeats') > 0) return null
      return {
        cases: sums.count('allCases'),
        onlyBaseline: sums.count('missingOnlyBaseline'),
        onlyTuned: sums.count('missingOnlyTuned'),
      }
    },
  },
  {
    ...common,
    id: 'confident-error-rate',
    title: `Share of outputs that are wrong with confidence ≥ ${CONFIDENT}`,
    unit: 'share',
    margin: 0.05,
    role: 'watched',
    pool: 'sum',
    range: 1,
    of: (sums) => perOutput(sums, sums.count('confidentErrorsBaseline'), sums.count('confidentErrorsTuned')),
    discordance: (sums) => {
      if (sums.count('repeats') > 0) return null
      return {
        cases: sums.count('cases'),
        onlyBaseline: sums.count('confidentErrorOnlyBaseline'),
        onlyTuned: sums.count('confidentErrorOnlyTuned'),
      }
    },
  },
  {
    ...common,
    id: 'discrimination',
    title: 'AUROC of confidence for being right',
    unit: 'area',
    worse: 'lower',
    margin: 0.1,
    role: 'watched',
    pool: byTasks,
    range: 1,
    of: discrimination,
  },
  {
    ...common,
    id: 'confidence-collapse',
    title: 'Share of the most frequent confidence value',
    unit: 'share',
    margin: 0.1,
    role: 'watched',
    pool: byTasks,
    range: 1,
    of: (sums) => ofGrids(sums, modalShare),
    details: (sums) => ({ entropy: ofArms((arm) => levelEntropy(gridOf(sums, arm))) }),
  },
  {
    ...common,
    id: 'reliability',
    title: `Debiased squared calibration error, ${BINS} equal-mass bins`,
    unit: 'squared-error',
    margin: 0.01,
    role: 'watched',
    pool: byTasks,
    range: 1,
    of: (sums, whole) => ofBinned(sums, whole, debiasedSquaredError),
  },
  {
    ...common,
    id: 'expected-calibration-error',
    title: `Expected calibration error, ${BINS} equal-mass bins`,
    unit: 'error',
    margin: null,
    role: 'noted',
    pool: byTasks,
    range: null,
    of: (sums, whole) => ofBinned(sums, whole, expectedCalibrationError),
    details: (sums) => ({ equalWidth10: ofArms((arm) => equalWidthError(sums, arm)) }),
  },
  {
    ...common,
    id: 'smooth-calibration-error',
    title: 'Smooth calibration error, without bins',
    unit: 'error',
    margin: null,
    role: 'noted',
    interval: 'none',
    pool: byTasks,
    range: null,
    of: (sums) => ofGrids(sums, smoothCalibrationError),
  },
  {
    ...common,
    id: 'overconfidence',
    title: 'Mean confidence minus share right; above 0 over-confident, below 0 under-confident',
    unit: 'share',
    worse: null,
    margin: null,
    role: 'noted',
    pool: 'sum',
    range: 1,
    of: (sums) =>
      perOutput(
        sums,
        sums.sum('sumConfidenceBaseline') - sums.count('sumRightBaseline'),
        sums.sum('sumConfidenceTuned') - sums.count('sumRightTuned'),
      ),
  },
]

const GRID_COLUMNS = {
  baseline: { n: 'levelsBaseline', confidence: 'confidenceBaseline', correct: 'rightBaseline' },
  tuned: { n: 'levelsTuned', confidence: 'confidenceTuned', correct: 'rightTuned' },
} as const

/** Each part is read when it is first asked for: rank statistics need no confidences, shares no correctness. */
function gridOf(sums: Sums, arm: Arm): GridSums {
  const columns = GRID_COLUMNS[arm]
  let confidence: readonly number[] | null = null
  let correct: readonly number[] | null = null
  return {
    n: sums.counts(columns.n),
    get confidence() {
      confidence ??= sums.sums(columns.confidence)
      return confidence
    },
    get correct() {
      correct ??= sums.counts(columns.correct)
      return correct
    },
  }
}

function ofArms(of: (arm: Arm) => Json): { baseline: Json; tuned: Json } {
  return { baseline: of('baseline'), tuned: of('tuned') }
}

function perOutput(sums: Sums, baseline: number, tuned: number): Value | Unmeasured {
  const n = sums.count('outputs')
  return n === 0 ? UNCARRIED : { kind: 'arms', baseline: baseline / n, tuned: tuned / n }
}

function ofGrids(sums: Sums, of: (grid: GridSums) => number | null): Value | Unmeasured {
  const baseline = of(gridOf(sums, 'baseline'))
  const tuned = of(gridOf(sums, 'tuned'))
  return baseline === null || tuned === null ? UNCARRIED : { kind: 'arms', baseline, tuned }
}

type Binned = (grid: GridSums, binOf: ArrayLike<number>) => number | null

function ofBinned(sums: Sums, whole: Sums, of: Binned): Value | Unmeasured {
  const bins = equalMassBins(totalsOf(whole), BINS)
  return ofGrids(sums, (grid) => of(grid, bins))
}

/** Outputs of both arms by level: bins must not favour either arm. */
function totalsOf(sums: Sums): number[] {
  const tuned = sums.counts('levelsTuned')
  return sums.counts('levelsBaseline').map((n, level) => n + tuned[level]!)
}

function worstCaseBrier(sums: Sums): Value | Unmeasured {
  const n = sums.count('worstOutputs')
  return n === 0
    ? UNCARRIED
    : { kind: 'arms', baseline: sums.sum('worstBaseline') / n, tuned: sums.sum('worstTuned') / n }
}

function missingRate(sums: Sums): Value | Unmeasured {
  const n = sums.count('allOutputs')
  if (n === 0 || sums.count('withConfidence') === 0) return unmeasured({ code: 'missing-field', needs: ['confidence'] })
  return { kind: 'arms', baseline: sums.count('missingBaseline') / n, tuned: sums.count('missingTuned') / n }
}

function discrimination(sums: Sums): Value | Unmeasured {
  const baseline = gridOf(sums, 'baseline')
  const tuned = gridOf(sums, 'tuned')
  return tooFew(baseline, 'baseline') ?? tooFew(tuned, 'tuned') ?? ranked(baseline, tuned)
}

function tooFew(grid: GridSums, arm: Arm): Unmeasured | null {
  const { right, wrong } = rightAndWrong(grid)
  if (right + wrong === 0) return UNCARRIED
  const have = Math.min(right, wrong)
  if (have >= MIN_OF_EACH) return null
  const what = `${right < wrong ? 'right' : 'wrong'} outputs (${arm})`
  return unmeasured({ code: 'too-few', what, have, need: MIN_OF_EACH })
}

function ranked(one: GridSums, two: GridSums): Value | Unmeasured {
  const baseline = auroc(one)
  const tuned = auroc(two)
  return baseline === null || tuned === null ? UNCARRIED : { kind: 'arms', baseline, tuned }
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function equalWidthError(sums: Sums, arm: Arm): number {
  const suffix = arm === 'baseline' ? 'Baseline' : 'Tuned'
  const right = sums.counts(`widthRight${suffix}`)
  const confidence = sums.sums(`widthConfidence${suffix}`)
  const n = total(sums.counts(`widthBins${suffix}`))
  return n === 0 ? 0 : right.reduce((error, correct, bin) => error + Math.abs(confidence[bin]! - correct), 0) / n
}

/** Reliability diagrams, and what one temperature, fitted on the even buckets, would recover on the odd ones. */
function reliabilityExhibit(sums: Sums, [fit, held]: readonly [Sums, Sums]): Details | null {
  if (sums.count('cases') === 0) return null
  const bins = equalMassBins(totalsOf(sums), BINS)
  return {
    bins: ofArms((arm) => reliabilityBins(gridOf(sums, arm), bins).map((bin) => ({ ...bin }))),
    temperature: ofArms((arm) => recovered(gridOf(fit, arm), gridOf(held, arm))),
  }
}

function recovered(fit: GridSums, held: GridSums): Json {
  const temperature = fitTemperature(fit)
  if (temperature === null) return null
  return { temperature, brier: brierAtTemperature(held, 1), brierScaled: brierAtTemperature(held, temperature) }
}
