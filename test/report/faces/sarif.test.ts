import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import AjvDraft04 from 'ajv-draft-04'
import type { Log } from 'sarif'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../../src/domain/report.js'
import { countsOf } from '../../../src/report/counts.js'
import { renderSarif } from '../../../src/report/sarif/index.js'
import { demo, enlarged, HOSTILE, healthy, hostileVersion, inconclusive, root, unauditable } from './reports.js'

// The schema of OASIS, draft 4, as a package ships it; one of its patterns is none under the flag u.
const schema = resolve(root, 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
const validate = new AjvDraft04.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
)

function logOf(report: Report): Log {
  return JSON.parse(renderSarif(report))
}

function faults(report: Report): unknown {
  return validate(logOf(report)) ? null : validate.errors
}

const report = demo()

describe('renderSarif', () => {
  it.each([
    ['a fail', report],
    ['a pass', healthy()],
    ['an inconclusive run', inconclusive()],
    ['data that cannot be audited', unauditable()],
    ['10,000 findings', enlarged(report, { findings: 10_000, examples: 500 })],
  ])('fits the schema of OASIS for %s', (_, one) => {
    expect(faults(one)).toBeNull()
  })

  it('is refused by that schema where a level is made up', () => {
    const log = JSON.parse(renderSarif(report).replace('"level": "error"', '"level": "dire"'))
    expect(validate(log)).toBe(false)
  })

  it.each(HOSTILE)('fits the schema with %j in it, and every place is an address', (text) => {
    const hostile = hostileVersion(report, text)
    expect(faults(hostile)).toBeNull()
    for (const { locations, message } of logOf(hostile).runs[0]!.results!) {
      const { uri } = locations![0]!.physicalLocation!.artifactLocation!
      expect(uri).toMatch(/^[\w\-.~%!'()*:/]*$/)
      expect(message.text).not.toMatch(/[\u0000-\u001f\u202e]/)
      expect(message.text!.replace(/\\./g, '')).not.toMatch(/[[\]]/)
    }
  })

  it('has a result with a place for each failure and each open guarded measure, and counts all findings', () => {
    const [run] = logOf(report).runs
    const blocking = report.findings.filter(
      ({ status, role }) => status === 'fail' || (role === 'guarded' && status === 'inconclusive'),
    )
    expect(run!.results!.map(({ ruleId }) => ruleId).sort()).toEqual(
      blocking.map(({ detector, measure }) => `${detector}/${measure}`).sort(),
    )
    for (const { ruleId, ruleIndex } of run!.results!) expect(run!.tool.driver.rules![ruleIndex!]!.id).toBe(ruleId)
    expect(run!.properties).toMatchObject({ verdict: 'fail', exitCode: 1, counts: countsOf(report.findings) })
  })

  it('points at the tuned line of the worst example', () => {
    const brier = logOf(report).runs[0]!.results!.find(({ ruleId }) => ruleId === 'calibration-drift/brier-score')!
    const [example] = report.findings.find(({ measure, task }) => measure === 'brier-score' && task === null)!.examples
    const { physicalLocation } = brier.locations![0]!
    expect(physicalLocation!.artifactLocation!.uri).toBe('fixtures/demo/tuned.jsonl')
    const line = readFileSync(resolve(root, 'fixtures/demo/tuned.jsonl'), 'utf8').split('\n')[
      physicalLocation!.region!.startLine! - 1
    ]!
    expect(JSON.parse(line).id).toBe(example!.id)
  })

  it('gives a measure and task the same fingerprint whatever its numbers', () => {
    const prints = (of: Report) => logOf(of).runs[0]!.results!.map(({ partialFingerprints }) => partialFingerprints)
    const moved = { ...report, findings: report.findings.map((one) => ({ ...one, n: one.n + 1, examples: [] })) }
    expect(prints(moved)).toEqual(prints(report))
    expect(new Set(prints(report).map((one) => JSON.stringify(one))).size).toBe(prints(report).length)
  })

  it('stays within what GitHub takes with 10,000 findings', () => {
    const text = renderSarif(enlarged(report, { findings: 10_000, examples: 500 }))
    expect(JSON.parse(text).runs[0].results.length).toBeLessThanOrEqual(25_000)
    expect(gzipSync(text).length).toBeLessThan(10 * 2 ** 20)
  })

  it('says that the run did not succeed where nothing could be audited', () => {
    const [run] = logOf(unauditable()).runs
    expect(run!.invocations![0]).toMatchObject({ executionSuccessful: false, exitCode: 4 })
    expect(run!.results!.map(({ ruleId }) => ruleId)).toEqual(['audit/data'])
  })
})
