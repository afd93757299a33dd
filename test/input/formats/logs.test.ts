import { describe, expect, it } from 'vitest'
import { ARMS } from '../../../src/domain/record.js'
import { formatNames } from '../../../src/input/formats/index.js'
import { audited, expectedOf, folders, inspected } from '../../engine/logs.js'

describe.each(folders)('the log of %s', (folder) => {
  const expected = expectedOf(folder)

  it.each(ARMS)('says of the %s arm what was written', async (arm) => {
    const { provider = null, expected: own } = expected[arm]
    const seen = await inspected(`${folder}/${arm}`, { provider })
    expect(seen.problems).toEqual([])
    expect(seen).toMatchObject(own)
    expect(Object.keys(seen.meanScores).sort()).toEqual(Object.keys(own.meanScores ?? {}).sort())
  })

  it('pairs both arms case by case', async () => {
    const report = await audited({ baseline: `${folder}/baseline`, tuned: `${folder}/tuned` }, { arms: expected })
    expect(report.pairing).toMatchObject({
      cases: 12,
      onlyBaseline: { count: 0 },
      onlyTuned: { count: 0 },
      promptMismatches: { count: 0 },
    })
    if (expected.baseline.score === undefined) return
    const score = report.findings.find(({ measure, task }) => measure === 'score' && task === null)
    // Two wrong answers before, four after: fixtures/formats/harbour.js.
    expect([score?.n, score?.baseline, score?.tuned]).toEqual([12, 10 / 12, 8 / 12])
  })
})

it('every format but the user’s own has a fixture', () => {
  const known = new Set(folders.map((folder) => folder.replace(/^inspect-eval-zstd$/, 'inspect-eval')))
  expect(formatNames().filter((name) => !known.has(name) && !['csv', 'jsonl'].includes(name))).toEqual([])
})
