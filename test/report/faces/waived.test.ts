import type { Log } from 'sarif'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../src/domain/finding.js'
import { REPORT_FORMATS, render } from '../../../src/report/index.js'
import { demo } from './reports.js'

const report = demo()
const waiver = { reason: 'new gauges', owner: 'm.fog', expires: '2999-12-31' }
const isWaived = ({ measure, task }: Finding) => measure === 'hollow-rate' && task === null
const waived = {
  ...report,
  relaxations: [
    { what: 'waiver', detector: 'infeasible-content', measure: 'hollow-rate', tasks: null, from: null, to: waiver },
  ] as const,
  findings: report.findings.map((finding) => (isWaived(finding) ? { ...finding, decides: false, waiver } : finding)),
}

describe('a waived failure', () => {
  it.each(REPORT_FORMATS.filter((format) => format !== 'github'))(
    'is listed as %s, with who accepted it',
    async (format) => {
      const text = (await render(waived, format)).replace(/\s+/g, ' ')
      for (const word of ['hollow-rate', waiver.expires, waiver.owner, waiver.reason]) expect(text).toContain(word)
    },
  )

  it('fails no build in JUnit', async () => {
    expect(await render(waived, 'junit')).toContain(
      'name="hollow-rate"><skipped>fail, waived until 2999-12-31 by m.fog: new gauges: harm beyond the margin is shown</skipped>',
    )
  })

  it('is a suppressed result in SARIF', async () => {
    const log: Log = JSON.parse(await render(waived, 'sarif'))
    const suppressed = log.runs[0]!.results!.filter(({ suppressions }) => suppressions !== undefined)
    expect(suppressed.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
      [
        'infeasible-content/hollow-rate',
        [{ kind: 'external', status: 'accepted', justification: 'waived until 2999-12-31 by m.fog: new gauges' }],
      ],
    ])
  })

  it('is no annotation of an error', async () => {
    const lines = (await render(waived, 'github'))
      .split('\n')
      .filter((line) => line.includes('title=tuneaudit%3A infeasible'))
    expect(lines.join('\n')).not.toContain('hollow-rate')
  })
})
