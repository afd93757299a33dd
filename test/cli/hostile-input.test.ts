import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/domain/finding.js'
import { audit, type Files, type Outcome } from './run.js'
import { AFTER, BEFORE, forecasts, jsonl } from './weather.js'

/** Clears the screen and moves the cursor; turns the line; ends it; is no character at all. */
const ESCAPE = '\u001b[2J\u001b[31m\u009b1A'
const HOSTILE = `${ESCAPE}\u202e\u2066\u200f\r\n\u0007\u2028\ud83c`

/** C0 (newlines aside), DEL, C1, bidirectional marks, line separators, and what a lone surrogate becomes in UTF-8. */
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffd]/

function expectNothingRaw({ stdout, stderr }: Outcome) {
  expect([RAW.exec(stdout), RAW.exec(stderr)]).toEqual([null, null])
}

interface Row {
  readonly of: string
  readonly before?: string
  readonly after?: string
  readonly files?: Files
  readonly args?: readonly string[]
  readonly code: number
  readonly says: string
}

const named = (i: number, at: number) => (i >= at ? { id: `${HOSTILE}${i}` } : {})
const added = (record: object) => `${BEFORE}${JSON.stringify(record)}\n`
const arms = (baseline: string) => ['--baseline', baseline, '--tuned', 'after.jsonl']

const ROWS: readonly Row[] = [
  {
    of: 'ids in one arm only',
    before: jsonl(forecasts(40, (i) => named(i, 30))),
    code: 4,
    says: '"\\u001b[2J\\u001b[31m\\u009b1A\\u202e\\u2066\\u200f\\r\\n\\u0007\\u2028\\ud83c30"',
  },
  {
    of: 'ids that repeat',
    before: BEFORE + jsonl([0, 1].map(() => ({ id: HOSTILE, output: 'no' }))),
    code: 4,
    says: 'duplicate id "\\u001b[2J',
  },
  {
    of: 'ids whose prompts differ',
    before: jsonl(forecasts(40, (i) => ({ ...named(i, 0), prompt: 'Rain?' }))),
    after: jsonl(forecasts(40, (i) => ({ ...named(i, 0), prompt: 'Snow?' }))),
    code: 4,
    says: '"\\u001b[2J',
  },
  { of: 'a task', before: added({ id: 'x', task: HOSTILE, output: 'no' }), code: 4, says: 'task "\\u001b[2J' },
  { of: 'a value of the wrong type', before: added({ id: 'x', score: HOSTILE }), code: 4, says: '"score" is "\\u001b' },
  { of: 'a line', before: `${BEFORE}${ESCAPE}\u202e\n`, code: 4, says: 'this is not JSON: "\\u001b[2J' },
  {
    of: 'columns that nothing uses',
    before: jsonl(forecasts(40, () => ({ [HOSTILE]: 1 }))),
    code: 2,
    says: 'columns not used: \\u001b[2J',
  },
  {
    of: 'names of scores',
    before: jsonl(forecasts(40, () => ({ scores: { [HOSTILE]: 1 } }))),
    args: ['--score', `${HOSTILE.slice(0, -1)}x`],
    code: 3,
    says: 'unknown score "\\u001b[2J',
  },
  { of: 'the name of a file', files: { [ESCAPE]: 'rain' }, args: arms(ESCAPE), code: 4, says: '\\u001b[2J' },
  {
    of: 'the name of a missing file',
    args: arms('\u001b7\u202egone'),
    code: 3,
    says: '\\u001b7\\u202egone: no such file',
  },
  {
    of: 'two bare paths',
    args: [ESCAPE, '\u202e'],
    code: 3,
    says: '--baseline \\u001b[2J\\u001b[31m\\u009b1A --tuned',
  },
  { of: 'the name of a task to select', args: ['--tasks', ESCAPE], code: 3, says: 'unknown task "\\u001b[2J' },
  { of: 'the name of a detector', args: ['--detectors', ESCAPE], code: 3, says: 'unknown detector "\\u001b[2J' },
  { of: 'the name of a measure', args: ['--margin', `${ESCAPE}=1`], code: 3, says: 'unknown measure "\\u001b[2J' },
  { of: 'a report format', args: ['--report', `${ESCAPE}=x`], code: 3, says: '"\\u001b[2J' },
  {
    of: 'a key of the config',
    files: { 'tuneaudit.config.yaml': '"\\e[2Jalpha": 1\n' },
    args: [],
    code: 3,
    says: 'unknown key "\\u001b[2Jalpha"',
  },
]

