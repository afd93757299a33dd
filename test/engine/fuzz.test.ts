import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Ajv } from 'ajv'
import { afterAll, expect, it } from 'vitest'
import type { PartialConfig } from '../../src/config/partial.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { detectors } from '../../src/detectors/index.js'
import { audit } from '../../src/engine/audit.js'
import { renderJson } from '../../src/report/json.js'
import { reportSchema } from '../../src/report/schema.js'
import { mulberry32 } from '../audit/support.js'

// Files of records in which some things are wrong, at random from a fixed seed: whatever stands in them, an audit ends in
// a report that fits its schema, never in a crash.
const folder = mkdtempSync(join(tmpdir(), 'tuneaudit-fuzz-'))
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(reportSchema)
const random = mulberry32(20_261_123)

afterAll(() => rmSync(folder, { recursive: true }))

const KEYS = [
  'id',
  'output',
  'task',
  'cluster',
  'prompt',
  'correct',
  'score',
  'scores',
  'confidence',
  'sample',
  'error',
  '__proto__',
  'constructor',
  'label',
  'meta',
]
const VALUES = [
  null,
  true,
  0,
  1,
  -1,
  0.5,
  1e21,
  1e-300,
  'x',
  '',
  [],
  {},
  { a: 1 },
  { temperature: 0, judge: { model: '\ud800' } },
  '\u0000',
  '\ud800',
  '__proto__',
  2 ** 20 + 1,
]

const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!

function record(i: number, wrong: number): string {
  const made: Record<string, unknown> = {
    id: `q${i}`,
    task: pick(['rain', 'snow']),
    output: pick(['yes', 'no', '']),
    correct: random() < 0.7,
  }
  if (random() < 0.5) made.confidence = Math.round(random() * 10) / 10
  if (random() < 0.3) made.cluster = pick(['north', 'south'])
  if (random() < wrong)
    Object.defineProperty(made, pick(KEYS), {
      value: pick(VALUES),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  const line = JSON.stringify(made)
  if (random() < wrong / 10) return line.replace('true', 'NaN')
  return random() < wrong / 20 ? line.slice(0, Math.floor(random() * line.length)) : line
}

function write(name: string, wrong: number): string {
  const lines = Array.from({ length: Math.floor(random() * 60) }, (_, i) => record(i, wrong))
  if (random() < 0.3) lines.reverse()
  writeFileSync(join(folder, name), lines.map((line) => line + pick(['\n', '\r\n'])).join(''))
  return name
}

const CONFIGS: readonly PartialConfig[] = [
  {},
  { input: { maxBadLines: 50 } },
  { pairing: { repeats: true, minCoverage: 0.1, prompts: 'ignore' }, input: { maxBadLines: 50 } },
]

it('an audit of broken files ends in a report that fits its schema', async () => {
  const verdicts = new Set<string>()
  for (let run = 0; run < 300; run++) {
    const wrong = pick([0, 0.002, 0.02, 0.2])
    const paths = { baseline: [write('baseline.jsonl', wrong)], tuned: [write('tuned.jsonl', wrong)] }
    const policy = resolvePolicy(pick(CONFIGS), detectors)
    const { report, crashes } = await audit({
      paths,
      labels: null,
      cwd: folder,
      stdin: Readable.from([]),
      policy,
      detectors,
      version: '0.0.0',
    })
    expect(crashes).toEqual([])
    expect(validate(JSON.parse(renderJson(report))), JSON.stringify(validate.errors)).toBe(true)
    verdicts.add(`${report.verdict} ${report.reason.code}`)
  }
  // The files are varied enough to end in several ways.
  expect(verdicts.size).toBeGreaterThan(6)
})
