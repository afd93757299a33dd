import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/domain/report.js'
import { tuneaudit } from '../cli/run.js'

const root = resolve(import.meta.dirname, '../..')
const folder = 'fixtures/examples'
const EXAMPLES = ['knapsack', 'planning', 'power-flow', 'schedule']

async function audit(example: string): Promise<Report> {
  const path = (name: string) => join(folder, example, name)
  const args = ['--baseline', path('baseline.jsonl'), '--tuned', path('tuned.jsonl')]
  const config = ['--config', path('tuneaudit.config.yaml'), '--format', 'json']
  const run = await tuneaudit(['audit', ...args, ...config], root)
  // Some examples draw the same prompt twice, and say so before.
  expect(run.stderr).toMatch(/(^|\n)exit 1 \(fail\)\n$/)
  expect(run.code).toBe(1)
  return JSON.parse(run.stdout)
}

const status = (report: Report) =>
  Object.fromEntries(report.findings.map(({ measure, status }) => [measure, status] as const))

describe('the examples', () => {
  // The verifier of the power network is a Python script.
  const python = spawnSync('python3', ['--version']).status === 0
  const runnable = EXAMPLES.filter((example) => python || example !== 'power-flow')

  it.each(runnable)('%s: form is kept or gained, substance is lost', async (example) => {
    const report = await audit(example)
    expect(report.faults).toEqual([])
    expect(status(report)).toMatchObject({ 'feasible-rate': 'fail', 'hollow-rate': 'fail', 'valid-rate': 'pass' })
  })

  it.each([...EXAMPLES, 'refusals'])('%s: its generator writes the bytes that stand there', async (example) => {
    const files = ['baseline.jsonl', 'tuned.jsonl'].map((name) => join(root, folder, example, name))
    const before = files.map((file) => readFileSync(file, 'utf8'))
    await import(pathToFileURL(join(root, folder, example, 'generate.js')).href)
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before)
  })
})
