import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tuneaudit } from '../cli/run.js'

// What a reader sees, kept for review: `npx vitest run test/report/goldens.test.ts -u` writes it anew.
const root = resolve(import.meta.dirname, '../..')
const arms = (folder: string) => ['--baseline', `${folder}/baseline.jsonl`, '--tuned', `${folder}/tuned.jsonl`]
const config = (path: string) => ['--config', `fixtures/${path}/tuneaudit.config.yaml`]

const RUNS: Readonly<Record<string, readonly string[]>> = {
  demo: [...arms('fixtures/demo'), ...config('demo')],
  healthy: [...arms('fixtures/demo/healthy'), ...config('demo')],
  inconclusive: arms('fixtures/detectors/cross-task-regression/tiny'),
  'lost-diversity': arms('fixtures/detectors/lost-diversity/drifted'),
  planning: [...arms('fixtures/examples/planning'), ...config('examples/planning')],
  relaxed: [
    ...arms('fixtures/demo'),
    '--detectors',
    'calibration-drift,cross-task-regression',
    '--margin',
    'brier-score=.2,score=.2',
  ],
  'other-cases': [
    '--baseline',
    'fixtures/demo/baseline.jsonl',
    '--tuned',
    'fixtures/detectors/lost-diversity/clean/tuned.jsonl',
  ],
}

describe('the terminal', () => {
  it.each(Object.entries(RUNS))('shows %s as it was reviewed', async (name, args) => {
    const { stdout } = await tuneaudit(['audit', ...args], root)
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    await expect(stdout).toMatchFileSnapshot(join(import.meta.dirname, 'goldens', `${name}.txt`))
  })
})
