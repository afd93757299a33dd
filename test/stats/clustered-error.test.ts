import { describe, expect, it } from 'vitest'
import { clusteredStandardError } from '../../src/stats/clustered-error.js'

describe('clusteredStandardError', () => {
  it('does not depend on the order of clusters, nor on what is added to all values', () => {
    const clusters = [[1, 0, 1], [0], [1, 1], [0, 0, 0, 1]]
    const error = clusteredStandardError(clusters)
    expect(clusteredStandardError([...clusters].reverse())).toBeCloseTo(error, 15)
    expect(clusteredStandardError(clusters.map((values) => values.map((x) => x + 8)))).toBeCloseTo(error, 14)
  })

  it('is that of one value per cluster, where a cluster holds one value m times', () => {
    const values = [0.2, 0.9, 0.4, 0.7, 0.1]
    const once = clusteredStandardError(values.map((x) => [x]))
    const copies = values.map((x) => new Array<number>(6).fill(x))
    expect(clusteredStandardError(copies)).toBeCloseTo(once, 14)
    expect(clusteredStandardError(copies.flat().map((x) => [x]))).toBeCloseTo(once / Math.sqrt(6), 14)
  })

  it('refuses no values', () => {
    expect(() => clusteredStandardError([])).toThrow(new RangeError('a standard error of no values'))
    expect(() => clusteredStandardError([[]])).toThrow(new RangeError('a standard error of no values'))
  })
})
