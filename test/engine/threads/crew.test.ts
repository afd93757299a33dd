import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ended, type Files, inFolder, start, tuneaudit } from '../../cli/run.js'
import { type Forecast, forecasts, jsonl } from '../../cli/weather.js'

// Threads run the built package. Each arm is of about ten batches: 5 MB, of which an eighth of one is read at once.
const CASES = 2_500
const WORDS =
  'it will rain all day in Cork and be dry again by night, and there will be fog by the sea until noon tomorrow '

const arm = (change: (i: number) => Forecast = () => ({})): Forecast[] =>
  forecasts(CASES, (i) => ({
    task: ['rain', 'wind', 'tide'][i % 3],
    output: `${WORDS.repeat(8 + (i % 17))}${i}`,
    confidence: (i % 10) / 10,
    ...change(i),
  }))

const BEFORE = arm()
const AFTER = arm((i) => ({ output: `${WORDS.repeat(7 + (i % 19))}, says ${i}`, correct: i % 6 !== 0 }))

/** A shuffle that is the same every time. */
const shuffled = (records: readonly Forecast[]): Forecast[] =>
  records
    .map((record, i) => ({ record, rank: (i * 7_919) % 10_007 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ record }) => record)

/** Every third case has three samples, one after the other. */
const sampled = (records: readonly Forecast[]): Forecast[] =>
  records.flatMap((record, i) =>
    i % 3 === 0 ? [0, 1, 2].map((sample) => ({ ...record, sample, output: `${record.output} ${sample}` })) : [record],
  )

/** Without what compares many texts with each other, which takes its time whatever the threads do. */
const QUICK = ['--detectors', 'cross-task-regression,format-collapse,calibration-drift']

const files = (before: readonly (Forecast | string)[], after: readonly (Forecast | string)[]): Files => ({
  'before.jsonl': jsonl(before),
  'after.jsonl': jsonl(after),
})

const RUNS: readonly (readonly [name: string, files: Files, args: readonly string[]])[] = [
  ['aligned', files(BEFORE, AFTER), ['--alpha', '.05']],
  ['aligned, with several samples', files(sampled(BEFORE), sampled(AFTER)), QUICK],
  ['in another order', files(BEFORE, shuffled(AFTER)), QUICK],
  ['in another order, compressed', { ...files(BEFORE, AFTER), 'after.jsonl': gzipSync(jsonl(shuffled(AFTER))) }, QUICK],
  ['aligned, with cases that one arm lacks', files(BEFORE.slice(20), AFTER.slice(0, -30)), QUICK],
  [
    'aligned, of samples that come round again',
    files([...BEFORE, ...BEFORE.map((one) => ({ ...one, sample: 1 }))], AFTER),
    [],
  ],
  [
    'aligned, with bad lines that are tolerated',
    files([...BEFORE.slice(0, 2_000), 'x', ...BEFORE.slice(2_000)], ['y', ...AFTER]),
    [...QUICK, '--max-bad-lines', '1'],
  ],
  [
    'aligned, with bad lines that are too many',
    files([...BEFORE.slice(0, 700), 'x', ...BEFORE.slice(700, 2_000), 'y', ...BEFORE.slice(2_000)], AFTER),
    [...QUICK, '--max-bad-lines', '1'],
  ],
  [
    'aligned, without ids here and there',
    files([...BEFORE.slice(0, -1), { prompt: 'Snow?', output: 'no' }], AFTER),
    [],
  ],
]

describe('threads', () => {
  it.each(RUNS)('give the report of one, byte for byte, where arms are %s', async (_, given, args) => {
    await inFolder(given, async (folder) => {
      const ends = await Promise.all(
        [1, 2, 3].map(async (threads) => {
          const report = `${threads}.json`
          const named = ['--baseline', 'before.jsonl', '--tuned', 'after.jsonl', '--report', `json=${report}`]
          const { code } = await tuneaudit(['audit', ...named, ...args, '--threads', `${threads}`, '--quiet'], folder)
          return { code, text: said(readFileSync(join(folder, report), 'utf8')) }
        }),
      )
      const [one, two, three] = ends
      expect(two).toEqual(one)
      expect(three).toEqual(one)
      expect([0, 1, 2, 4]).toContain(one!.code)
    })
  })

  it('end at an interrupt, verifiers with them, and leave no report: exit 130', async () => {
    const verifier = `import { writeFileSync } from 'node:fs'
writeFileSync('asked-' + process.pid, '')
setInterval(() => {}, 1000)
process.stdin.resume()
`
    const config =
      'detectors: {infeasible-content: {options: {verifier: {command: [node, verify.mjs], timeoutMs: 600000}}}}'
    const given = { ...files(BEFORE, AFTER), 'verify.mjs': verifier, 'tuneaudit.config.yaml': config }
    await inFolder(given, async (folder) => {
      const named = ['--baseline', 'before.jsonl', '--tuned', 'after.jsonl', '--report', 'json=r.json']
      const child = start(['audit', ...named, '--threads', '2'], folder)
      const end = ended(child)
      const asked = () => readdirSync(folder).filter((name) => name.startsWith('asked-'))
      while (asked().length < 2 && child.exitCode === null) await setTimeout(50)
      child.kill('SIGINT')
      expect(await end).toMatchObject({ code: 130, stdout: '', stderr: 'exit 130 (interrupted)\n' })
      expect(readdirSync(folder)).not.toContain('r.json')
      const left = () => asked().filter((name) => isRunning(Number(name.slice('asked-'.length))))
      // Killed already; a busy machine takes its time to bury them.
      for (let tries = 0; left().length > 0 && tries < 200; tries++) await setTimeout(50)
      expect(left()).toEqual([])
    })
  })

  it.each(['0', '1.5', 'many'])('cannot be %s', async (threads) => {
    await inFolder({ 'b.jsonl': '', 'a.jsonl': '' }, async (folder) => {
      const end = await tuneaudit(
        ['audit', '--baseline', 'b.jsonl', '--tuned', 'a.jsonl', '--threads', threads],
        folder,
      )
      expect(end).toMatchObject({ code: 3, stdout: '' })
      expect(end.stderr).toContain('--threads')
    })
  })
})

/** A report whole; of one that ended at a line that cannot be read, where: how far others had read is another matter. */
function said(text: string): string {
  const { reason } = JSON.parse(text)
  return reason.code === 'bad-line' ? JSON.stringify(reason) : text
}

/** By Linux's table of processes: one that has ended and that nobody asked about (Z) does not run. */
function isRunning(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false
  return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}
