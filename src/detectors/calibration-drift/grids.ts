import type { Json } from '../../domain/json.js'
import { type Unmeasured, unmeasured, type Value } from '../../domain/measure.js'
import { oncePer } from '../../domain/once-per.js'
import type { Arm } from '../../domain/record.js'
import type { Sums } from '../../domain/tally.js'
import { auroc, rightAndWrong } from '../../stats/auroc.js'
import type { GridSums } from '../../stats/confidence-grid.js'
import { equalMassBins } from '../../stats/equal-mass-bins.js'
import type { WidthBins } from '../../stats/equal-width-bins.js'

export const BINS = 15

/** Right and wrong outputs that each arm needs before a rank statistic says anything. */
const MIN_OF_EACH = 10

export const UNCARRIED = unmeasured({ code: 'missing-field', needs: ['confidence', 'score'] })

const GRID_COLUMNS = {
  baseline: { n: 'levelsBaseline', confidence: 'confidenceBaseline', correct: 'rightBaseline' },
  tuned: { n: 'levelsTuned', confidence: 'confidenceTuned', correct: 'rightTuned' },
} as const

/** Outputs of one arm by level. */
export function levelCounts(sums: Sums, arm: Arm): readonly number[] {
  return sums.counts(GRID_COLUMNS[arm].n)
}

/** Each part is read when it is first asked for: rank statistics need no confidences, shares no correctness. */
export function gridOf(sums: Sums, arm: Arm): GridSums {
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

export function ofArms(of: (arm: Arm) => Json): { baseline: Json; tuned: Json } {
  return { baseline: of('baseline'), tuned: of('tuned') }
}

export function ofGrids(sums: Sums, of: (grid: GridSums) => number | null): Value | Unmeasured {
  const baseline = of(gridOf(sums, 'baseline'))
  const tuned = of(gridOf(sums, 'tuned'))
  return baseline === null || tuned === null ? UNCARRIED : { kind: 'arms', baseline, tuned }
}

type Binned = (grid: GridSums, binOf: ArrayLike<number>) => number | null

const binsOf = oncePer((whole: Sums) => equalMassBins(totalsOf(whole), BINS))

export function ofBinned(sums: Sums, whole: Sums, of: Binned): Value | Unmeasured {
  const bins = binsOf(whole)
  return ofGrids(sums, (grid) => of(grid, bins))
}

/** Outputs of both arms by level: bins must not favour either arm. */
export function totalsOf(sums: Sums): number[] {
  const tuned = sums.counts('levelsTuned')
  return sums.counts('levelsBaseline').map((n, level) => n + tuned[level]!)
}

export function discrimination(sums: Sums): Value | Unmeasured {
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

/** Outputs of one arm by bins of equal width. */
export function widthBinsOf(sums: Sums, arm: Arm): WidthBins {
  const suffix = arm === 'baseline' ? 'Baseline' : 'Tuned'
  return {
    n: sums.counts(`widthBins${suffix}`),
    confidence: sums.sums(`widthConfidence${suffix}`),
    correct: sums.counts(`widthRight${suffix}`),
  }
}
