import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { configSchema } from '../../src/config/schema.js'
import { detectors } from '../../src/detectors/index.js'
import { explainNotice } from '../../src/domain/notice.js'
import type { Notice, Report } from '../../src/domain/report.js'
import { renderJson } from '../../src/report/json.js'
import { reportSchema } from '../../src/report/schema.js'
import { renderTerminal } from '../../src/report/terminal/index.js'
import { wrap } from '../../src/report/wrap.js'

const root = resolve(import.meta.dirname, '../..')
const CONFIG = ['--config', 'fixtures/demo/tuneaudit.config.yaml']
const DEMO = ['--baseline', 'fixtures/demo/baseline.jsonl', '--tuned', 'fixtures/demo/tuned.jsonl', ...CONFIG]
const PAIRS = ['calibration-drift', 'cross-task-regression'].flatMap((id) =>
  ['clean', 'drifted', 'tiny'].map((kind) => `fixtures/detectors/${id}/${kind}`),
)

function reportOf(args: readonly string[]): Report {
  const { stdout } = spawnSync(process.execPath, ['bin/tuneaudit.js', 'audit', ...args, '--format', 'json'], {
    cwd: root,
    encoding: 'utf8',
  })
  return JSON.parse(stdout)
}

const pairArgs = (folder: string) => ['--baseline', `${folder}/baseline.jsonl`, '--tuned', `${folder}/tuned.jsonl`]
const demo = reportOf(DEMO)

describe('the report', () => {
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(reportSchema)

  it.each([['the demo', DEMO], ...PAIRS.map((folder) => [folder, pairArgs(folder)] as const)] as const)(
    'of %s fits its published schema',
    (_, args) => {
      expect(validate(reportOf(args)), JSON.stringify(validate.errors)).toBe(true)
    },
  )

  it('is published in the package, as is the schema of the config', () => {
    const read = (name: string) => JSON.parse(readFileSync(resolve(root, 'dist', name), 'utf8'))
    expect(read('report.schema.json')).toEqual(JSON.parse(JSON.stringify(reportSchema)))
    expect(read('config.schema.json')).toEqual(JSON.parse(JSON.stringify(configSchema(detectors))))
  })

  it('names the place of every example', () => {
    const examples = demo.findings.flatMap(({ examples }) => examples)
    expect(examples.length).toBeGreaterThan(0)
    for (const { id, task, samples } of examples) {
      for (const arm of ['baseline', 'tuned'] as const) {
        const place = demo.locations[arm].find(
          (location) => location.id === id && location.task === task && location.sample === samples[arm],
        )
        const line = readFileSync(resolve(root, place!.file), 'utf8').split('\n')[place!.line - 1]!
        expect(JSON.parse(line)).toMatchObject({ id, task })
      }
    }
  })

  it('holds no output when examples are switched off', () => {
    const report = reportOf([...DEMO, '--no-examples'])
    expect(report.findings.flatMap(({ examples }) => examples)).toEqual([])
    expect(report.locations).toEqual({ baseline: [], tuned: [] })
  })

  it('orders findings by detector, measure and task, the pooled one first', () => {
    const keys = demo.findings.map(({ detector, measure, task }) => [detector, measure, task ?? ''].join('\u0000'))
    expect(keys).toEqual([...keys].sort())
  })

  it('says the same in exhibits as in findings', () => {
    const flips = demo.exhibits.find(({ kind, task }) => kind === 'flips' && task === null)!.data as {
      negativeFlips: number
    }
    expect(flips.negativeFlips).toBe(
      demo.findings.find(({ measure, task }) => measure === 'negative-flip-rate' && task === null)!.details
        .negativeFlips,
    )
  })

  it('has reliability bins that hold every output, and a temperature tried on other buckets than it was fitted on', () => {
    type Data = {
      bins: Record<'baseline' | 'tuned', { n: number }[]>
      temperature: Record<string, { brier: number; brierScaled: number }>
    }
    const { bins, temperature } = demo.exhibits.find(({ kind, task }) => kind === 'reliability' && task === null)!
      .data as unknown as Data
    for (const arm of ['baseline', 'tuned'] as const) expect(bins[arm].reduce((total, { n }) => total + n, 0)).toBe(800)
    expect(temperature.tuned!.brierScaled).toBeLessThan(temperature.tuned!.brier)
  })
})

