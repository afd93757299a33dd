import { describe, expect, it } from 'vitest'
import { difference, type Statistic } from './statistic.js'

/** A test for each row of references. Every expected value stands in fixtures/references/ under the command that computed it. */
export function check(statistics: readonly Statistic[]): void {
  describe.each(statistics)('$name against $source', ({ tolerance, scale, rows }) => {
    it.each(rows)('($of) is $expected', ({ expected, actual }) => {
      const values = actual()
      expect(values).toHaveLength(expected.length)
      expected.forEach((value, i) => {
        expect(difference(values[i], value, scale), `${values[i]}, reference ${value}`).toBeLessThanOrEqual(tolerance)
      })
    })
  })
}
