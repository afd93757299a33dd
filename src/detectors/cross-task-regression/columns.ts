import { count, defineColumns, once, sum } from '../../domain/tally.js'

export const { list: columns, at } = defineColumns({
  cases: count(),
  /** Cases in which every sample of both arms failed: wrong in both, where the task is scored at all. */
  failedCases: count(),
  scoreBaseline: sum(),
  scoreTuned: sum(),
  /** Cases that are not one right-or-wrong sample in each arm. */
  graded: count(),
  /** Cases whose baseline is scored and some tuned sample is not, or all are lost: what is missing counts as the worst. */
  unscoredCases: count(),
  unscoredBaseline: sum(),
  unscoredTuned: sum(),
  otherUnscoredCases: count(),
  otherUnscoredBaseline: sum(),
  otherUnscoredTuned: sum(),
  onlyBaseline: count(),
  onlyTuned: count(),
  otherCases: count(),
  otherBaseline: sum(),
  otherTuned: sum(),
  targetCases: count(),
  targetBaseline: sum(),
  targetTuned: sum(),
  flipCases: count(),
  flipsNegative: sum(),
  flipsPositive: sum(),
  /** The rest of the table of right and wrong before and after. */
  flipsBothRight: once(sum()),
  flipsBothWrong: once(sum()),
  ownCases: count(),
  ownFlips: sum(),
  toTunedFlips: sum(),
  repeatCases: count(),
  allRightBaseline: count(),
  allRightTuned: count(),
  sometimesBaseline: count(),
  sometimesTuned: count(),
})
