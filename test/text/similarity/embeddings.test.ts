import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cosineOf } from '../../../src/text/similarity/embeddings.js'

const references = JSON.parse(
  readFileSync(new URL('../../../fixtures/references/diversity.json', import.meta.url), 'utf8'),
)

describe('cosineOf', () => {
  it('agrees with scikit-learn, also for tiny numbers', () => {
    const key = Object.keys(references).find((name) => name.startsWith('cosineOf:'))!
    const { vectors, matrix } = references[key] as { vectors: number[][]; matrix: number[][] }
    const found = cosineOf(vectors)
    if (found.status !== 'measured') throw new Error(found.code)
    expect(found.matrix.size).toBe(vectors.length)
    for (const [at, expected] of matrix.flat().entries()) expect(found.matrix.values[at]).toBeCloseTo(expected, 12)
  })

  it.each([
    [[[1, 2], [1]], 'embedding-dimensions', 1],
    [[[]], 'embedding-dimensions', 0],
    [
      [
        [1, 2],
        [1, 2],
        [Number.NaN, 1],
      ],
      'embedding-values',
      2,
    ],
    [
      [
        [1, 2],
        [0, 0],
      ],
      'embedding-zero',
      1,
    ],
  ])('%j is not comparable: %s at %d', (vectors, code, index) => {
    expect(cosineOf(vectors)).toEqual({ status: 'invalid', code, index })
  })

  it('no vectors have no similarities', () => {
    expect(cosineOf([])).toEqual({ status: 'measured', matrix: { size: 0, values: new Float64Array(0) } })
  })
})
