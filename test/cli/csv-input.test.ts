import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/domain/report.js'
import { ZSTD_COMPRESSED, zstdRepeated, zstdSkippable, zstdStored } from '../input/zstd.js'
import { audit, ended, type Files, inFolder, type Outcome, start } from './run.js'
import { AFTER, BEFORE, type Forecast, forecasts, jsonl } from './weather.js'

const days = (output: string) =>
  forecasts(120, (i) => ({
    output: i % 11 === 0 ? '' : `${output}, "day ${i}"\nor 雨`,
    confidence: ((i * 7) % 10) / 10,
    score: i % 3 === 0 ? 1 : 0.25,
    scores: { judge: i / 120 },
    prompt: [{ role: 'user', content: `Rain on day ${i}?` }],
    reference: i % 2 === 0 ? 'yes' : null,
  }))

const before = days('yes')
const after = days('no').map((day, i) => (i % 7 === 0 ? { ...day, correct: false } : day))

/** The records as a table; scores as columns of their own. */
function table(records: readonly Forecast[], delimiter = ',', lineEnd = '\n'): string {
  const flat = records.map(({ scores, ...day }) => ({ ...day, 'scores.judge': (scores as { judge: number }).judge }))
  const rows = [Object.keys(flat[0]!), ...flat.map((day) => Object.values(day).map(cell))]
  return rows.map((row) => row.map((text) => quoted(text, delimiter)).join(delimiter) + lineEnd).join('')
}