describe.concurrent('hostile text', () => {
  it('in keys reaches the terminal as visible escapes', async () => {
    const outcome = await audit({ 'before.jsonl': added({ [HOSTILE]: 1, output: 'no' }), 'after.jsonl': AFTER })
    expect(outcome.stdout).toContain('Its keys:')
    expectNothingRaw(outcome)
  })

  it.each(ROWS)(
    'in $of reaches the terminal as visible escapes',
    async ({ before = BEFORE, after = AFTER, ...row }) => {
      const outcome = await audit({ 'before.jsonl': before, 'after.jsonl': after, ...row.files }, row.args)
      expect(`${outcome.stdout}${outcome.stderr}`.replace(/\s+/g, ' ')).toContain(row.says)
      expect(outcome.code).toBe(row.code)
      expectNothingRaw(outcome)
    },
  )

  it('in tasks, ids and outputs is data: judged, and in the report as it was', async () => {
    const change = (output: string) => (i: number) => ({ id: `${HOSTILE}${i}`, task: `${HOSTILE}${i % 2}`, output })
    const worse = (i: number) => ({ ...change(ESCAPE)(i), correct: false })
    const outcome = await audit({
      'before.jsonl': jsonl(forecasts(40, change('\udfff'))),
      'after.jsonl': jsonl(forecasts(40, worse)),
    })
    expect(outcome.code).toBe(1)
    expectNothingRaw(outcome)
    const score = outcome.report?.findings.filter(({ measure }) => measure === 'score') ?? []
    expect(score.map(({ task, n }) => [task, n])).toEqual([
      [null, 40],
      [`${HOSTILE}0`, 20],
      [`${HOSTILE}1`, 20],
    ])
  })

  it('in --format json stands as JSON escapes, no ESC byte among them', async () => {
    const after = jsonl(forecasts(40, (i) => named(i, 0)))
    const { code, stdout } = await audit({ 'before.jsonl': BEFORE, 'after.jsonl': after }, ['--format', 'json'])
    expect(code).toBe(4)
    expect(stdout).not.toContain('\u001b')
    expect(JSON.parse(stdout).pairing.onlyTuned.first[0].id).toBe(`${HOSTILE}0`)
  })
})

const TOLD = ['adherence-rate', 'effective-formats']
const PROTOTYPES = ['__proto__', 'constructor', 'hasOwnProperty', 'toString']

describe.concurrent('names of Object.prototype', () => {
  it('are tasks and ids like any other', async () => {
    const named = (prefix: string) => (i: number) => ({
      id: prefix + PROTOTYPES[i % 4] + (i < 4 ? '' : i),
      task: prefix + PROTOTYPES[i % 4],
    })
    const of = async (prefix: string) => {
      const records = jsonl(forecasts(80, named(prefix)))
      const { report, code } = await audit({ 'before.jsonl': records, 'after.jsonl': records }, ['--allow-identical'])
      // Which of a task's cases tell its format depends on their ids.
      const findings = (report?.findings ?? []).filter(({ measure, task }) => task !== null || !TOLD.includes(measure))
      return { code, tasks: findings.map(({ task }) => task?.slice(prefix.length)), states: findings.map(stateOf) }
    }
    const plain = await of('x')
    expect(new Set(plain.tasks)).toEqual(new Set([undefined, ...PROTOTYPES]))
    expect(await of('')).toEqual(plain)
  })

  it('are keys like any other, and never the record itself', async () => {
    const inherited =
      '"__proto__":{"correct":true,"score":1,"task":"snow"},"constructor":{"prototype":{"score":1}},"toString":7'
    const line = (i: number) => `{"id":"day-${i}","output":"no",${inherited}}`
    const records = jsonl(Array.from({ length: 12 }, (_, i) => line(i)))
    const files = { 'before.jsonl': records, 'after.jsonl': records.replace('"no"', '"yes"') }
    const { report, code, stdout } = await audit(files)
    expect(code).toBe(4)
    expect(report?.reason).toMatchObject({ code: 'nothing-guarded' })
    expect(Object.keys(report?.fields ?? {})).toEqual(['__proto__', 'constructor', 'id', 'output', 'toString'])
    expect(stdout).toContain('Columns not used: __proto__, constructor, toString.')
  })

  it('are unknown where a detector, measure, task, score or key is to be named', async () => {
    const flags = ['--detectors', '--tasks', '--score', '--format']
    for (const args of [
      ...flags.map((flag) => [flag, 'constructor']),
      ['--margin', 'toString=1'],
      ['--fields', '__proto__=/x'],
    ]) {
      const { code, stderr } = await audit({ 'before.jsonl': BEFORE, 'after.jsonl': AFTER }, args)
      expect([code, stderr]).toEqual([3, expect.stringMatching(/^error: unknown /)])
    }
  })
})

function stateOf({ measure, n, status, change }: Finding) {
  return { measure, n, status, change: change?.value }
}
