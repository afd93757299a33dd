import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { reportSchema } from '../../src/report/schema.js'
import { audit, type Outcome } from './run.js'
import { forecasts, jsonl } from './weather.js'

// Settings that records name in `meta`, through the command.
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(reportSchema)

const runs = (
  baseline: (i: number) => object,
  tuned: (i: number) => object,
  config = '',
  args: readonly string[] = [],
) =>
  audit(
    {
      'before.jsonl': jsonl(forecasts(400, (i) => ({ meta: baseline(i) }))),
      'after.jsonl': jsonl(forecasts(400, (i) => ({ output: 'yes, rain', meta: tuned(i) }))),
      ...(config === '' ? {} : { 'tuneaudit.config.yaml': config }),
    },
    args,
  )

function expectValid({ report }: Outcome) {
  validate(report)
  expect(validate.errors).toBeNull()
}

const cold = () => ({ model: 'fog-1', decoding: { temperature: 0, stop: ['\n'] } })
const warm = () => ({ model: 'fog-2', decoding: { temperature: 0.7, stop: ['\n'] } })

describe('settings that differ between the arms', () => {
  it('are exit 4 with both values, the first case, and the line that allows them', async () => {
    const outcome = await runs(cold, warm)
    expect([outcome.code, outcome.report?.reason.code]).toEqual([4, 'settings-differ'])
    const said = outcome.stdout.replace(/\s+/g, ' ')
    expect(said).toContain('decoding.temperature (decoding) is 0 in the baseline and 0.7 in the tuned arm')
    expect(said).toContain('on 400 of 400 cases (first: "day-0" of task "rain")')
    expect(said).toContain('pairing: {allow: [decoding.temperature]} in the config')
    expect(outcome.report).toMatchObject({
      findings: [],
      settings: [
        { key: 'decoding.stop', allowed: false, differing: { count: 0 }, cases: 400 },
        { key: 'decoding.temperature', decides: true, differing: { count: 400 } },
      ],
    })
    expectValid(outcome)
  })

  it('are named all at once', async () => {
    const { report } = await runs(
      () => ({ temperature: 0, judge: { model: 'owl' }, split: 'test' }),
      () => ({ temperature: 1, judge: { model: 'lark' }, split: 'dev' }),
    )
    expect(report?.reason).toMatchObject({ key: 'judge.model', others: ['split', 'temperature'] })
  })

  it.each(['temperature', 'decoding.temperature'])(
    'pass where the config allows %s, and one line says so',
    async (name) => {
      const outcome = await runs(cold, warm, `pairing: {allow: [${name}]}\n`)
      expect(outcome.code).toBe(0)
      expect(outcome.report?.notices).toEqual([
        { code: 'settings-differ', allowed: ['decoding.temperature'], noted: [] },
      ])
      expect(outcome.stdout.replace(/\s+/g, ' ')).toContain(
        'Note: settings differ between the arms: decoding.temperature (allowed by pairing: {allow}).',
      )
      expectValid(outcome)
    },
  )

  it('are no error where they are seeds, or one arm does not name them', async () => {
    const outcome = await runs(
      (i) => ({ seed: 1, temperature: 0, ...(i < 9 ? { top_p: 1 } : {}) }),
      () => ({ seed: 2, temperature: 0 }),
    )
    expect(outcome.code).toBe(0)
    expect(outcome.report?.notices).toEqual([
      { code: 'settings-differ', allowed: [], noted: ['seed'] },
      { code: 'settings-in-one-arm', baseline: ['top_p'], tuned: [] },
    ])
  })

  it('that the config allows and no record names are exit 3 with the nearest', async () => {
    const { code, stderr, report } = await runs(cold, cold, 'pairing: {allow: [temprature]}\n')
    expect([code, report]).toEqual([3, null])
    expect(stderr).toContain(
      'no record has "temprature". Did you mean "temperature"? Known: decoding.stop, decoding.temp',
    )
  })

  it('are found in any order of lines', async () => {
    const lines = (meta: () => object) => forecasts(100, (i) => (i < 5 ? { meta: meta() } : {}))
    const of = async (backwards: boolean) => {
      const after = lines(warm)
      if (backwards) after.reverse()
      const { report } = await audit({ 'before.jsonl': jsonl(lines(cold)), 'after.jsonl': jsonl(after) })
      return JSON.stringify([report?.reason, report?.settings])
    }
    expect(await of(true)).toBe(await of(false))
  })

  it('show hostile values as text', async () => {
    const evil = (end: string) => ({ '\u001b[2J': { temperature: `\u001b]0;x\u0007${end}` } })
    const outcome = await runs(
      () => evil('a'),
      () => evil('b'),
    )
    expect(outcome.code).toBe(4)
    expect(outcome.stdout + outcome.stderr).not.toMatch(/[\u001b\u0007]/)
    expectValid(outcome)
  })
})

describe('cases that the tuned arm lost', () => {
  const lostOf = (count: number) =>
    audit({
      'before.jsonl': jsonl(forecasts(1000, () => ({ correct: true }))),
      'after.jsonl': jsonl(forecasts(1000 - count, () => ({ output: 'yes, rain', correct: true }))),
    })

  it('hold a pass back where they could hide harm beyond the margin, and the way out is to run them', async () => {
    const { code, stdout } = await lostOf(45)
    expect(code).toBe(2)
    const said = stdout.replace(/\s+/g, ' ')
    expect(said).toContain('holds its margin only if what the tuned arm lacks is left out (worst case up to 0.05')
    expect(said).toContain(
      '1 Run the 45 cases that only the baseline has; for score the tuned arm counts as the worst there.',
    )
  })

  it('are shown beside a pass where they could not', async () => {
    const { code, report } = await lostOf(20)
    expect(code).toBe(0)
    const score = report!.findings.find(({ measure, task }) => measure === 'score' && task === null)!
    expect(score.details.worstCase).toMatchObject({ baseline: 1, tuned: 0.98 })
  })
})
