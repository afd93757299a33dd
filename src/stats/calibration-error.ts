import { type GridSums, outputsOf } from './confidence-grid.js'

/** The bin of each level, LEVELS entries, as `equalMassBins` gives it; any whole numbers from 0 will do. */
export type BinOfLevel = ArrayLike<number>

/** A non-empty bin of a reliability diagram. */
export interface ReliabilityBin {
  /** Outputs. */
  readonly n: number
  /** Mean confidence q, 0–1. */
  readonly confidence: number
  /** Share of right outputs, 0–1. */
  readonly accuracy: number
}

/** The bins that hold outputs, in the order of their numbers. */
export function reliabilityBins(grid: GridSums, binOf: BinOfLevel): ReliabilityBin[] {
  const sums = new Map<number, { n: number; confidence: number; correct: number }>()
  const { n: counts, confidence, correct } = grid
  for (let level = 0; level < counts.length; level++) {
    const n = counts[level]!
    if (n === 0) continue
    const bin = binOf[level]!
    const sum = sums.get(bin) ?? { n: 0, confidence: 0, correct: 0 }
    sum.n += n
    sum.confidence += confidence[level]!
    sum.correct += correct[level]!
    sums.set(bin, sum)
  }
  const inOrder = [...sums].sort(([a], [b]) => a - b)
  return inOrder.map(([, { n, confidence, correct }]) => ({ n, confidence: confidence / n, accuracy: correct / n }))
}

/**
 * Expected calibration error Σ n_b/N·|q̄_b − ȳ_b|, 0–1; biased upwards, the more so the fewer outputs a bin holds. Null
 * without outputs. Source: Naeini, Cooper & Hauskrecht 2015, AAAI-15:2901–2907.
 */
export function expectedCalibrationError(grid: GridSums, binOf: BinOfLevel): number | null {
  return meanOver(reliabilityBins(grid, binOf), ({ confidence, accuracy }) => Math.abs(confidence - accuracy))
}

/**
 * Squared calibration error without the plug-in's bias, in Brier's unit: Σ n_b/N·[(q̄_b − ȳ_b)² − ȳ_b(1 − ȳ_b)/(n_b − 1)].
 * Unclipped: about 0 for a calibrated model, so often negative. A bin with one output has no unbiased term; it is left
 * out of the sum and of N. Null where no bin has two. Takes the confidences within a bin as one value: their variance v_b
 * adds −Σ v_b/N, which equal-mass bins keep small. Source: Kumar, Liang & Ma 2019, arXiv 1909.10155.
 */
export function debiasedSquaredError(grid: GridSums, binOf: BinOfLevel): number | null {
  const usable = reliabilityBins(grid, binOf).filter(({ n }) => n >= 2)
  return meanOver(usable, ({ n, confidence, accuracy }) => {
    return (confidence - accuracy) ** 2 - (accuracy * (1 - accuracy)) / (n - 1)
  })
}

/** Terms of the Brier score, each 0–1. */
export interface MurphyTerms {
  /** Σ n/N·(q̄ − ȳ_level)², lower is better. */
  readonly reliability: number
  /** Σ n/N·(ȳ_level − ȳ)², higher is better. */
  readonly resolution: number
  /** ȳ(1 − ȳ), not in the model's hand. */
  readonly uncertainty: number
}

/**
 * Murphy's partition over the levels. Reliability − resolution + uncertainty is the Brier score of the levels' mean
 * confidences; where confidences vary within a level, the Brier score of the outputs differs by their variance and
 * covariance there (Stephenson, Coelho & Jolliffe 2008, Weather and Forecasting 23:752–757), a step being at most .01
 * wide in q. Null without outputs. Source: Murphy 1973, Journal of Applied Meteorology 12:595–600.
 */
export function murphy(grid: GridSums): MurphyTerms | null {
  const ownBin = grid.n.map((_, level) => level)
  const levels = reliabilityBins(grid, ownBin)
  const base = meanOver(levels, ({ accuracy }) => accuracy)
  if (base === null) return null
  return {
    reliability: meanOver(levels, ({ confidence, accuracy }) => (confidence - accuracy) ** 2)!,
    resolution: meanOver(levels, ({ accuracy }) => (accuracy - base) ** 2)!,
    uncertainty: base * (1 - base),
  }
}

/** The most frequent level, the lowest of several. */
export function modalLevel(n: readonly number[]): number {
  return n.indexOf(Math.max(...n))
}

/** Plug-in entropy of the levels, in nats: 0 if all outputs share one, at most ln LEVELS. Null without outputs. */
export function levelEntropy(grid: GridSums): number | null {
  const outputs = outputsOf(grid)
  if (outputs === 0) return null
  return grid.n.reduce((entropy, n) => (n === 0 ? entropy : entropy + (n / outputs) * Math.log(outputs / n)), 0)
}

/** Mean over outputs of a value that their bin shares. */
function meanOver(bins: readonly ReliabilityBin[], of: (bin: ReliabilityBin) => number): number | null {
  const outputs = bins.reduce((total, { n }) => total + n, 0)
  return outputs === 0 ? null : bins.reduce((total, bin) => total + bin.n * of(bin), 0) / outputs
}
