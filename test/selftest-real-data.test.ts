import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Selftest } from '../src/domain/selftest.js'

// Real pairs, with few runs; all ten with a thousand runs take the better part of an hour. TUNEAUDIT_SHARED says where they are.
const root = resolve(import.meta.dirname, '..')
const data = join(resolve(root, process.env.TUNEAUDIT_SHARED ?? '../shared'), 'data')

const PLANNING = ['--config', 'fixtures/examples/planning/tuneaudit.config.yaml']
const PAIRS = [
  { pair: 'same-agent-twice', flags: [], faults: ['format-collapse', 'cross-task-regression'] },
  { pair: 'planning', flags: [...PLANNING, '--detectors', 'infeasible-content'], faults: ['infeasible-content'] },
  { pair: 'creative-samples', flags: ['--detectors', 'lost-diversity'], faults: ['lost-diversity'] },
  { pair: 'confidence-proper-reward', flags: ['--detectors', 'calibration-drift'], faults: ['calibration-drift'] },
]

function selftest(pair: string, flags: readonly string[]): Selftest {
  const arms = ['--baseline', join(data, pair, 'baseline.jsonl'), '--tuned', join(data, pair, 'tuned.jsonl')]
  const args = ['bin/tuneaudit.js', 'selftest', ...arms, ...flags, '--runs', '60', '--format', 'json']
  return JSON.parse(spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 }).stdout)
}

describe.skipIf(!existsSync(data))('selftest of real pairs', { timeout: 600_000 }, () => {
  it.each(PAIRS)(
    '$pair: no more false alarms than α, every fault caught at some strength',
    ({ pair, flags, faults }) => {
      const result = selftest(pair, flags)
      expect(result.reasons).toEqual([{ code: 'as-promised' }])
      for (const { failed } of result.falseAlarms) expect(failed.low).toBeLessThanOrEqual(result.alpha)
      expect(result.faults.map(({ fault }) => fault)).toEqual(faults)
      for (const { fault, strengths, caught95 } of result.faults) {
        const at = strengths.find(({ strength }) => strength === caught95)
        expect(at?.caught.high, fault).toBeGreaterThanOrEqual((at?.predicted ?? 1) - 0.1)
      }
    },
  )
})
