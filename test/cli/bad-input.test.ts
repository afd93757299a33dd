import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Ajv, type ValidateFunction } from 'ajv'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '../../src/domain/report.js'
import { audit, ended, type Files, inFolder, type Outcome, start, tuneaudit } from './run.js'
import { AFTER, BEFORE, type Forecast, forecasts, jsonl, without } from './weather.js'

const GOOD: Files = { 'before.jsonl': BEFORE, 'after.jsonl': AFTER }

let isReport: ValidateFunction

beforeAll(async () => {
  const { stdout } = await tuneaudit(['schema', 'report'])
  isReport = new Ajv({ strict: true }).compile(JSON.parse(stdout))
})

/** Exit 3: nothing on standard output, no report, nothing left behind. */
function expectRefused({ code, stdout, stderr, report, left }: Outcome, says: readonly string[]) {
  for (const part of says) expect(stderr).toContain(part)
  expect({ code, stdout, report, left }).toEqual({ code: 3, stdout: '', report: null, left: [] })
  expect(stderr).toMatch(/\nexit 3 \(usage\)\n$/)
}

/** Exit 4: a whole report that says why, and no findings. */
function expectUnauditable({ code, stderr, report, left }: Outcome, reason: string, says: readonly string[]) {
  for (const part of says) expect(stderr).toContain(part)
  expect({ code, left }).toEqual({ code: 4, left: [] })
  expect(stderr).toMatch(/\nexit 4 \(error\)\n$/)
  expect(report).toMatchObject({ verdict: 'error', exitCode: 4, reason: { code: reason }, findings: [] })
  expectValid(report)
}

/** A verdict was reached; which one is none of this file's business. */
function expectJudged({ code, stderr, report, left }: Outcome): Report {
  expect([stderr, left]).toEqual([expect.stringMatching(/exit [012] \((pass|fail|inconclusive)\)\n$/), []])
  expect([0, 1, 2]).toContain(code)
  expectValid(report)
  if (report === null) throw new Error('there is no report')
  return report
}

function expectValid(report: Report | null) {
  isReport(report)
  expect(isReport.errors).toBeNull()
}

interface Refusal {
  readonly of: string
  readonly files?: Files
  readonly args: readonly string[]
  readonly says: readonly string[]
}

const arms = (baseline: string, tuned = 'after.jsonl') => ['--baseline', baseline, '--tuned', tuned]
const config = (text: string) => ({ ...GOOD, 'tuneaudit.config.yaml': text })

