import { describe, expect, it } from 'vitest'
import { auditCases, makeCase, makeSample, mulberry32 } from '../../audit/support.js'

const RUNS = 40
const PROSE = 'Showers at first, then dry with a fresh wind from the west until the evening.'
const LIST = '- showers at first\n- then dry\n- a fresh wind from the west'
const detectors = { 'calibration-drift': { level: 'off' }, 'lost-diversity': { level: 'off' } } as const

/** Outputs of tasks, `each` a task; `proseIn` says how often a task's are prose, before and after. */
function* drawn(
  { tasks, each }: { readonly tasks: number; readonly each: number },
  proseIn: (task: number) => { readonly before: number; readonly after: number },
  random: () => number,
) {
  const sample = (share: number) => [makeSample({ output: random() < share ? PROSE : LIST })]
  for (let n = 0; n < tasks * each; n++) {
    const { before, after } = proseIn(n % tasks)
    yield makeCase(`day-${n}`, { baseline: sample(before), tuned: sample(after) }, { task: `station-${n % tasks}` })
  }
}

describe('formats that are inferred', () => {
  // Pooled over the tasks chosen by their baseline, 88 % of 2,000 such runs fail (simulated with numpy and scipy's binomial).
  it('blame identical arms no more often than α', () => {
    const random = mulberry32(80)
    let fails = 0
    for (let run = 0; run < RUNS; run++) {
      const alike = drawn({ tasks: 80, each: 20 }, () => ({ before: 0.9, after: 0.9 }), random)
      const { findings } = auditCases([...alike], { detectors })
      if (findings.some(({ status, detector }) => detector === 'format-collapse' && status === 'fail')) fails++
    }
    // Three standard errors above .05.
    expect(fails / RUNS).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / RUNS))
  })

  // Eight cases in a hundred of every task that had one format, among tasks that have two: hardly a task shows it by itself.
  it('show a small change in every one of many tasks', () => {
    const random = mulberry32(57)
    for (let run = 0; run < 5; run++) {
      const proseIn = (task: number) => (task % 2 === 0 ? { before: 0.5, after: 0.5 } : { before: 0.99, after: 0.91 })
      const { findings } = auditCases([...drawn({ tasks: 57, each: 50 }, proseIn, random)], { detectors })
      const failing = findings.filter(({ detector, status }) => detector === 'format-collapse' && status === 'fail')
      expect(failing).toContainEqual(expect.objectContaining({ measure: 'adherence-rate', task: null }))
      expect(failing.length).toBeLessThanOrEqual(2)
    }
  })
})
