// `npm run bench`: the whole audit beside the bare loop, in one run, on generated data; medians of three turns each.
// The data go to a temporary folder (about 1.2 GB at the larger size) and are removed.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate } from './generate.js'

const SIZES = [100_000, 400_000]
const TURNS = 3

const folder = mkdtempSync(join(tmpdir(), 'tuneaudit-bench-'))
const paths = { baseline: join(folder, 'baseline.jsonl'), tuned: join(folder, 'tuned.jsonl') }

function run(script) {
  const file = fileURLToPath(new URL(script, import.meta.url))
  const { stdout, stderr, status } = spawnSync(process.execPath, [file, paths.baseline, paths.tuned], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${script}: ${stderr}`)
  return JSON.parse(stdout)
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}

function measure(cases, shuffle) {
  generate({ cases, ...paths, shuffle })
  const megabytes = (statSync(paths.baseline).size + statSync(paths.tuned).size) / 2 ** 20
  const turns = Array.from({ length: TURNS }, () => ({ bare: run('bare-loop.js'), audit: run('whole-audit.js') }))
  const bare = median(turns.map((turn) => turn.bare.seconds))
  const audit = median(turns.map((turn) => turn.audit.seconds))
  const ratio = median(turns.map((turn) => turn.audit.seconds / turn.bare.seconds))
  const peak = median(turns.map((turn) => turn.audit.megabytes))
  const cells = [
    cases,
    shuffle ? 'shuffled' : 'aligned',
    megabytes.toFixed(0),
    bare.toFixed(2),
    audit.toFixed(2),
    ratio.toFixed(2),
    peak.toFixed(0),
  ]
  process.stdout.write(`${cells.map((cell) => String(cell).padStart(12)).join('')}\n`)
  return peak
}

try {
  const heads = ['cases/arm', 'order', 'input MB', 'bare loop s', 'audit s', 'ratio', 'peak MB']
  process.stdout.write(`${heads.map((head) => head.padStart(12)).join('')}\n`)
  const [small, large] = SIZES.map((cases) => measure(cases, false))
  measure(SIZES[0], true)
  process.stdout.write(`memory at four times the cases: ${(large / small).toFixed(2)} of the smaller run\n`)
} finally {
  rmSync(folder, { recursive: true })
}
