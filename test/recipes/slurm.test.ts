import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { BIN, ended, inFolder, tuneaudit } from '../cli/run.js'
import { AFTER, BEFORE } from '../cli/weather.js'
import { Cluster, lacking } from './slurm.js'

const RECIPES = resolve(import.meta.dirname, '../../docs/recipes')
const GOOD = { 'before.jsonl': BEFORE, 'after.jsonl': AFTER }
const ARMS = ['--baseline', 'before.jsonl', '--tuned', 'after.jsonl']
const SETTINGS = {
  BASELINE: 'before.jsonl',
  TUNED: 'after.jsonl',
  SHARDS: '5',
  TUNEAUDIT: `${process.execPath} ${BIN}`,
}

/** In CI the cluster must be there; elsewhere the test is listed as skipped. */
const missing = process.env.TUNEAUDIT_REQUIRE_SLURM === '1' ? [] : lacking()

describe.skipIf(missing.length > 0)('the Slurm recipe', () => {
  const cluster = new Cluster()
  beforeAll(() => cluster.start(), 180_000)
  afterAll(() => cluster.stop())

  /** Runs once and hangs, the first time, in the shard; then as the tool. */
  const hangingOnce = (folder: string) => {
    const path = join(folder, 'tool.sh')
    writeFileSync(
      path,
      `#!/bin/bash
if [ "\${SLURM_ARRAY_TASK_ID:-}" = 2 ] && [ ! -e hung ]; then echo > hung; sleep 600; fi
exec ${process.execPath} ${BIN} "$@"
`,
    )
    chmodSync(path, 0o755)
    return path
  }

  it('gives the verdict and the report of one run, though a task is killed and requeued', async () => {
    await inFolder(GOOD, async (folder) => {
      const env = { ...cluster.env, ...SETTINGS, TUNEAUDIT: hangingOnce(folder) }
      const child = spawn(join(RECIPES, 'slurm/submit.sh'), ['--alpha', '.1'], { cwd: folder, env })
      const end = ended(child)
      await cluster.until('hanging task', () => existsSync(join(folder, 'hung')))
      const job = jobOf(cluster)
      expect(cluster.run('scontrol', ['requeue', `${job}_2`])).toMatchObject({ code: 0 })
      const { code, stderr } = await end
      const one = await tuneaudit(['audit', ...ARMS, '--alpha', '.1', '--report', 'json=one.json', '--quiet'], folder)
      expect([code, stderr]).toEqual([one.code, expect.stringContaining(`shards: job ${job}`)])
      expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe(readFileSync(join(folder, 'one.json'), 'utf8'))
      expect(cluster.run('scontrol', ['show', 'job', `${job}_2`]).stdout).toContain('Restarts=1')
    })
  }, 400_000)
})

/** The array that is under way. */
function jobOf(cluster: Cluster): string {
  return cluster.run('squeue', ['-h', '-r', '-n', 'tuneaudit-shard', '-o', '%F']).stdout.split('\n')[0]!.trim()
}

describe.skipIf(spawnSync('which', ['parallel']).status !== 0)('the recipe for GNU parallel', () => {
  it('gives the verdict and the report of one run', async () => {
    await inFolder(GOOD, async (folder) => {
      const env = { ...process.env, ...SETTINGS }
      const { code } = await ended(spawn(join(RECIPES, 'parallel/audit.sh'), [], { cwd: folder, env }))
      const one = await tuneaudit(['audit', ...ARMS, '--report', 'json=one.json', '--quiet'], folder)
      expect(code).toBe(one.code)
      expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe(readFileSync(join(folder, 'one.json'), 'utf8'))
    })
  }, 300_000)
})

describe('the recipe for Kubernetes', () => {
  it('counts as many shards as pods complete, and runs where they are counted from 1', () => {
    const { kind, spec } = parse(readFileSync(join(RECIPES, 'kubernetes/audit.yaml'), 'utf8'))
    const [{ args }] = spec.template.spec.containers
    expect([kind, spec.completionMode]).toEqual(['Job', 'Indexed'])
    expect(args[0]).toContain(`--shard "$((JOB_COMPLETION_INDEX + 1))/${spec.completions}"`)
    expect(args[0]).not.toContain('\n ')
  })
})
