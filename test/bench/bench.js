// `npm run bench`: the whole audit beside the bare loop, interleaved in one run, on generated data; then how time grows,
// and how long starting takes. All as ratios: seconds say more of the machine than of the program. Up to 1 GB an arm and 10^6
// cases; `npm run bench:long` goes on to 8 GB and 10^7. The data go to a temporary folder and are removed.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate } from './generate.js'

/** Bytes of an arm for each case of the mixture, about. */
const CASE_BYTES = 4_000
const GIGABYTE = 1e9 / CASE_BYTES

const PLANS = {
  short: { cases: [GIGABYTE / 10, GIGABYTE], shuffled: [GIGABYTE], growth: [1e4, 1e5, 1e6], startup: true },
  long: { cases: [8 * GIGABYTE], shuffled: [], growth: [1e4, 1e5, 1e6, 1e7], startup: false },
}

/** More would take hours of what takes minutes, and what takes minutes hardly varies. */
function turnsOf(cases) {
  return cases < GIGABYTE ? 3 : 1
}

const plan = process.argv.includes('--long') ? PLANS.long : PLANS.short
const folder = mkdtempSync(join(tmpdir(), 'tuneaudit-bench-'))
const paths = { baseline: join(folder, 'baseline.jsonl'), tuned: join(folder, 'tuned.jsonl') }

function script(name) {
  return fileURLToPath(new URL(name, import.meta.url))
}

function run(name, args) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [script(name), paths.baseline, paths.tuned, ...args], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${name}: ${stderr}`)
  return JSON.parse(stdout)
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}

function row(cells) {
  process.stdout.write(`${cells.map((cell) => String(cell).padStart(11)).join('')}\n`)
}

function measure(cases, shuffle) {
  generate({ cases, ...paths, shuffle })
  const megabytes = statSync(paths.baseline).size / 1e6
  for (const threads of [1, 2]) {
    const turns = Array.from({ length: turnsOf(cases) }, () => ({
      bare: run('bare-loop.js', []),
      audit: run('whole-audit.js', [String(threads)]),
    }))
    const ratio = (of) => median(turns.map(({ bare, audit }) => of(audit) / of(bare))).toFixed(2)
    row([
      cases,
      shuffle ? 'shuffled' : 'aligned',
      megabytes.toFixed(0),
      threads,
      ratio(({ seconds }) => seconds),
      ratio(({ processor }) => processor),
      median(turns.map(({ audit }) => audit.megabytes)).toFixed(0),
    ])
  }
}

/** Least squares of log time on log cases. */
function slope(points) {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)])
  const mean = (i) => logs.reduce((sum, point) => sum + point[i], 0) / logs.length
  const [mx, my] = [mean(0), mean(1)]
  const dot = (a, b) => logs.reduce((sum, point) => sum + (point[a] - [mx, my][a]) * (point[b] - [mx, my][b]), 0)
  return dot(0, 1) / dot(0, 0)
}

function growth() {
  const points = plan.growth.map((cases) => {
    generate({ cases, ...paths, bytes: 60 })
    return [cases, median(Array.from({ length: turnsOf(cases) }, () => run('whole-audit.js', ['1']).processor))]
  })
  const times = points.map(([cases, seconds]) => `${cases}: ${(seconds / points[0][1]).toFixed(1)}`)
  process.stdout.write(`\ntime by cases of 200 bytes, in that of the fewest: ${times.join(', ')}\n`)
  process.stdout.write(`log-log slope: ${slope(points).toFixed(3)}\n`)
}

function timed(args) {
  const began = process.hrtime.bigint()
  spawnSync(process.execPath, args, { stdio: 'ignore' })
  return Number(process.hrtime.bigint() - began) / 1e9
}

function startup() {
  const bin = script('../../bin/tuneaudit.js')
  generate({ cases: 1_000, ...paths, bytes: 200 })
  const audit = [bin, 'audit', '--baseline', paths.baseline, '--tuned', paths.tuned, '--quiet']
  const turns = Array.from({ length: 11 }, () => {
    const empty = timed(['-e', '0'])
    return { help: timed([bin, '--help']) / empty, audit: timed(audit) / empty }
  })
  process.stdout.write(`\nin times of node -e 0: --help ${median(turns.map(({ help }) => help)).toFixed(2)}`)
  process.stdout.write(`, an audit of 1000 cases ${median(turns.map(({ audit }) => audit)).toFixed(2)}\n`)
}

/** The largest pair that stands on disk at once. */
function announce() {
  const needed = Math.max(...plan.cases.map((cases) => cases * CASE_BYTES), Math.max(...plan.growth) * 260) * 2
  const { bavail, bsize } = statfsSync(folder)
  const gigabytes = (bytes) => (bytes / 1e9).toFixed(1)
  process.stdout.write(`needs ${gigabytes(needed)} GB in ${tmpdir()}, which has ${gigabytes(bavail * bsize)} GB\n\n`)
  if (bavail * bsize < needed) throw new Error('Not enough space. Set TMPDIR to a folder that has it.')
}

try {
  announce()
  row(['cases', 'order', 'MB an arm', 'threads', 'x bare', 'x bare CPU', 'peak MB'])
  for (const cases of plan.cases) measure(cases, false)
  for (const cases of plan.shuffled) measure(cases, true)
  growth()
  if (plan.startup) startup()
} finally {
  rmSync(folder, { recursive: true })
}
