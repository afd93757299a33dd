import { expect, it } from 'vitest'
import { sparkline } from '../../../src/report/trend/sparkline.js'

it.each([
  [[0, 1, 2, 3, 4, 5, 6, 7], '▁▂▃▄▅▆▇█'],
  [[1, null, 0], '█·▁'],
  [[0.5, 0.5], '▁▁'],
  [[null, null], '··'],
  [[-1e300, 1e300], '▁█'],
])('%j is %s', (values, drawn) => {
  expect(sparkline(values)).toBe(drawn)
})
