import { describe, expect, it } from 'vitest'
import { calibration } from './references/calibration.js'
import { distributions } from './references/distributions.js'
import { correctionsAndErrors, power } from './references/inference.js'
import { nist } from './references/nist.js'
import { shares } from './references/proportions.js'
import type { Statistic } from './references/statistic.js'
import { classes, variety } from './references/variety.js'

// Held against the statistics in references/*.test.ts.
const all: readonly Statistic[] = [
  ...calibration,
  ...classes,
  ...variety,
  ...shares,
  ...correctionsAndErrors,
  ...power,
  ...distributions,
  ...nist,
]

describe('the references', () => {
  it('are more than a thousand values', () => {
    expect(all.reduce((total, statistic) => total + valuesOf(statistic), 0)).toBeGreaterThan(1000)
  })

  it('stand in fixtures/references/agreement.md, rewritten by `npx vitest run test/stats/references.test.ts -u`', async () => {
    await expect(table()).toMatchFileSnapshot('../../fixtures/references/agreement.md')
  })
})

const COLUMNS = '| statistic | reference | values | largest difference allowed, relative |\n| --- | --- | --- | --- |'

function table(): string {
  const rows = all.map((statistic) => {
    const { name, source, tolerance } = statistic
    return `| ${name} | ${source} | ${valuesOf(statistic)} | ${tolerance} |`
  })
  return ['# What each statistic was held against', '', COLUMNS, ...rows, ''].join('\n')
}

function valuesOf({ rows }: Statistic): number {
  return rows.reduce((total, { expected }) => total + expected.length, 0)
}
