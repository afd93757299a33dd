import { describe, expect, it } from 'vitest'
import { Units } from '../../src/trial/units.js'
import { makeCase, makeGraded, mulberry32 } from '../audit/support.js'

const case_ = makeCase('monday', { baseline: [makeGraded(true)], tuned: [makeGraded(false)] })

function unitsOf(clusters: readonly number[]) {
  const units = new Units()
  for (const cluster of clusters) {
    const part = { tally: 0, bucket: cluster % 128, cells: Int32Array.of(cluster % 5), values: Float64Array.of(1) }
    units.add(cluster, case_, [part])
  }
  return units
}

describe('units', () => {
  it('keep clusters apart and join what shares one', () => {
    const units = unitsOf([128, 5, 128]).units()
    expect(units.map(({ key }) => key)).toEqual([5, 128])
    expect([...units[1]!.parts[0]!.values]).toEqual([2])
  })

  it('of large data hold a fixed number of groups, each within one bucket, in any order', () => {
    const random = mulberry32(3)
    const clusters = Array.from({ length: 20_000 }, () => Math.floor(random() * 2 ** 32))
    const units = unitsOf(clusters).units()
    expect(units.length).toBeLessThanOrEqual(8_192)
    expect(units.length).toBeGreaterThan(7_000)
    for (const { key, parts } of units) expect(parts.map(({ bucket }) => bucket)).toEqual([key % 128])
    const total = units.reduce((sum, { parts }) => sum + parts[0]!.values.reduce((a, b) => a + b, 0), 0)
    expect(total).toBe(20_000)
    const cells = (own: typeof units) => own.map(({ key, parts }) => [key, [...parts[0]!.cells].sort()])
    expect(cells(unitsOf(clusters.reverse()).units())).toEqual(cells(units))
  })
})
