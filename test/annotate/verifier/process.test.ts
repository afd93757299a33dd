import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { describe, expect, it } from 'vitest'
import { ask, faultOf, requestOf, usePrograms, verdicts } from './programs.js'

const { folder, program, verifier, write } = usePrograms()

const HOURS = Array.from({ length: 24 }, (_, hour) => `${hour}:00`)

describe('a verifier process', () => {
  it('is asked about one output after the other, in the order of the calls', async () => {
    const asked = program(
      `answer({ feasible: output !== '3:00', valid: null, violations: [output], objective: heard, extra: [] })`,
    )
    const said = await Promise.all(HOURS.map((hour) => asked.verify(requestOf(hour))))
    expect(said).toEqual(
      HOURS.map((hour, at) => ({
        kind: 'verified',
        valid: null,
        feasible: hour !== '3:00',
        violations: [hour],
        objective: at + 1,
      })),
    )
  })

  it('runs in its directory', async () => {
    mkdirSync(join(folder, 'harbour'))
    writeFileSync(
      join(folder, 'harbour', 'tide.mjs'),
      `process.stdin.once('data', () => console.log('{"feasible":true}'))`,
    )
    const there = verifier({ command: [execPath, 'tide.mjs'], directory: 'harbour' })
    expect(await verdicts(there, ['1:00'])).toEqual(['yes'])
  })

  it.each([
    ['line ends and separators', 'a\u2028b\u2029c\u0085d\ne\r\n'],
    ['control characters and quotes', '\u0000\u001b[31m"\\'],
    ['a lone surrogate', 'x\ud800y'],
    ['many languages', '満潮 🌊 прилив'],
  ])('hears %s as they are', async (_, hostile) => {
    const [said] = await ask(program(`answer({ feasible: true, violations: [escape(output)] })`), [hostile])
    expect(said).toMatchObject({ violations: [escape(hostile)] })
  })

  it.skipIf(!hasPython())('may be written in Python', async () => {
    const lines = [
      'import json, sys',
      'for line in sys.stdin:',
      '    case = json.loads(line)',
      '    print(json.dumps({"feasible": case["output"] == "満潮", "objective": None}), flush=True)',
    ]
    writeFileSync(join(folder, 'tides.py'), `${lines.join('\n')}\n`)
    const python = verifier({ command: ['python3', 'tides.py'], directory: '.' }, { timeoutMs: 5000 })
    expect(await verdicts(python, ['満潮', 'low', '満潮'])).toEqual(['yes', 'no', 'yes'])
  })
})

describe('a verifier process that crashes', () => {
  it('at every tenth line leaves those outputs faults and goes on', async () => {
    const said = await verdicts(program('if (heard === 10) process.exit(3); answer({ feasible: true })'), HOURS)
    expect(said.flatMap((word, at) => (word === 'yes' ? [] : [`${at + 1} ${word}`]))).toEqual([
      '10 crashed',
      '20 crashed',
    ])
  })

  it.each([
    [
      'its exit code and last words',
      `console.error('no table for \\u001b[31mMars'); process.exit(3)`,
      'It ended with exit code 3 before it answered: no table for \\u001b[31mMars',
    ],
    [
      'the error of a stack trace',
      `throw new RangeError('tide too high')`,
      'It ended with exit code 1 before it answered: RangeError: tide too high',
    ],
    ['the signal', `process.kill(process.pid, 'SIGTERM')`, 'It ended with SIGTERM before it answered.'],
    ['an exit without an answer', `process.exit(0)`, 'It ended with exit code 0 before it answered.'],
    [
      'half an answer',
      `writeFileSync(1, '{"feas'); process.exit(0)`,
      'It ended with exit code 0 in the middle of an answer, "{\\"feas".',
    ],
    [
      'a closed output',
      `closeSync(1); setInterval(() => {}, 1000)`,
      'It closed its standard output before it answered.',
    ],
  ])('is quoted with %s', async (_, body, message) => {
    expect(await faultOf(program(body, { timeoutMs: 20_000 }), '1:00')).toBe(`crashed: ${message}`)
  })

  it('between two requests is a fault of the second, and the third is answered', async () => {
    const late = program(`answer({ feasible: true }); if (output === '0:00') setTimeout(() => process.exit(4), 50)`)
    expect(await verdicts(late, ['0:00'])).toEqual(['yes'])
    await pause(400)
    expect(await verdicts(late, HOURS.slice(1, 3))).toEqual(['crashed', 'yes'])
  })

  it('is not a fault where it only ends in order after each answer', async () => {
    const once = program(`answer({ feasible: output !== '1:00' }); lines.close(); process.stdin.destroy()`)
    expect(await verdicts(once, HOURS.slice(0, 3))).toEqual(['yes', 'no', 'yes'])
    await pause(300)
    expect(await verdicts(once, HOURS.slice(0, 3))).toEqual(['yes', 'no', 'yes'])
  })
})

describe('a verifier process that does not answer', () => {
  it('is killed with all that it started, and started again for the next output', async () => {
    const body = `if (output !== 'hang') return answer({ feasible: true })
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
      writeFileSync('grandchild', String(child.pid))`
    expect(await verdicts(program(body), ['1:00', 'hang', '2:00'])).toEqual(['yes', 'timed-out', 'yes'])
    await expect.poll(() => runs(Number(readFileSync(join(folder, 'grandchild'), 'utf8')))).toBe(false)
  })

  it('is said to have forgotten a flush or a line end', async () => {
    const silent = program(`if (heard === 2) return print('{"feasible":'); answer({ feasible: true })`)
    await ask(silent, ['1:00'])
    expect(await faultOf(silent, '2:00')).toBe(
      'timed-out: No answer within 700 ms. It had written "{\\"feasible\\":" without a line end. Does it flush each answer (python3 -u)? If it needs longer, raise timeoutMs.',
    )
  })

  it('because it never reads a request of 10 MB is timed out like any other', async () => {
    const name = write('setInterval(() => {}, 1000)')
    const deaf = verifier({ command: [execPath, name], directory: '.' }, { startMs: 700 })
    expect(await verdicts(deaf, ['x'.repeat(1e7)])).toEqual(['timed-out'])
  })
})

describe('a verifier process under load', () => {
  it('takes requests of 10 MB though it reads slowly', async () => {
    const name = write(`let bytes = 0
      process.stdin.on('data', (chunk) => {
        bytes += chunk.length
        if (chunk.at(-1) === 10) console.log(JSON.stringify({ feasible: true, objective: bytes }))
        process.stdin.pause()
        setTimeout(() => process.stdin.resume(), 2)
      })`)
    const slow = verifier({ command: [execPath, name], directory: '.' }, { timeoutMs: 30_000 })
    const [said] = await ask(slow, ['x'.repeat(1e7)])
    expect(said).toMatchObject({ feasible: true, objective: 1e7 + JSON.stringify(nulled(requestOf(''))).length + 1 })
  })

  it('may complain without end', async () => {
    const body = `process.stderr.write('!'.repeat(2 ** 22) + '\\nlow\\n'); answer({ feasible: true })`
    expect(await verdicts(program(body, { timeoutMs: 10_000 }), HOURS.slice(0, 3))).toEqual(['yes', 'yes', 'yes'])
  })
})

function nulled(request: object): object {
  return { ...request, reference: null }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** A zombie, which nobody may be there to wait for, runs no more. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/^State:\s+Z/m.test(existsSync('/proc/self') ? readFileSync(`/proc/${pid}/status`, 'utf8') : '')
  } catch {
    return false
  }
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'])
    return true
  } catch {
    return false
  }
}