const REFUSALS: readonly Refusal[] = [
  { of: 'a missing file', args: arms('gone.jsonl'), says: ['gone.jsonl: no such file'] },
  { of: 'a missing file of the tuned arm', args: arms('before.jsonl', 'gone.jsonl'), says: ['gone.jsonl: no such'] },
  { of: 'a missing folder', args: arms('gone/before.jsonl'), says: ['gone/before.jsonl: no such file'] },
  { of: 'a file taken for a folder', args: arms('before.jsonl/x'), says: ['before.jsonl/x: no such file'] },
  { of: 'a glob without files', args: arms('logs/*.jsonl'), says: ['logs/*.jsonl: this glob holds no'] },
  {
    of: 'a directory without logs',
    files: { ...GOOD, 'logs/notes.md': 'rain' },
    args: arms('logs'),
    says: ['logs: this directory holds no .jsonl or .ndjson file'],
  },
  {
    of: 'two bare paths',
    args: ['before.jsonl', 'after.jsonl'],
    says: ['paths are given by name', 'Try: tuneaudit audit --baseline before.jsonl --tuned after.jsonl'],
  },
  { of: 'standard input twice', args: arms('-', '-'), says: ['only one path can be -'] },
  {
    of: 'a report into a missing folder, before it reads',
    files: { 'before.jsonl': 'rain', 'after.jsonl': '' },
    args: ['--report', 'json=gone/report.json'],
    says: ['gone/report.json: cannot be written (its folder does not exist)'],
  },
  {
    of: 'a report in place of a folder',
    files: { ...GOOD, 'logs/x': '' },
    args: ['--report', 'json=logs'],
    says: ['logs: cannot be written (it is a directory)'],
  },
  { of: 'an unknown report format', args: ['--report', 'jsn=x'], says: ['--report "jsn"', 'Did you mean "json"?'] },
  { of: 'an unknown output format', args: ['--format', 'jsno'], says: ['--format "jsno"', 'Did you mean "json"?'] },
  {
    of: 'an unknown detector',
    args: ['--detectors', 'callibration-drift'],
    says: ['unknown detector "callibration-drift"', 'Did you mean "calibration-drift"?'],
  },
  { of: 'an unknown measure', args: ['--margin', 'scor=1'], says: ['unknown measure "scor"', 'mean "score"?'] },
  { of: 'an unknown task', args: ['--tasks', 'rian'], says: ['unknown task "rian"', 'mean "rain"?', 'Known: rain.'] },
  {
    of: 'an unknown score',
    files: {
      'before.jsonl': jsonl(forecasts(10, () => ({ scores: { accuracy: 1 } }))),
      'after.jsonl': AFTER,
    },
    args: ['--score', 'acuracy'],
    says: ['unknown score "acuracy"', 'Did you mean "accuracy"?'],
  },
  { of: 'an unknown field', args: ['--fields', 'outptu=/x'], says: ['unknown field "outptu"', 'mean "output"?'] },
  { of: 'an unknown option', args: ['--basline', 'x'], says: ["unknown option '--basline'", '--baseline?'] },
  { of: 'a number that is none', args: ['--max-bad-lines', 'few'], says: ['--max-bad-lines: "few" is not a number'] },
  { of: 'a margin below 0', args: ['--margin', 'score=-1'], says: ['--margin "score"', 'got -1'] },
  { of: 'a missing config', args: ['--config', 'gone.yaml'], says: ['gone.yaml: no such file'] },
  {
    of: 'an unknown key of the config',
    files: config('alpha: 0.05\nmargin: 1\n'),
    args: [],
    says: ['tuneaudit.config.yaml:2:1: unknown key "margin"'],
  },
  {
    of: 'an unknown detector in the config',
    files: config('detectors:\n  calibration-drfit: off\n'),
    args: [],
    says: ['tuneaudit.config.yaml:2:3: unknown detector "calibration-drfit". Did you mean "calibration-drift"?'],
  },
  {
    of: 'an unknown measure in the config',
    files: config('detectors: {calibration-drift: {margins: {brier-scor: 0.1}}}\n'),
    args: [],
    says: ['unknown measure "brier-scor". Did you mean "brier-score"?'],
  },
  {
    of: 'an unknown task in an override',
    files: config('overrides: [{tasks: rian, confidence: {scale: percent}}]\n'),
    args: [],
    says: ['unknown task "rian". Did you mean "rain"?'],
  },
  {
    of: 'a deciding measure without a margin',
    files: config('detectors: {cross-task-regression: {roles: {negative-flip-rate: guarded}}}\n'),
    args: [],
    says: ['negative-flip-rate is to decide and has no margin', '--margin negative-flip-rate=<value>'],
  },
]

interface Unauditable {
  readonly of: string
  readonly before?: string | Uint8Array
  readonly after?: string | Uint8Array
  readonly files?: Files
  readonly args?: readonly string[]
  readonly reason: string
  readonly says: readonly string[]
}

const LEVELS = 100_000
const nested = '['.repeat(LEVELS) + ']'.repeat(LEVELS)
const packed = gzipSync(BEFORE)

/** The good baseline with one line put in at a line number. */
function withLine(line: number, text: string): string {
  const lines = BEFORE.split('\n')
  lines.splice(line - 1, 0, text)
  return lines.join('\n')
}

