import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

// Where people who tried the tool for the first time went wrong and were not told.
const root = resolve(import.meta.dirname, '../..')
const demo = (arm: string) => join(root, 'fixtures/demo', `${arm}.jsonl`)
const folder = mkdtempSync(join(tmpdir(), 'tuneaudit-new-'))
const DEMO = ['--baseline', demo('baseline'), '--tuned', demo('tuned')]

afterAll(() => rmSync(folder, { recursive: true }))

function audit(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/tuneaudit.js'), 'audit', ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return name
}

describe('a mistake in a flag or in the config is told', () => {
  const copy = () => write('copy.jsonl', readFileSync(demo('baseline'), 'utf8'))
  const rows: readonly (readonly [string, () => string[], string])[] = [
    [
      'a mapping that fits no record',
      () => [...DEMO, '--fields', 'correct=/corect'],
      'no record has "/corect". Did you mean "/correct"?',
    ],
    [
      'a report over a file that is read',
      () => ['--baseline', copy(), '--tuned', demo('tuned'), '--report', 'json=copy.jsonl'],
      'one of the files that are read',
    ],
    [
      'one file twice in an arm',
      () => ['--baseline', copy(), './copy.jsonl', '--tuned', demo('tuned')],
      'is given twice',
    ],
    ['a margin in percent', () => [...DEMO, '--margin', 'score=5'], 'Did you mean 0.05?'],
    [
      'a target that is no task',
      () => [
        ...DEMO,
        '--config',
        write('target.yaml', 'detectors: {cross-task-regression: {options: {tunedFor: ["tikcet-*"]}}}'),
      ],
      'unknown task "tikcet-*"',
    ],
  ]
  it.each(rows)('%s', (_, args, message) => {
    expect(audit(...args())).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining(message) })
  })
})

describe('a verdict does not mislead', () => {
  it('by a pass that only says that confidences are stated', () => {
    const lines = (arm: string) =>
      readFileSync(demo(arm), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
        .filter(({ confidence }) => confidence !== undefined)
        .map((record) => JSON.stringify({ ...record, correct: undefined }))
    const [baseline, tuned] = ['baseline', 'tuned'].map((arm) =>
      write(`${arm}.jsonl`, `${lines(arm).join('\n')}\n`),
    ) as [string, string]
    const { status, stdout } = audit('--baseline', baseline, '--tuned', tuned)
    expect(status).toBe(4)
    expect(stdout.replace(/\s+/g, ' ')).toContain('no guarded measure could be measured')
  })

  it('by hiding what a detector at warn would say', () => {
    const config = write('warn.yaml', 'detectors: {calibration-drift: warn}')
    const { stdout } = audit(...DEMO, '--config', config)
    expect(stdout).toMatch(/noted {10}brier-score {2}0\.\d+ → 0\.\d+/)
  })

  it('by leaving out which file was which arm', () => {
    expect(audit(...DEMO).stdout).toContain(`baseline ${demo('baseline')}`.slice(0, 40))
  })
})

describe('records of an inference script, with names of their own', () => {
  const arm = (name: string, words: string) => {
    const record = (i: number) => ({
      question: `What is ${i} and 1?`,
      response: `${words} ${i + 1}.`,
      is_right: i % 5 > 0,
      latency: 0.5,
    })
    return write(name, Array.from({ length: 200 }, (_, i) => `${JSON.stringify(record(i))}\n`).join(''))
  }
  const arms = () => ['--baseline', arm('script-a.jsonl', 'It is'), '--tuned', arm('script-b.jsonl', 'That makes')]

  it('end in an error that says what is missing and which flag would map what is there', () => {
    const { status, stdout } = audit(...arms())
    const said = stdout.replace(/\s+/g, ' ')
    expect(status).toBe(4)
    expect(said).toContain('Missing: confidence, repeats, score. Columns not used: is_right, latency.')
    expect(said).toContain('If a column is what it looks like: --fields correct=/is_right')
    // A latency between 0 and 1 is still a latency.
    expect(said).not.toContain('=/latency')
  })

  it('are judged with that flag', () => {
    const { status, stdout } = audit(...arms(), '--fields', 'correct=/is_right')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^PASS/)
  })
})