describe('renderJson', () => {
  it('throws on NaN and Infinity rather than writing null', () => {
    expect(() => renderJson({ ...demo, exitCode: Number.NaN })).toThrow('"exitCode" is NaN')
  })

  it('ends with a newline and is the report again', () => {
    expect(renderJson(demo).endsWith('}\n')).toBe(true)
    expect(JSON.parse(renderJson(demo))).toEqual(demo)
  })

  it('puts the summary beside the verdict, and makes it anew for a report that was read back', () => {
    const stale = { ...demo, summary: { headline: 'PASS. All is well.' } }
    expect(renderJson(stale)).toBe(renderJson(demo))
    expect(Object.keys(demo).slice(0, 6)).toEqual(['schemaVersion', 'tool', 'verdict', 'exitCode', 'summary', 'reason'])
  })
})

describe('renderTerminal', () => {
  const text = renderTerminal(demo, { color: false })

  it('begins with the verdict and its reason, and names all five planted faults', () => {
    expect(text.startsWith('FAIL  Harm is shown by ')).toBe(true)
    const sentence = text.slice(0, text.indexOf('\n\n')).replaceAll('\n', ' ')
    for (const { id } of detectors) expect(sentence).toContain(`${id} (`)
    expect(sentence).toContain('cross-task-regression (score on hours)')
  })

  it('says the same with and without colour', () => {
    const colored = renderTerminal(demo, { color: true })
    expect(colored).not.toBe(text)
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(text)
  })

  it('stays within 80 columns', () => {
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  it('shows hostile names as text', () => {
    const failing = demo.findings.find(({ status, task }) => status === 'fail' && task !== null)!
    const hostile = { ...failing, task: '\u001b[2Jgone\u202e\n' }
    const shown = renderTerminal({ ...demo, findings: [...demo.findings, hostile] }, { color: false })
    expect(shown).toContain('\\u001b[2Jgone\\u202e\\u000a')
    expect(shown).not.toMatch(/[\u001b\u202e]/)
  })
})

describe('explainNotice', () => {
  const both = { baseline: 2, tuned: 3 }
  const rows: readonly (readonly [Notice, RegExp])[] = [
    [
      { code: 'alias', field: 'output', name: 'completion', records: both },
      /"output" is read from "completion" .*2 .* 3/,
    ],
    [{ code: 'paired-by-prompt', cases: 7 }, /7 cases are paired by their prompt/],
    [{ code: 'score-out-of-range', records: both, lowest: -1, highest: 10 }, /score: \{range/],
    [{ code: 'unknown-numbers', records: both }, /NaN/],
    [{ code: 'bad-lines', lines: both }, /bad lines left out/],
    [{ code: 'same-bytes' }, /compares a file with itself/],
    [{ code: 'same-model', name: 'kite-7b' }, /both arms name the same model, "kite-7b"/],
    [{ code: 'surplus-samples', samples: both }, /equally many/],
    [{ code: 'prompts-ignored', cases: 4 }, /4 cases have another prompt/],
  ]
  it.each(rows)('%o', (notice, expected) => {
    expect(explainNotice(notice)).toMatch(expected)
  })
})

describe('wrap', () => {
  it('breaks between words at 80 characters and leaves a longer word whole', () => {
    const long = 'x'.repeat(100)
    expect(wrap(`${'word '.repeat(20)}${long} end`, { rest: '  ' })).toEqual([
      'word '.repeat(16).trim(),
      '  word word word word',
      `  ${long}`,
      '  end',
    ])
  })
})