const UNAUDITABLE: readonly Unauditable[] = [
  {
    of: 'a line that ends early',
    before: withLine(17, '{"id":"day-x","output":"ye'),
    reason: 'bad-line',
    says: ['before.jsonl:17: the JSON ends early', '{\\"id\\":\\"day-x\\"', '--max-bad-lines'],
  },
  {
    of: 'a line of the other arm that is not JSON',
    after: `${AFTER}day 41: rain\n`,
    reason: 'bad-line',
    says: ['after.jsonl:41: this is not JSON: "day 41: rain"'],
  },
  {
    of: 'a file that is one JSON array',
    before: JSON.stringify(forecasts(3)),
    reason: 'bad-line',
    says: ['before.jsonl:1: the line holds an array of 3, not an object', '{"id": …, "output": …}'],
  },
  {
    of: 'a value of the wrong type',
    before: withLine(2, '{"id":"x","output":"yes","correct":"true"}'),
    reason: 'bad-line',
    says: ['before.jsonl:2: "correct" is "true". It must be true, false, 0 or 1'],
  },
  {
    of: 'text that is not UTF-8',
    before: Buffer.concat([Buffer.from(BEFORE), Buffer.from('{"id":"é","output":"x"}\n', 'latin1')]),
    reason: 'bad-line',
    says: ['before.jsonl:41: the line is not valid UTF-8. Write the file as UTF-8'],
  },
  {
    of: 'one bad line more than tolerated',
    before: withLine(3, 'rain'),
    after: `${withLine(5, 'rain')}snow\n`,
    args: ['--max-bad-lines', '1'],
    reason: 'bad-line',
    says: ['after.jsonl:42: this is not JSON: "snow"', '1 bad lines were tolerated before it'],
  },
  {
    of: 'records without an id and a prompt',
    before: jsonl([{ key: 'day-1', output: 'yes' }]),
    reason: 'field-missing',
    says: ['before.jsonl:1: no id and no prompt', 'Its keys: key, output.', 'Try --fields id=/key.'],
  },
  {
    of: 'records without an output',
    before: jsonl([{ id: 'day-1', prompt: 'Rain?', 'a/b': 'yes' }]),
    reason: 'field-missing',
    says: ['before.jsonl:1: no output', 'Its keys: id, prompt, a/b.', 'Try --fields output=/a~1b.'],
  },
  {
    of: 'one record without an output, however many bad lines are tolerated',
    before: withLine(9, '{"id":"day-x","text":"yes"}'),
    args: ['--max-bad-lines', '9'],
    reason: 'field-missing',
    says: ['before.jsonl:9: no output', '--fields output=/text'],
  },
  {
    of: 'ids in some records only',
    after: jsonl([...forecasts(39), ...without('id', forecasts(1))]),
    reason: 'ids-missing',
    says: ['after.jsonl:40: this record has no id', '1 of 80 lack it'],
  },
  {
    of: 'a duplicate on the next line',
    before: withLine(2, '{"id":"day-0","task":"rain","output":"no"}'),
    reason: 'duplicate',
    says: ['before.jsonl:1 and line 2: duplicate id "day-0" (task "rain", sample 0) in the baseline arm', 'repeats'],
  },
  {
    of: 'a duplicate far apart',
    after: `${AFTER}{"id":"day-3","task":"rain","output":"no","sample":0}\n`,
    reason: 'duplicate',
    says: ['after.jsonl:4 and line 41: duplicate id "day-3" (task "rain", sample 0) in the tuned arm'],
  },
  {
    of: 'a duplicate in another file',
    files: { 'more.jsonl': jsonl([{ id: 'day-40', task: 'rain', output: 'no' }, forecasts(8)[7]!]) },
    args: ['--baseline', 'before.jsonl', 'more.jsonl', '--tuned', 'after.jsonl'],
    reason: 'duplicate',
    says: ['more.jsonl:2 and line 8 of before.jsonl: duplicate id "day-7"'],
  },
  {
    of: 'arms that share no ids',
    after: jsonl(forecasts(3, (i) => ({ id: `night-${i}` }))),
    reason: 'no-shared-cases',
    says: [
      'the arms share no case',
      '40 in the baseline (first: "day-0"',
      '3 in the tuned arm',
      '"night-0"',
      '"night-2"',
    ],
  },
  {
    of: 'coverage under the floor',
    after: jsonl(forecasts(37)),
    reason: 'low-coverage',
    says: ['only 37 of 40 baseline cases', 'floor is 0.95', '"day-37" (task "rain"), "day-38"', 'minCoverage'],
  },
  {
    of: 'coverage under the floor, of the tuned arm',
    before: jsonl(forecasts(37)),
    reason: 'low-coverage',
    says: ['only 37 of 40 tuned cases are in the baseline arm too', '"day-39"'],
  },
  {
    of: 'a task in one arm only',
    before: BEFORE + jsonl([{ id: 'night-1', task: 'snow', output: 'no' }]),
    reason: 'task-in-one-arm',
    says: ['task "snow": all 1 cases are in the baseline arm only', '--tasks'],
  },
  {
    of: 'the same ids with other prompts',
    after: jsonl(forecasts(40, (i) => (i < 2 ? { prompt: 'Snow?' } : {}))),
    reason: 'prompt-mismatch',
    says: ['2 cases have another prompt', '"day-0" (task "rain"), "day-1"', 'pairing: {prompts: ignore}'],
  },
  {
    of: '"correct" on nine in ten baseline cases, but not on tuned ones',
    before: jsonl(forecasts(40, (i) => (i < 4 ? { correct: null } : {}))),
    after: jsonl(forecasts(40, (i) => (i < 5 ? { correct: null } : {}))),
    reason: 'field-lost',
    says: ['task "rain": "correct" is on 90.0 % of the baseline\'s cases and on 87.5 % of the tuned arm\'s', 'scorer'],
  },
  {
    of: 'a confidence above 1',
    after: `${AFTER}{"id":"day-x","output":"no","confidence":85}\n`,
    reason: 'confidence-out-of-range',
    says: ['after.jsonl:41: confidence 85 is not between 0 and 1', 'confidence: {scale: percent}'],
  },
  {
    of: 'a line over --max-line-bytes',
    before: withLine(6, JSON.stringify({ id: 'long', output: 'rain '.repeat(100) })),
    args: ['--max-line-bytes', '400'],
    reason: 'line-too-long',
    says: ['before.jsonl:6: the line is longer than 400 bytes', '--max-line-bytes'],
  },
  { of: 'a file of zero bytes', after: '', reason: 'empty-file', says: ['after.jsonl: holds no records'] },
  { of: 'a file of blank lines', after: '\n\r\n \n', reason: 'empty-file', says: ['after.jsonl: holds no records'] },
  { of: 'a gzipped file of zero bytes', after: gzipSync(''), reason: 'empty-file', says: ['holds no records'] },
  {
    of: 'binary data',
    before: Buffer.concat([Buffer.from(withLine(41, '')), Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0xff, 10])]),
    reason: 'not-text',
    says: ['before.jsonl:42: this is binary data', 'JSON lines in UTF-8'],
  },
  {
    of: 'text in UTF-16',
    before: Buffer.from(`\ufeff${BEFORE}`, 'utf16le'),
    reason: 'not-text',
    says: ['before.jsonl:1: this is binary data'],
  },
  {
    of: 'gzip that is cut off',
    before: packed.subarray(0, packed.length - 20),
    reason: 'truncated',
    says: ['before.jsonl: the compressed data ends early or is damaged', 'Copy the file again'],
  },
  {
    of: 'gzip that is damaged',
    before: Uint8Array.from(packed, (byte, i) => (i > 60 && i < 90 ? byte ^ 0xff : byte)),
    reason: 'truncated',
    says: ['before.jsonl: the compressed data ends early or is damaged'],
  },
  {
    of: '100,000 levels in the output',
    before: withLine(2, `{"id":"deep","output":${nested}}`),
    reason: 'bad-line',
    says: ['before.jsonl:2: "output" is nested deeper than 1000 levels. Flatten it'],
  },
  {
    of: '100,000 levels in a field that nothing uses',
    before: withLine(2, `{"id":"deep","output":"no","meta":${nested}}`),
    reason: 'bad-line',
    says: ['before.jsonl:2: "meta" is nested deeper than 1000 levels'],
  },
  {
    of: '100,000 levels without an end',
    before: withLine(2, `{"id":"deep","output":${'['.repeat(LEVELS)}`),
    reason: 'bad-line',
    says: ['before.jsonl:2: the JSON ends early'],
  },
]