function cell(value: unknown): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function quoted(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const shuffled = (records: readonly Forecast[]) => records.toSorted((a, b) => place(a) - place(b))
const place = ({ id }: Forecast) => (Number(String(id).slice(4)) * 7919) % 1009

const said = ({ verdict, findings, pairing, fields }: Report) => JSON.stringify({ verdict, findings, pairing, fields })

async function reportOf(files: Files, [baseline, tuned]: readonly [string, string], stdin: Uint8Array | string = '') {
  const outcome = await audit(files, ['--baseline', baseline, '--tuned', tuned], stdin)
  if (outcome.report === null || outcome.code === 4) throw new Error(outcome.stderr)
  return outcome.report
}

const JSONL = { 'before.jsonl': jsonl(before), 'after.jsonl': jsonl(after) }

/** As one line: the terminal breaks sentences. */
const unwrapped = ({ stdout, stderr }: Outcome) => (stdout + stderr).replace(/\s+/g, ' ')

describe.concurrent('audit', () => {
  it.each<[string, Files, readonly [string, string], readonly [string, string], (string | Uint8Array)?]>([
    ['tables', { 'b.csv': table(before), 'a.csv': table(after) }, ['b.csv', 'a.csv'], ['csv', 'csv']],
    [
      'tables of two dialects, one shuffled',
      { 'b.tsv': table(before, '\t'), 'a.txt': `\ufeffsep=;\r\n${table(shuffled(after), ';', '\r\n')}` },
      ['b.tsv', 'a.txt'],
      ['csv', 'csv'],
    ],
    ['a table and JSON lines', { ...JSONL, 'a.csv': table(after) }, ['before.jsonl', 'a.csv'], ['jsonl', 'csv']],
    [
      'a shuffled table and JSON lines',
      { ...JSONL, 'a.csv': table(shuffled(after)) },
      ['before.jsonl', 'a.csv'],
      ['jsonl', 'csv'],
    ],
    [
      'zstd, shuffled, and gzip',
      { b: zstdStored(Buffer.from(jsonl(shuffled(before)))), a: gzipSync(jsonl(after)) },
      ['b', 'a'],
      ['jsonl+zstd', 'jsonl+gzip'],
    ],
    [
      'compressed tables, one in a directory and one from standard input',
      { 'logs/day.csv.zst': zstdStored(Buffer.from(table(shuffled(before)))), 'logs/notes.md': '' },
      ['logs', '-'],
      ['csv+zstd', 'csv+gzip'],
      gzipSync(table(after)),
    ],
    [
      'zstd from standard input, a skippable frame first',
      JSONL,
      ['before.jsonl', '-'],
      ['jsonl', 'jsonl+zstd'],
      Buffer.concat([zstdSkippable(Buffer.from('rain')), zstdStored(Buffer.from(jsonl(after)))]),
    ],
  ])('finds in %s what it finds in JSON lines', async (_, files, paths, formats, stdin) => {
    const report = await reportOf(files, paths, stdin)
    expect([report.inputs.baseline[0]?.format, report.inputs.tuned[0]?.format]).toEqual(formats)
    const plain = await reportOf(JSONL, ['before.jsonl', 'after.jsonl'])
    expect(said(report)).toBe(said(plain))
  })

  it('counts bad rows and judges what is left', async () => {
    const rows = `${table(before)}x,rain\ny,rain,Rain?,yes,true,"0,5",1,,1\n`
    const files = { 'before.csv': rows, 'after.jsonl': jsonl(after) }
    const args = ['--baseline', 'before.csv', '--tuned', 'after.jsonl', '--max-bad-lines', '2']
    const { report } = await audit(files, args)
    expect(report?.inputs.baseline).toMatchObject([{ records: 120, badLines: 2, format: 'csv' }])
  })

  const csv = (rows: string): Files => ({ 'before.csv': rows, 'after.jsonl': AFTER })
  const begin = 'id,task,output,correct,confidence\nday-1,rain,"a\nb",1,\n'
  it.each<[string, Files, string, readonly string[]]>([
    [
      'a number with a comma',
      csv(`${begin}day-2,rain,no,0,"0,5"\n`),
      'bad-line',
      ['before.csv:4: "confidence" is', '0.5'],
    ],
    [
      'a ragged row',
      csv(`${begin}day-2,rain,no\n`),
      'bad-line',
      ['before.csv:4: this row has 3 cells, the header has 5'],
    ],
    [
      'an open quote',
      csv(`${begin}day-2,rain,"no\n`),
      'bad-line',
      ['before.csv:4: a quoted cell of this row never ends'],
    ],
    [
      'a confidence above 1',
      csv(`${begin}day-2,rain,no,0,85\n`),
      'confidence-out-of-range',
      ['before.csv:4: confidence 85'],
    ],
    ['no output', csv('id,text\nday-1,rain\n'), 'field-missing', ['before.csv:2: no output', '--fields output=/text']],
    [
      'a row without id and prompt',
      csv(`${begin},rain,no,0,\n`),
      'field-missing',
      ['before.csv:4: no id and no prompt'],
    ],
    ['a header alone', csv('id,output\n'), 'empty-file', ['before.csv: holds no records']],
    [
      'UTF-16',
      { ...csv(''), 'before.csv': Buffer.from(`\ufeff${begin}`, 'utf16le') },
      'not-text',
      ['before.csv:1: this is UTF-16'],
    ],
    [
      'zstd that is cut off',
      { ...csv(''), 'before.csv': ZSTD_COMPRESSED.subarray(0, -2) },
      'truncated',
      ['before.csv: the compressed data ends early'],
    ],
  ])('cannot audit a table with %s: exit 4', async (_, files, code, says) => {
    const outcome = await audit(files, ['--baseline', 'before.csv', '--tuned', 'after.jsonl'])
    expect(outcome).toMatchObject({ code: 4, report: { verdict: 'error', reason: { code } } })
    for (const part of says) expect(unwrapped(outcome)).toContain(part)
  })

  it.each<[string, Uint8Array, string]>([
    ['zstd without a newline', zstdRepeated(32, 16_000), 'in.csv:1: this row is longer than 67108864 bytes'],
    ['a quote that is never closed', unclosed(), 'in.csv:2: this row is longer than 67108864 bytes'],
  ])(
    'stops at 64 MiB of %s in bounded memory, however much follows',
    async (_, content, says) => {
      const { code, stderr } = await inFolder({ 'in.csv': content, 'after.jsonl': AFTER }, (folder) =>
        ended(start(['audit', '--baseline', 'in.csv', '--tuned', 'after.jsonl', '--quiet'], folder, SAYS_PEAK)),
      )
      expect(stderr).toContain(says)
      expect(code).toBe(4)
      expect(Number(/peak (\d+)/.exec(stderr)?.[1])).toBeLessThan(600_000)
    },
    60_000,
  )

  it('says which table a finding comes from', async () => {
    const outcome: Outcome = await audit(
      { 'before.jsonl': BEFORE, 'after.csv': `id,task,prompt,output\nday-0,rain,Rain?,"a\nb"\nday-0,rain,Rain?,x\n` },
      ['--baseline', 'before.jsonl', '--tuned', 'after.csv'],
    )
    expect(unwrapped(outcome)).toContain('after.csv:2 and line 4: duplicate id "day-0"')
  })
})

function unclosed(): Buffer {
  const part = gzipSync(Buffer.alloc(16 << 20, 'rain\n'))
  return Buffer.concat([gzipSync('id,output\nday-1,"'), ...new Array(64).fill(part)])
}

/** Kilobytes, on standard error. */
const SAYS_PEAK = [
  '--import',
  'data:text/javascript,process.on("exit",()=>console.error("peak",process.resourceUsage().maxRSS))',
]
