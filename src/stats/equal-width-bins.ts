/** As many as the papers on calibration use. */
export const EQUAL_WIDTH_BINS = 10

/** Left-closed bins [i/10, (i + 1)/10), the last one closed, with the edges as decimals read. */
export function equalWidthBin(confidence: number): number {
  const bin = Math.min(EQUAL_WIDTH_BINS - 1, Math.floor(confidence * EQUAL_WIDTH_BINS))
  // The double below .9, times ten, is 9.
  return confidence < bin / EQUAL_WIDTH_BINS ? bin - 1 : bin
}

/** What each bin adds up to; every array has EQUAL_WIDTH_BINS entries. */
export interface WidthBins {
  /** Outputs. */
  readonly n: readonly number[]
  /** Σq. */
  readonly confidence: readonly number[]
  /** Right outputs. */
  readonly correct: readonly number[]
}

/**
 * Expected calibration error over bins of equal width, Σ |Σq − Σy|/N, 0–1; 0 without outputs.
 * Source: Naeini, Cooper & Hauskrecht 2015, AAAI-15:2901–2907.
 */
export function equalWidthError({ n, confidence, correct }: WidthBins): number {
  const outputs = n.reduce((sum, count) => sum + count, 0)
  if (outputs === 0) return 0
  return correct.reduce((error, right, bin) => error + Math.abs(confidence[bin]! - right), 0) / outputs
}
