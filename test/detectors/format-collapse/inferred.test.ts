import { describe, expect, it } from 'vitest'
import { auditCases, makeCase, makeSample, mulberry32 } from '../../audit/support.js'

const RUNS = 40
const PROSE = 'Showers at first, then dry with a fresh wind from the west until the evening.'
const LIST = '- showers at first\n- then dry\n- a fresh wind from the west'

/** Both arms of 80 tasks draw alike: prose nine times in ten, so that many a task has it in 95 % of its baseline by luck. */
function* alike(random: () => number) {
  const sample = () => makeSample({ output: random() < 0.9 ? PROSE : LIST })
  for (let n = 0; n < 80 * 20; n++)
    yield makeCase(`day-${n}`, { baseline: [sample()], tuned: [sample()] }, { task: `station-${n % 80}` })
}

describe('formats that are inferred', () => {
  // Pooled over the tasks chosen by their baseline, 88 % of 2,000 such runs fail (simulated with numpy and scipy's binomial).
  it('blame identical arms no more often than α', () => {
    const random = mulberry32(80)
    const detectors = { 'calibration-drift': { level: 'off' }, 'lost-diversity': { level: 'off' } } as const
    let fails = 0
    for (let run = 0; run < RUNS; run++) {
      const { findings } = auditCases([...alike(random)], { detectors })
      if (findings.some(({ status, detector }) => detector === 'format-collapse' && status === 'fail')) fails++
    }
    // Three standard errors above .05.
    expect(fails / RUNS).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / RUNS))
  })
})
