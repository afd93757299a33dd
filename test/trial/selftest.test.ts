import { describe, expect, it } from 'vitest'
import type { PartialConfig } from '../../src/config/partial.js'
import type { Case } from '../../src/domain/case.js'
import { runShare } from '../../src/trial/run-share.js'
import { reasonsOf, selftest } from '../../src/trial/selftest.js'
import { makeCase, makeSample, mulberry32 } from '../audit/support.js'
import { collect, contextOf, plantsOf } from './support.js'

const rules: PartialConfig = {
  detectors: {
    'lost-diversity': { level: 'off' },
    'infeasible-content': {
      options: { rules: [{ name: 'adds-up', expression: 'output.wet + output.dry == 7.0' }], structure: {} },
    },
  },
}

/** Weeks of wet and dry days, foretold by two models of which the second is worse. */
function weeks(count: number, harm: number): Case[] {
  const random = mulberry32(11)
  return Array.from({ length: count }, (_, n) => {
    const output = (worse: number) => {
      const wet = Math.floor(random() * 8)
      const right = random() < 0.8 - worse
      const text = JSON.stringify({ wet, dry: right ? 7 - wet : 9 - wet })
      return makeSample({ output: text, correct: right, confidence: right ? 0.9 : 0.6 })
    }
    return makeCase(
      `week-${n}`,
      { baseline: [output(0)], tuned: [output(harm)] },
      { task: n % 3 === 0 ? 'coast' : 'inland' },
    )
  })
}

async function test(cases: readonly Case[], runs: number) {
  const plants = plantsOf(rules)
  const pair = await collect(cases, plants, rules)
  const ticks: string[] = []
  const tick = async (_: number, __: number, what: string) => void ticks.push(what)
  const result = await selftest({ pair, splits: [], plants, context: contextOf(rules), seed: 1, runs, tick })
  return { ...result, ticks }
}

describe('selftest', () => {
  it('of a pair with much harm: no false alarms beyond α, planted faults caught as predicted', {
    timeout: 300_000,
  }, async () => {
    const { falseAlarms, faults, lacking, reasons, ticks } = await test(weeks(240, 0.2), 100)
    const [alarms] = falseAlarms
    expect(alarms).toMatchObject({ kind: 'exchange', cases: 240, units: 240 })
    expect(alarms!.failed.low).toBeLessThanOrEqual(0.05)
    expect(alarms!.causes.reduce((sum, { runs }) => sum + runs, 0)).toBeGreaterThanOrEqual(alarms!.failed.events)
    expect(faults.map(({ fault }) => fault).sort()).toEqual([
      'calibration-drift',
      'cross-task-regression',
      'format-collapse',
      'infeasible-content',
    ])
    for (const { fault, strengths, caught95, blame, named } of faults) {
      expect(caught95, fault).not.toBeNull()
      expect(named.detector).toBe(fault)
      expect(
        strengths.every(({ caught, predicted }) => caught.high >= predicted - 0.1),
        fault,
      ).toBe(true)
      for (const { detector, failed, changed } of blame) {
        if (detector !== fault && changed.length === 0)
          expect(failed.low, `${fault} blames ${detector}`).toBeLessThanOrEqual(0.05)
      }
    }
    expect(faults.find(({ fault }) => fault === 'cross-task-regression')!.task).toBe('inland')
    expect(lacking).toEqual([{ fault: 'lost-diversity', lack: { code: 'detector-off' } }])
    expect(reasons).toEqual([{ code: 'as-promised' }])
    expect(ticks.length).toBeGreaterThan(100)
  })

  it('says the same again', { timeout: 300_000 }, async () => {
    const cases = weeks(40, 0)
    expect(await test(cases, 20)).toEqual(await test([...cases].reverse(), 20))
  })
})

describe('reasonsOf', () => {
  const alarms = (events: number) => ({
    kind: 'exchange' as const,
    cases: 10,
    units: 10,
    splits: 0,
    failed: runShare(events, 1_000),
    verdicts: { pass: 0, fail: events, inconclusive: 1_000 - events, error: 0 },
    causes: [],
  })

  it('names false alarms whose interval lies above α, and none whose interval covers it', () => {
    expect(reasonsOf({ falseAlarms: [alarms(80)], faults: [] }, 0.05)).toEqual([
      { code: 'false-alarms', kind: 'exchange' },
    ])
    expect(reasonsOf({ falseAlarms: [alarms(55)], faults: [] }, 0.05)).toEqual([{ code: 'as-promised' }])
  })

  it('names each strength whose predicted power is missed', () => {
    const named = { detector: 'calibration-drift', measure: 'brier-score', task: null }
    const fault = {
      fault: 'calibration-drift',
      named,
      cases: 1,
      task: null,
      strengths: [],
      caught80: null,
      caught95: null,
      blame: [],
    }
    expect(reasonsOf({ falseAlarms: [], faults: [{ ...fault, missed: [0.1] }] }, 0.05)).toEqual([
      { code: 'harm-missed', fault: 'calibration-drift', strength: 0.1 },
    ])
  })
})
