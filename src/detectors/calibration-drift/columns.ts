import { count, defineColumns, sum } from '../../domain/tally.js'
import { LEVELS } from '../../stats/confidence-grid.js'
import { EQUAL_WIDTH_BINS } from '../../stats/equal-width-bins.js'

export const { list: columns, at } = defineColumns({
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
  /** Cases that the tuned arm lost, their baseline outputs, and those without a confidence. */
  lostCases: count(),
  lostOutputs: count(),
  lostMissing: count(),
  /** Cases whose baseline carries everything and whose tuned arm lacks some confidence or the case: it costs 1. */
  unsureCases: count(),
  unsureOutputs: count(),
  unsureBaseline: sum(),
  unsureTuned: sum(),
})

export const ARM_COLUMNS = {
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
