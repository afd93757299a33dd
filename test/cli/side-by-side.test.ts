import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Comparison } from '../../src/domain/comparison.js'
import type { Trend } from '../../src/domain/trend.js'
import { comparisonSchema } from '../../src/report/comparison/schema.js'
import { trendSchema } from '../../src/report/trend/schema.js'
import { tuneaudit } from './run.js'
import { forecasts, jsonl } from './weather.js'

// Checkpoints of a forecaster that goes wrong from the second on.
const folder = mkdtempSync(join(tmpdir(), 'tuneaudit-'))
const ajv = new Ajv({ strict: true, allowUnionTypes: true })

function checkpoint(name: string, wrong: number): void {
  const records = forecasts(500, (i) => ({ output: `no, ${name}`, correct: i % 5 !== 0 && (i * 7) % 100 >= wrong }))
  writeFileSync(join(folder, `${name}.jsonl`), jsonl(records))
}

async function audited(name: string, report = name, more: readonly string[] = []): Promise<void> {
  const arms = ['--baseline', 'before.jsonl', '--tuned', `${name}.jsonl`]
  await tuneaudit(['audit', ...arms, '--report', `json=${report}.json`, ...more], folder)
}

beforeAll(async () => {
  writeFileSync(join(folder, 'before.jsonl'), jsonl(forecasts(500)))
  for (const [name, wrong] of Object.entries({ 'step-1': 0, 'step-2': 30, 'step-3': 40 })) {
    checkpoint(name, wrong)
    await audited(name)
  }
  await audited('step-3', 'step-3-wide', ['--margin', 'score=.5'])
})
afterAll(() => rmSync(folder, { recursive: true }))

const trend = (...args: string[]) => tuneaudit(['trend', ...args], folder)
const compare = (...args: string[]) => tuneaudit(['compare', ...args], folder)

describe('trend', () => {
  const steps = ['step-1.json', 'step-2.json', 'step-3.json']

  it('shows where a measure first failed', async () => {
    const { stdout, code } = await trend(...steps)
    expect(code).toBe(0)
    expect(stdout).toContain('First failure: step-2.json, by score.')
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /fail score 0\.8000 → 0\.4\d+ ██▃▁ first fails at step-2\.json, and since/,
    )
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('as JSON gives every series as its schema says', async () => {
    const { stdout } = await trend(...steps, '--format', 'json')
    const read: Trend = JSON.parse(stdout)
    expect(ajv.validate(trendSchema, read), ajv.errorsText()).toBe(true)
    const score = read.series.find(({ measure, task }) => measure === 'score' && task === null)!
    expect(score).toMatchObject({ baseline: 0.8, firstFail: 1, failsSince: 1 })
    expect(score.points.map((point) => point?.status)).toEqual(['pass', 'fail', 'fail'])
    expect(read.reports.map(({ sameBaseline }) => sameBaseline)).toEqual([true, true, true])
  })

  it('writes its other faces into files, the same as it prints', async () => {
    const { code } = await trend(...steps, '--report', 'html=trend.html', '--report', 'md=trend.md')
    expect(code).toBe(0)
    const read = (name: string) => readFileSync(join(folder, name), 'utf8')
    expect(read('trend.html')).toBe((await trend(...steps, '--format', 'html')).stdout)
    expect(read('trend.md')).toBe((await trend(...steps, '--format', 'md')).stdout)
    expect(read('trend.html')).toContain('First failure: step-2.json, by score.')
  })

  it.each([
    [['--report', 'html=step-2.json'], 'one of the files that are read'],
    [['--report', 'htlm=x.html'], 'Did you mean "html"?'],
    [['--report', 'html=no/such/folder.html'], 'its folder does not exist'],
  ])('refuses %j with exit 3, and writes nothing', async (flags, said) => {
    const { stdout, stderr, code } = await trend(...steps, ...flags)
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain(said)
  })

  it('tells a failure that went from one that stayed', async () => {
    const { stdout } = await trend('step-3.json', 'step-3-wide.json', 'step-1.json')
    expect(stdout.replace(/\s+/g, ' ')).toContain('first fails at step-3.json; in 1 of 3 reports')
  })

  it.each([
    [['step-1.json'], 'two or more audits'],
    [['step-1.json', 'step-9.json'], 'step-9.json'],
    [['step-1.json', 'step-1.jsonl'], 'no report of an audit'],
  ])('of %j is exit 3', async (paths, said) => {
    const { stdout, stderr, code } = await trend(...paths)
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain(said)
  })
})

describe('compare', () => {
  it('says which status changed, and what was told otherwise', async () => {
    const { stdout } = await compare('step-3.json', 'step-3-wide.json')
    expect(stdout).toMatch(/^FAIL → PASS\nstep-3\.json → step-3-wide\.json\nSame tool, same files\.\n/)
    expect(stdout).toContain('config detectors.cross-task-regression.margins.score: null → 0.5')
    expect(stdout).toMatch(/fail → pass {2}score {2}−0\.3\d+ → −0\.3\d+, margin 0\.05 → 0\.5/)
    expect(stdout).not.toContain('other tuned outputs')
  })

  it('as JSON obeys its schema', async () => {
    const { stdout } = await compare('step-1.json', 'step-2.json', '--format', 'json')
    const read: Comparison = JSON.parse(stdout)
    expect(ajv.validate(comparisonSchema, read), ajv.errorsText()).toBe(true)
    expect(read.before.baseline).toEqual(read.after.baseline)
    expect(read.before.tuned).not.toEqual(read.after.tuned)
    expect(read.findings.some(({ measure, after }) => measure === 'score' && after.status === 'fail')).toBe(true)
    expect([read.added, read.removed]).toEqual([[], []])
  })

  it('of a report with itself says that nothing changed', async () => {
    const { stdout } = await compare('step-1.json', 'step-1.json')
    expect(stdout).toMatch(
      /^PASS → PASS\nstep-1\.json → step-1\.json\nSame tool, same files\.\n\n\d+ findings as before/,
    )
  })
})
