import { chanceOfNone } from './diversity-rarefaction.js'

export interface Attempts {
  /** Samples of one case, a whole number. */
  readonly n: number
  /** Those that are right, 0 … n. */
  readonly correct: number
}

/**
 * Unbiased estimate of pass@k, the chance that at least one of k fresh samples is right: 1 − C(n − c, k)/C(n, k), as a
 * product, since the binomials overflow. k from 1 to n, else a RangeError. Source: Chen et al. 2021, arXiv 2107.03374, §2.1.
 */
export function passAtK({ n, correct }: Attempts, k: number): number {
  if (k < 1 || k > n) throw new RangeError(`pass@${k} of ${n} samples`)
  return 1 - chanceOfNone(correct, n, k)
}
