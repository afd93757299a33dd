import { describe, expect, it } from 'vitest'
import { audit } from './run.js'
import { forecasts, jsonl } from './weather.js'

const taskOf = (i: number) => (i % 2 === 0 ? 'rain' : 'snow')
const before = jsonl(forecasts(400, (i) => ({ task: taskOf(i) })))
/** Rain is forecast worse, snow as well as before. */
const after = jsonl(
  forecasts(400, (i) => ({ task: taskOf(i), output: 'no', correct: i % 5 !== 0 && (i % 2 === 1 || i % 3 > 0) })),
)

const of = (lines: string) => ({
  'before.jsonl': before,
  'after.jsonl': after,
  'tuneaudit.config.yaml': `waivers:\n  - {detector: cross-task-regression, ${lines}, reason: new gauges, owner: m.fog}\n`,
})

describe.concurrent('waivers', () => {
  it('keep what they name from deciding, and nothing else', async () => {
    const plain = await audit({ 'before.jsonl': before, 'after.jsonl': after })
    expect(plain.report?.reason).toMatchObject({ code: 'harm' })
    const { report, stdout, code } = await audit(of('measure: score, task: rain, expires: 2999-12-31'))
    const own = report!.findings.find(({ measure, task }) => measure === 'score' && task === 'rain')!
    const terms = { reason: 'new gauges', owner: 'm.fog', expires: '2999-12-31' }
    expect(own).toMatchObject({ status: 'fail', decides: false, waiver: terms })
    // The pooled score is another finding, and still fails.
    expect(code).toBe(1)
    expect(report!.findings.map(({ status, p, adjustedP }) => [status, p, adjustedP])).toEqual(
      plain.report!.findings.map(({ status, p, adjustedP }) => [status, p, adjustedP]),
    )
    expect(report!.relaxations).toMatchObject([{ what: 'waiver', measure: 'score', tasks: 'rain', to: terms }])
    expect(stdout.replace(/\s+/g, ' ')).toContain('score waived by m.fog until 2999-12-31 (new gauges) on tasks rain')
  })

  it('leave nothing to pass where they cover all that is guarded', async () => {
    const { report, code } = await audit(of('measure: score, expires: 2999-12-31'))
    expect([code, report?.verdict]).not.toEqual([0, 'pass'])
  })

  it('that nothing needs are named', async () => {
    const files = {
      ...of('measure: score, task: snow, expires: 2999-12-31'),
      'after.jsonl': before.replaceAll('yes', 'so'),
    }
    const { report, stdout, code } = await audit(files)
    expect([code, report?.verdict]).toEqual([0, 'pass'])
    expect(stdout.replace(/\s+/g, ' ')).toContain('Nothing needs the waiver of score on snow: remove it.')
  })

  it('that have expired are exit 3, with the line', async () => {
    const { report, stderr, code } = await audit(of('measure: score, expires: 2020-12-31'))
    expect([code, report]).toEqual([3, null])
    expect(stderr).toMatch(/tuneaudit\.config\.yaml:2:\d+: .*expired on 2020-12-31 \(m\.fog: new gauges\)/)
  })
})
