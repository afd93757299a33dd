import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { audit, BIN, ended, inFolder, reportIn, start, tuneaudit } from './run.js'
import { AFTER, BEFORE } from './weather.js'

const GOOD = { 'before.jsonl': BEFORE, 'after.jsonl': AFTER }
const ARMS = ['audit', '--baseline', 'before.jsonl', '--tuned', 'after.jsonl']
const FROM_STDIN = ['audit', '--baseline', 'before.jsonl', '--tuned', '-', '--report', 'json=out.json']

describe.concurrent('help', () => {
  it.each([
    [['--help'], 'tuneaudit audit --baseline before.jsonl --tuned after.jsonl'],
    [['audit', '--help'], 'tuneaudit audit --baseline before.jsonl --tuned after.jsonl --report json=report.json'],
    [['help', 'audit'], 'tuneaudit audit --baseline before.jsonl'],
    [['explain', '--help'], 'tuneaudit explain brier-score'],
    [['schema', '--help'], 'tuneaudit schema config'],
  ])('%j exits 0 and shows an example', async (args, example) => {
    const { code, stdout, stderr } = await tuneaudit(args)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`Example:\n  ${example}`)
  })

  it.each([['explain', 'brier-score'], ['explain'], ['schema', 'config'], ['schema', 'report'], ['--version']])(
    'the example %s %s works',
    async (...args) => {
      expect(await tuneaudit(args.filter((arg) => arg !== undefined))).toMatchObject({ code: 0, stderr: '' })
    },
  )

  it('the example of audit works', async () => {
    const example = [...ARMS, '--report', 'json=report.json']
    const { code, files } = await inFolder(GOOD, async (folder) => {
      const end = await tuneaudit(example, folder)
      return { ...end, files: readdirSync(folder) }
    })
    expect([code, files]).toEqual([2, ['after.jsonl', 'before.jsonl', 'report.json']])
  })

  it.each([[[]], [['audit', '--nope']], [['adit']]])('%j is a usage error', async (args) => {
    const { code, stdout } = await tuneaudit(args)
    expect([code, stdout]).toEqual([3, ''])
  })
})

describe.concurrent('standard input', () => {
  it.each([
    ['plain', AFTER, 'jsonl'],
    ['gzipped', gzipSync(AFTER), 'jsonl+gzip'],
  ])('is an arm where it is %s', async (_, stdin, format) => {
    const outcome = await audit(GOOD, ['--baseline', 'before.jsonl', '--tuned', '-'], stdin)
    const plain = await audit(GOOD)
    expect([outcome.code, outcome.left]).toEqual([2, []])
    expect(outcome.report?.inputs.tuned).toMatchObject([{ path: '-', format, sha256: null, records: 40 }])
    expect(outcome.report?.findings).toEqual(plain.report?.findings)
  })

  it('that is empty cannot be audited', async () => {
    const outcome = await audit(GOOD, ['--baseline', 'before.jsonl', '--tuned', '-', '--format', 'json'])
    expect(outcome.code).toBe(4)
    expect(outcome.stderr).toContain('error: standard input: holds no records')
  })

  it('is left alone where both arms are files', async () => {
    expect(await inFolder(GOOD, (folder) => ended(start(ARMS, folder)))).toMatchObject({ code: 2 })
  })

  it('of the shell may stand for a file', async () => {
    const command = `exec "$0" "$1" audit --baseline before.jsonl --tuned <(cat after.jsonl)`
    const { code } = await inFolder(GOOD, (folder) =>
      ended(spawn('bash', ['-c', command, process.execPath, BIN], { cwd: folder })),
    )
    expect(code).toBe(2)
  })
})

describe('an interrupt', () => {
  it('while standard input is read exits 130 and leaves no report', async () => {
    const { code, stderr, left, report } = await interrupted({ endInput: true })
    expect({ code, stderr, left, report }).toEqual({
      code: 130,
      stderr: 'exit 130 (interrupted)\n',
      left: [],
      report: null,
    })
  })

  it('does not wait for standard input to end', async () => {
    expect(await interrupted({ endInput: false })).toMatchObject({ code: 130, report: null })
  })
})

describe.concurrent('a reader that stops early', () => {
  it.each(['terminal', 'json'])('changes no exit code (%s)', async (format) => {
    const { code, stderr } = await inFolder(GOOD, async (folder) => {
      const child = start([...ARMS, '--format', format], folder)
      child.stdout?.destroy()
      return ended(child)
    })
    expect([code, stderr]).toEqual([2, expect.stringMatching(/exit 2 \(inconclusive\)\n$/)])
    expect(stderr).not.toMatch(/EPIPE| at /)
  })

  it('of standard error changes no exit code', async () => {
    const { code } = await inFolder(GOOD, async (folder) => {
      const child = start(ARMS, folder)
      child.stderr?.destroy()
      return ended(child)
    })
    expect(code).toBe(2)
  })
})

describe.concurrent('reports', () => {
  it('replace what stood there, whole', async () => {
    const { code, report, left } = await audit({ ...GOOD, 'out.json': 'old' })
    expect([code, report?.schemaVersion, left]).toEqual([2, 1, []])
  })

  it('of an earlier run do not stay where nothing was judged', async () => {
    const { code, report } = await audit({ ...GOOD, 'out.json': '{"old":true}' }, ['--tasks', 'snow'])
    expect([code, report]).toEqual([3, null])
  })

  it('are all written, or the flag is refused, where one flag names two', async () => {
    const { code, left } = await audit(GOOD, ['--report', 'json=one.json,json=two.json'])
    expect(code === 3 || left.length === 2).toBe(true)
  })

  it('say that a file that is there cannot be read: exit 4', async () => {
    // The memory of a process opens and does not read (Linux).
    const { code, report } = await audit(GOOD, ['--baseline', '/proc/self/mem', '--tuned', 'after.jsonl'])
    expect([code, report?.reason.code]).toEqual([4, 'unreadable'])
  })
})

/** Interrupts an audit once it reads its standard input; null where it is still there five seconds later. */
async function interrupted({ endInput }: { endInput: boolean }) {
  return inFolder(GOOD, async (folder) => {
    const child = start(FROM_STDIN, folder)
    const end = ended(child)
    child.stdin?.on('error', () => {})
    // More than a pipe holds: when it is through, the audit is reading.
    await new Promise((resolve) => child.stdin?.write(AFTER.repeat(200), resolve))
    child.kill('SIGINT')
    if (endInput) child.stdin?.end()
    const killer = setTimeout(() => child.kill('SIGKILL'), 5000)
    const result = await end
    clearTimeout(killer)
    return { ...result, ...reportIn(folder, GOOD) }
  })
}
