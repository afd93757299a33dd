import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { resolvePolicy } from '../../../src/config/resolve.js'
import { detectors } from '../../../src/detectors/index.js'
import { ARMS, type PerArm } from '../../../src/domain/record.js'
import { audit } from '../../../src/engine/audit.js'
import { inspect } from '../../../src/engine/inspect.js'
import { formatNames } from '../../../src/input/formats/index.js'

const root = join(import.meta.dirname, '../../../fixtures/formats')

interface Expected {
  readonly expected: Readonly<Record<string, unknown>>
  readonly score?: string
  readonly provider?: string
}

const folders = readdirSync(root).filter((name) => existsSync(join(root, name, 'expected.json')))

function expectedOf(folder: string): PerArm<Expected> {
  return JSON.parse(readFileSync(join(root, folder, 'expected.json'), 'utf8'))
}

const cwd = root
const stdin = process.stdin

describe.each(folders)('the log of %s', (folder) => {
  const expected = expectedOf(folder)

  it.each(ARMS)('says of the %s arm what was written', async (arm) => {
    const { provider = null, expected: own } = expected[arm]
    const policy = resolvePolicy({}, detectors)
    const seen = await inspect({ paths: [`${folder}/${arm}`], cwd, stdin, policy, provider })
    expect(seen.problems).toEqual([])
    expect(seen).toMatchObject(own)
    expect(Object.keys(seen.meanScores).sort()).toEqual(Object.keys(own.meanScores ?? {}).sort())
  })

  it('pairs both arms case by case', async () => {
    const { baseline, tuned } = expected
    const policy = resolvePolicy({ pairing: { minCoverage: 0.5 } }, detectors, {
      scoreName: baseline.score,
      baselineProvider: baseline.provider,
      tunedProvider: tuned.provider,
    })
    const { report } = await audit({
      paths: { baseline: [`${folder}/baseline`], tuned: [`${folder}/tuned`] },
      labels: null,
      cwd,
      stdin,
      policy,
      detectors,
      version: '0',
    })
    expect(report.pairing).toMatchObject({
      cases: 12,
      onlyBaseline: { count: 0 },
      onlyTuned: { count: 0 },
      promptMismatches: { count: 0 },
    })
    if (baseline.score === undefined) return
    const score = report.findings.find(({ measure, task }) => measure === 'score' && task === null)
    // Two wrong answers before, four after: fixtures/formats/harbour.js.
    expect([score?.n, score?.baseline, score?.tuned]).toEqual([12, 10 / 12, 8 / 12])
  })
})

it('every format but the user’s own has a fixture', () => {
  const known = new Set(folders.map((folder) => folder.replace(/^inspect-eval-zstd$/, 'inspect-eval')))
  expect(formatNames().filter((name) => !known.has(name) && !['csv', 'jsonl'].includes(name))).toEqual([])
})