const UNMEASURED: readonly Unauditable[] = [
  {
    of: 'no guarded measure measured',
    before: jsonl(
      without(
        'correct',
        forecasts(40, () => ({ grade: 'A' })),
      ),
    ),
    after: jsonl(
      without(
        'correct',
        forecasts(40, () => ({ output: 'no' })),
      ),
    ),
    reason: 'nothing-guarded',
    says: [
      'no guarded measure could be measured',
      'score',
      'Columns not used: grade',
      '"score" or "correct"',
      '--fields',
    ],
  },
  {
    of: 'a required detector unmeasured',
    args: ['--config', 'ci.yaml'],
    files: { 'ci.yaml': 'required: [calibration-drift]\n' },
    reason: 'required-unmeasured',
    says: ['calibration-drift is required and could not be measured', 'confidence'],
  },
]

describe.concurrent('audit', () => {
  it.each(REFUSALS)('refuses $of with exit 3', async ({ files = GOOD, args, says }) => {
    expectRefused(await audit(files, args), says)
  })

  it.each(UNAUDITABLE)('cannot audit $of: exit 4', async ({ before = BEFORE, after = AFTER, ...row }) => {
    const files = { 'before.jsonl': before, 'after.jsonl': after, ...row.files }
    const outcome = await audit(files, ['--format', 'json', ...(row.args ?? [])])
    expectUnauditable(outcome, row.reason, row.says)
    expect(JSON.parse(outcome.stdout)).toEqual(outcome.report)
  })

  it.each(UNMEASURED)('cannot audit $of: exit 4', async ({ before = BEFORE, after = AFTER, ...row }) => {
    const files = { 'before.jsonl': before, 'after.jsonl': after, ...row.files }
    expectUnauditable(await audit(files, ['--format', 'json', ...(row.args ?? [])]), row.reason, row.says)
  })

  it('refuses --baseline alone, whatever else is there', async () => {
    const outcome = await inFolder(GOOD, (folder) => tuneaudit(['audit', '--baseline', 'before.jsonl'], folder))
    expect(outcome).toMatchObject({ code: 3, stdout: '' })
    expect(outcome.stderr).toContain('both arms are needed. Try: tuneaudit audit --baseline before.jsonl --tuned')
  })

  it('refuses an empty directory with exit 3', async () => {
    const outcome = await inFolder(GOOD, (folder) => {
      mkdirSync(join(folder, 'logs'))
      return tuneaudit(['audit', '--baseline', 'logs', '--tuned', 'after.jsonl'], folder)
    })
    expect(outcome).toMatchObject({ code: 3, stdout: '' })
    expect(outcome.stderr).toContain('logs: this directory holds no')
  })

  it('says on standard output why it cannot audit, where that is the terminal report', async () => {
    const { code, stdout, report } = await audit({ ...GOOD, 'after.jsonl': '' })
    expect(code).toBe(4)
    expect(stdout).toMatch(/^ERROR {2}after\.jsonl: holds no records\. /)
    expectValid(report)
  })

  it('stops at 64 MiB without a newline in bounded memory, however much follows', async () => {
    const part = gzipSync(Buffer.alloc(16 << 20, 'rain '))
    const before = Buffer.concat(Array.from({ length: 128 }, () => part))
    const { code, stderr } = await inFolder({ ...GOOD, 'before.jsonl': before }, (folder) =>
      ended(start(['audit', ...arms('before.jsonl'), '--quiet'], folder, SAYS_PEAK)),
    )
    expect(stderr).toContain('before.jsonl:1: the line is longer than 67108864 bytes')
    expect(code).toBe(4)
    expect(Number(/peak (\d+)/.exec(stderr)?.[1])).toBeLessThan(400_000)
  })
})

