import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { STATUSES } from '../src/domain/finding.js'
import type { Report } from '../src/domain/report.js'
import { countsInWords } from '../src/report/counts.js'
import { tuneaudit } from './cli/run.js'

// A real pair with a known answer. It is not part of the repository: TUNEAUDIT_SHARED says where it is.
const root = resolve(import.meta.dirname, '..')
const data = join(resolve(root, process.env.TUNEAUDIT_SHARED ?? '../shared'), 'data/preference-tuned')
const folder = mkdtempSync(join(tmpdir(), 'tuneaudit-faces-'))
const FACES = { html: 'a.html', md: 'a.md', junit: 'a.xml', sarif: 'a.sarif', json: 'a.json' }

afterAll(() => rmSync(folder, { recursive: true }))

const written = (name: string) => readFileSync(join(folder, name), 'utf8')
const flags = (flag: string, to: string) =>
  Object.entries(FACES).flatMap(([format, name]) => [flag, `${format}=${join(to, name)}`])

/** Measure, task and status of every finding, as a face tells them, sorted. */
type Told = readonly (readonly [measure: string, task: string | null, status: string])[]

const sorted = (told: Told): string[] => told.map((one) => JSON.stringify(one)).sort()

function ofJson({ findings }: Report): Told {
  return findings.map(({ measure, task, status }) => [measure, task, status])
}

function ofHtml(html: string): Told {
  const rows = html
    .slice(html.indexOf('id="all"'))
    .matchAll(/data-s="(\w+)"><th scope="row">([^<]*)<\/th><td>([^<]*)<\/td>/g)
  return [...rows].map(([, status = '', measure = '', task = '']) => [measure, task === 'all' ? null : task, status])
}

function ofJunit(xml: string): Told {
  const cases = xml.matchAll(/<testcase classname="tuneaudit\.([\w-]+)\.?([^"]*)" name="([^"]*)">(.*?)<\/testcase>/g)
  return [...cases].map(([, , task = '', measure = '', result = '']) => {
    const said = /^<(?:failure|error)[^>]* message="(\w+)|^<skipped>(\w+)/.exec(result)
    return [measure, task === '' ? null : task, said?.[1] ?? said?.[2] ?? 'pass']
  })
}

interface SarifFinding {
  readonly rule: string
  readonly task: string | null
  readonly status: string
}

function ofSarif(sarif: string): Told {
  const { findings }: { findings: readonly SarifFinding[] } = JSON.parse(sarif).runs[0].properties
  return findings.map(({ rule, task, status }) => [rule.slice(rule.indexOf('/') + 1), task, status])
}

describe.skipIf(!existsSync(data))('five faces of one real audit', { timeout: 600_000 }, () => {
  it('agree on every status and count, and render makes the same bytes of the JSON', async () => {
    const arms = ['--baseline', join(data, 'baseline.jsonl'), '--tuned', join(data, 'tuned.jsonl')]
    const { code } = await tuneaudit(['audit', ...arms, '--quiet', ...flags('--report', folder)], root)
    expect(code).toBe(1)
    const report: Report = JSON.parse(written(FACES.json))
    const expected = sorted(ofJson(report))
    expect(expected.length).toBeGreaterThan(50)
    expect(sorted(ofHtml(written(FACES.html)))).toEqual(expected)
    expect(sorted(ofJunit(written(FACES.junit)))).toEqual(expected)
    expect(sorted(ofSarif(written(FACES.sarif)))).toEqual(expected)
    expect(written(FACES.md)).toContain(`${expected.length} findings: ${countsInWords(report.findings)}.`)
    for (const status of STATUSES) {
      const n = report.findings.filter((finding) => finding.status === status).length
      expect(written(FACES.html)).toContain(`<b>${n}</b> ${status}`)
      expect(JSON.parse(written(FACES.sarif)).runs[0].properties.counts[status]).toBe(n)
    }

    mkdirSync(join(folder, 'again'))
    await tuneaudit(['render', join(folder, FACES.json), ...flags('--to', join(folder, 'again'))], root)
    for (const name of Object.values(FACES)) expect(written(join('again', name)) === written(name), name).toBe(true)
  })
})
