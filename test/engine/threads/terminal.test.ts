import { spawn, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BIN, inFolder } from '../../cli/run.js'
import { forecasts, jsonl } from '../../cli/weather.js'

/** util-linux's `script` gives a process a terminal. */
const hasTerminal = spawnSync('script', ['--version']).status === 0
const CTRL_C = '\u0003'

const HANGING = 'setInterval(() => {}, 1000)\nprocess.stdin.resume()\n'
const CONFIG =
  'detectors: {infeasible-content: {options: {verifier: {command: [node, verify.mjs], timeoutMs: 600000}}}}'

const GIVEN = {
  'before.jsonl': jsonl(forecasts(200)),
  'after.jsonl': jsonl(forecasts(200, (i) => ({ correct: i % 3 === 0 }))),
  'verify.mjs': HANGING,
  'tuneaudit.config.yaml': CONFIG,
}

describe.skipIf(!hasTerminal)('a run at a terminal', () => {
  it.each(['1', '2'])(
    'with %s threads says how far it is, and Ctrl-C ends it: no report, exit 130',
    async (threads) => {
      await inFolder(GIVEN, async (folder) => {
        const before = readdirSync(folder)
        const command = `${process.execPath} ${BIN} audit --baseline before.jsonl --tuned after.jsonl --threads ${threads} --report json=r.json`
        const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { cwd: folder })
        let shown = ''
        let interrupted = false
        child.stdout.on('data', (chunk: Buffer) => {
          shown += chunk
          if (interrupted || !/(reading \d+ %|judging), \d+ MB\/s/.test(shown)) return
          interrupted = true
          child.stdin.write(CTRL_C)
        })
        const code = await new Promise((resolve) => {
          child.on('close', resolve)
        })

        expect(code, shown).toBe(130)
        expect(shown.trimEnd().endsWith('exit 130 (interrupted)'), shown).toBe(true)
        expect(readdirSync(folder)).toEqual(before)
      })
    },
  )
})
