import { describe, expect, it } from 'vitest'
import { calibration } from './references/calibration.js'
import { distributions } from './references/distributions.js'
import { correctionsAndErrors, power } from './references/inference.js'
import { nist } from './references/nist.js'
import { shares } from './references/proportions.js'
import { difference } from './references/statistic.js'
import { classes, variety } from './references/variety.js'

// Every expected value stands in fixtures/references/ under the command that computed it.
const all = [
  ...calibration,
  ...classes,
  ...variety,
  ...shares,
  ...correctionsAndErrors,
  ...power,
  ...distributions,
  ...nist,
]

describe.each(all)('$name against $source', ({ tolerance, scale, values }) => {
  it.each(values)('($of) is $expected', (value) => {
    expect(difference(value, scale), `${value.actual}, reference ${value.expected}`).toBeLessThanOrEqual(tolerance)
  })
})

describe('the references', () => {
  it('are more than a thousand values', () => {
    expect(all.reduce((total, { values }) => total + values.length, 0)).toBeGreaterThan(1000)
  })

  it('stand in fixtures/references/agreement.md, rewritten by `npx vitest run test/stats/references.test.ts -u`', async () => {
    await expect(table()).toMatchFileSnapshot('../../fixtures/references/agreement.md')
  })
})

const COLUMNS = '| statistic | reference | values | largest difference allowed, relative |\n| --- | --- | --- | --- |'

function table(): string {
  const rows = all.map((statistic) => {
    const { name, source, values, tolerance } = statistic
    return `| ${name} | ${source} | ${values.length} | ${tolerance} |`
  })
  return ['# What each statistic was held against', '', COLUMNS, ...rows, ''].join('\n')
}
