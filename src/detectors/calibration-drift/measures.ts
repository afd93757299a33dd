import type { Measure, Unmeasured, Value } from '../../domain/measure.js'
import { unmeasured } from '../../domain/measure.js'
import { oncePer } from '../../domain/once-per.js'
import { byTasks } from '../../domain/pool.js'
import type { Arm, PerArm } from '../../domain/record.js'
import type { Sums } from '../../domain/tally.js'
import {
  debiasedSquaredError,
  expectedCalibrationError,
  levelEntropy,
  modalLevel,
  murphy,
} from '../../stats/calibration-error.js'
import { equalWidthError } from '../../stats/equal-width-bins.js'
import { smoothCalibrationError } from '../../stats/smooth-calibration.js'
import {
  BINS,
  discrimination,
  gridOf,
  levelCounts,
  ofArms,
  ofBinned,
  ofGrids,
  UNCARRIED,
  widthBinsOf,
} from './grids.js'
import { CONFIDENT } from './observe.js'

const common = {
  needs: ['confidence', 'score'],
  interval: 'jackknife',
  scope: 'task',
  worse: 'higher',
  cases: ['cases'],
} as const

export const measures: readonly Measure[] = [
  {
    ...common,
    id: 'brier-score',
    title: 'Mean squared distance of confidence from right (1) or wrong (0)',
    unit: 'squared-error',
    margin: 0.05,
    role: 'guarded',
    pool: 'sum',
    sliced: ['outputs', 'brierBaseline', 'brierTuned'],
    range: 1,
    of: (sums) => perOutput(sums, sums.sum('brierBaseline'), sums.sum('brierTuned')),
    worstCase: { cases: ['cases', 'unsureCases'], of: worstCaseBrier },
    details: (sums) => ({ murphy: ofArms((arm) => ({ ...murphy(gridOf(sums, arm)) })) }),
  },
  {
    ...common,
    id: 'missing-confidence-rate',
    title: 'Share of outputs without a usable confidence',
    unit: 'share',
    margin: 0.05,
    role: 'guarded',
    // Guarded with the Brier score: by itself it says nothing of substance, so it must not carry a pass.
    pool: 'sum',
    cases: ['allCases'],
    sliced: [
      'allOutputs',
      'withConfidence',
      'missingBaseline',
      'missingTuned',
      'allRepeats',
      'missingOnlyBaseline',
      'missingOnlyTuned',
    ],
    range: 1,
    of: missingRate,
    worstCase: { cases: ['allCases', 'lostCases'], of: worstMissingRate },
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
    sliced: [
      'outputs',
      'confidentErrorsBaseline',
      'confidentErrorsTuned',
      'repeats',
      'confidentErrorOnlyBaseline',
      'confidentErrorOnlyTuned',
    ],
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
    of: modalLevels,
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
    details: (sums) => ({ equalWidth10: ofArms((arm) => equalWidthError(widthBinsOf(sums, arm))) }),
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

function perOutput(sums: Sums, baseline: number, tuned: number): Value | Unmeasured {
  const n = sums.count('outputs')
  return n === 0 ? UNCARRIED : { kind: 'arms', baseline: baseline / n, tuned: tuned / n }
}

const modes = oncePer((whole: Sums): PerArm<number> => {
  const of = (arm: Arm) => modalLevel(levelCounts(whole, arm))
  return { baseline: of('baseline'), tuned: of('tuned') }
})

/** Each arm's most frequent level is chosen once: with ties, a deletion would move on to a level as frequent. */
function modalLevels(sums: Sums, whole: Sums): Value | Unmeasured {
  const n = sums.count('outputs')
  if (n === 0) return UNCARRIED
  const share = (arm: Arm) => levelCounts(sums, arm)[modes(whole)[arm]]! / n
  return { kind: 'arms', baseline: share('baseline'), tuned: share('tuned') }
}

/** Complete cases and those that lack a tuned confidence or output, at its worst, together. */
function worstCaseBrier(sums: Sums): Value | Unmeasured {
  const n = sums.count('outputs') + sums.count('unsureOutputs')
  if (n === 0) return UNCARRIED
  return {
    kind: 'arms',
    baseline: (sums.sum('brierBaseline') + sums.sum('unsureBaseline')) / n,
    tuned: (sums.sum('brierTuned') + sums.sum('unsureTuned')) / n,
  }
}

function missingRate(sums: Sums): Value | Unmeasured {
  const n = sums.count('allOutputs')
  if (n === 0 || sums.count('withConfidence') === 0) return unmeasured({ code: 'missing-field', needs: ['confidence'] })
  return { kind: 'arms', baseline: sums.count('missingBaseline') / n, tuned: sums.count('missingTuned') / n }
}

/** A lost output has no confidence. */
function worstMissingRate(sums: Sums): Value | Unmeasured {
  const own = missingRate(sums)
  if (own.kind === 'unmeasured') return own
  const lost = sums.count('lostOutputs')
  const n = sums.count('allOutputs') + lost
  return {
    kind: 'arms',
    baseline: (sums.count('missingBaseline') + sums.count('lostMissing')) / n,
    tuned: (sums.count('missingTuned') + lost) / n,
  }
}
