import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { asker } from '../../src/cli/ask.js'

const terminal = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY })

function made(stdin = terminal(true), stderr = terminal(true)) {
  const interrupts: string[] = []
  const abort = new AbortController()
  const io = {
    stdin: stdin as never,
    stdout: terminal(true),
    stderr,
    env: {},
    cwd: () => '.',
    on: () => {},
    off: () => {},
  }
  const ask = asker(io, abort.signal, () => {
    interrupts.push('SIGINT')
    abort.abort()
  })
  return { ask, stdin, stderr, interrupts }
}

describe('asker', () => {
  it('is null where nobody sees the question or nobody can answer', () => {
    expect(made(terminal(false)).ask).toBeNull()
    expect(made(terminal(true), terminal(false)).ask).toBeNull()
  })

  it('asks on standard error and gives the line', async () => {
    const { ask, stdin, stderr } = made()
    const answer = ask!('Widen? [Y/n] ')
    stdin.write('no\n')
    expect(await answer).toBe('no')
    expect(String(stderr.read())).toContain('Widen? [Y/n] ')
  })

  it('takes the end of standard input for the default', async () => {
    const { ask, stdin } = made()
    const answer = ask!('Widen? [Y/n] ')
    stdin.end()
    expect(await answer).toBe('')
  })

  it('hears Ctrl-C', async () => {
    const { ask, stdin, interrupts } = made()
    const answer = ask!('Widen? [Y/n] ')
    stdin.write('\u0003')
    await expect(answer).rejects.toThrow(/abort/i)
    expect(interrupts).toEqual(['SIGINT'])
  })
})
