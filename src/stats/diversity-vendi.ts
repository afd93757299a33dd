import { symmetricEigenvalues } from './diversity-eigenvalues.js'
import { entropyOf } from './diversity-entropy.js'
import type { SymmetricMatrix } from './diversity-pairs.js'

/**
 * Vendi score: exp of the Shannon entropy of the eigenvalues of K/n, K the similarities of n samples with 1 on the
 * diagonal. The effective number of distinct samples: 1 where all are alike, n where none is like another. It grows with
 * n, so arms are compared at one n. Rounding, or a kernel that is not positive semi-definite, can make an eigenvalue
 * negative: it counts as 0. Null without samples.
 * Source: Friedman & Dieng 2022, arXiv 2210.02410.
 */
export function vendiScore({ size, values }: SymmetricMatrix): number | null {
  if (size === 0) return null
  const shares = symmetricEigenvalues({ size, values: values.map((x) => x / size) })
  return Math.exp(entropyOf(shares))
}
