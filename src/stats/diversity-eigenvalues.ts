import type { SymmetricMatrix } from './diversity-pairs.js'

/** Seven or eight sweeps do for 32 rows; past this something is wrong with the matrix. */
const MOST_SWEEPS = 60

/**
 * Eigenvalues of a symmetric matrix, ascending, by cyclic Jacobi rotations: each rotation makes one off-diagonal entry
 * zero, until none counts beside the matrix's norm. Errors are some 1e-15 of the norm; the time is cubic, meant for up
 * to a hundred rows. Throws a RangeError on an entry that is not finite.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., §8.5.
 */
export function symmetricEigenvalues({ size, values }: SymmetricMatrix): number[] {
  if (!values.every(Number.isFinite)) throw new RangeError('eigenvalues of a matrix that is not finite')
  const a = values.slice()
  const negligible = Number.EPSILON * Math.sqrt(values.reduce((sum, x) => sum + x * x, 0))
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    if (!swept(a, size, negligible / Math.max(1, size))) break
  }
  return Array.from({ length: size }, (_, i) => a[i * size + i]!).sort((x, y) => x - y)
}

/** Rotates away each entry above the diagonal that counts, in row order; says whether there was one. */
function swept(a: Float64Array, size: number, negligible: number): boolean {
  let any = false
  for (let p = 0; p < size; p++) {
    for (let q = p + 1; q < size; q++) {
      if (Math.abs(a[p * size + q]!) <= negligible) continue
      rotate(a, size, p, q)
      any = true
    }
  }
  return any
}

/** The rotation of rows and columns p and q that makes a[p][q] zero; the smaller of the two angles, for stability. */
function rotate(a: Float64Array, size: number, p: number, q: number): void {
  const entry = a[p * size + q]!
  const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * entry)
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const cosine = 1 / Math.sqrt(tangent * tangent + 1)
  const sine = tangent * cosine
  a[p * size + p]! -= tangent * entry
  a[q * size + q]! += tangent * entry
  a[p * size + q] = 0
  a[q * size + p] = 0
  for (let k = 0; k < size; k++) {
    if (k === p || k === q) continue
    const left = a[k * size + p]!
    const right = a[k * size + q]!
    a[k * size + p] = cosine * left - sine * right
    a[k * size + q] = sine * left + cosine * right
    a[p * size + k] = a[k * size + p]!
    a[q * size + k] = a[k * size + q]!
  }
}