describe.concurrent('audit judges', () => {
  it('what is left of as many bad lines as are tolerated, and counts them', async () => {
    const outcome = await audit(
      { 'before.jsonl': withLine(3, 'rain'), 'after.jsonl': `${AFTER}{"id":\n\n{"id":"x","correct":2}\n` },
      ['--max-bad-lines', '2'],
    )
    const { inputs, notices } = expectJudged(outcome)
    expect(inputs.baseline).toMatchObject([{ records: 40, badLines: 1 }])
    expect(inputs.tuned).toMatchObject([{ records: 40, badLines: 2 }])
    expect(notices).toContainEqual({ code: 'bad-lines', lines: { baseline: 1, tuned: 2 } })
    expect(outcome.stdout).toContain('Note: bad lines left out (1 in the baseline, 2 in the tuned arm).')
  })

  it('NaN and Infinity as unknown, counts and says so', async () => {
    const scored = forecasts(40, () => ({ score: 1 }))
    const after = jsonl(scored.map((record, i) => scoredByPython({ ...record, output: 'no' }, i)))
    const outcome = await audit({ 'before.jsonl': jsonl(scored), 'after.jsonl': after })
    const { inputs, notices } = expectJudged(outcome)
    expect(inputs.tuned[0]?.unknownNumbers).toBe(3)
    expect(notices).toContainEqual({ code: 'unknown-numbers', records: { baseline: 0, tuned: 3 } })
    expect(outcome.stdout).toContain('numbers read as unknown, such as NaN and Infinity')
  })

  it('other prompts under the same ids where the config ignores prompts, and says so', async () => {
    const after = jsonl(forecasts(40, (i) => ({ output: 'no', prompt: `<user> Rain on day ${i}? <model>` })))
    const files = { 'before.jsonl': BEFORE, 'after.jsonl': after, 'ci.yaml': 'pairing: {prompts: ignore}\n' }
    const { pairing, notices } = expectJudged(await audit(files, ['--config', 'ci.yaml']))
    expect(pairing.promptMismatches.count).toBe(40)
    expect(notices).toContainEqual({ code: 'prompts-ignored', cases: 40 })
  })

  it('repeated ids as samples where the config says so', async () => {
    const twice = jsonl([...forecasts(), ...forecasts()])
    const files = { 'before.jsonl': twice, 'after.jsonl': AFTER, 'ci.yaml': 'pairing: {repeats: true}\n' }
    const { pairing, notices } = expectJudged(await audit(files, ['--config', 'ci.yaml']))
    expect(pairing).toMatchObject({ cases: 40, duplicates: { count: 0 } })
    expect(notices).toContainEqual({ code: 'surplus-samples', samples: { baseline: 40, tuned: 0 } })
  })

  it('records without ids by their prompts, and says so', async () => {
    const files = {
      'before.jsonl': jsonl(without('id', forecasts())),
      'after.jsonl': jsonl(
        without(
          'id',
          forecasts(40, () => ({ output: 'no' })),
        ),
      ),
    }
    const { notices } = expectJudged(await audit(files))
    expect(notices).toContainEqual({ code: 'paired-by-prompt', cases: 40 })
  })

  it('the selected tasks, whatever the records of others lack', async () => {
    const files = {
      'before.jsonl': BEFORE + jsonl([{ task: 'snow', note: 'no id, no output' }]),
      'after.jsonl': AFTER,
    }
    const { inputs, notices } = expectJudged(await audit(files, ['--tasks', 'rain']))
    expect(inputs.baseline).toMatchObject([{ records: 40, otherTasks: 1 }])
    expect(notices).toEqual([])
  })

  it('95 % coverage, the floor itself', async () => {
    const { pairing } = expectJudged(
      await audit({ ...GOOD, 'after.jsonl': jsonl(forecasts(38, () => ({ output: 'no' }))) }),
    )
    expect(pairing).toMatchObject({
      cases: 38,
      onlyBaseline: { count: 2, first: [{ id: 'day-38' }, { id: 'day-39' }] },
    })
  })

  it('errors and empty outputs as outcomes, counted', async () => {
    const failing = (i: number): Forecast => (i < 3 ? { output: '', correct: null } : i < 5 ? { error: 'timeout' } : {})
    const { pairing } = expectJudged(await audit({ ...GOOD, 'after.jsonl': jsonl(forecasts(40, failing)) }))
    expect(pairing).toMatchObject({ cases: 40, empty: { count: 3 }, errors: { count: 2 } })
  })

  it('a byte order mark, CRLF and a missing final newline as nothing', async () => {
    const windows = `\ufeff${AFTER.trimEnd().replaceAll('\n', '\r\n')}`
    const plain = expectJudged(await audit(GOOD))
    const { findings, pairing } = expectJudged(await audit({ ...GOOD, 'after.jsonl': windows }))
    expect({ findings, pairing }).toEqual({ findings: plain.findings, pairing: plain.pairing })
  })

  it('files in any order of lines, and gzipped ones, to the same findings, exhibits and pairing', async () => {
    const shuffled = jsonl(forecasts(40, () => ({ output: 'no' })).sort((a, b) => (hash(a) < hash(b) ? -1 : 1)))
    const of = async (files: Files) => {
      const { findings, exhibits, pairing } = expectJudged(await audit({ ...GOOD, ...files }))
      return JSON.stringify({ findings, exhibits, pairing })
    }
    const plain = await of({})
    expect(await of({ 'after.jsonl': shuffled })).toBe(plain)
    expect(await of({ 'before.jsonl': packed, 'after.jsonl': gzipSync(shuffled) })).toBe(plain)
  })
})

/** Kilobytes, on standard error. */
const SAYS_PEAK = [
  '--import',
  'data:text/javascript,process.on("exit",()=>console.error("peak",process.resourceUsage().maxRSS))',
]

/** The first records as Python writes them where their score is not a number. */
function scoredByPython(record: Forecast, i: number): string {
  const token = ['NaN', 'Infinity', '-Infinity'][i]
  return JSON.stringify(record).replace('"score":1', `"score":${token ?? 1}`)
}

function hash({ id }: Forecast): number {
  return (Number(String(id).slice(4)) * 7919) % 101
}
