import { CommanderError } from 'commander'
import { EXIT } from '../audit/verdict.js'
import { AuditError } from '../domain/problem.js'
import { Interrupted } from '../engine/interrupted.js'
import { toolVersion } from '../library/version.js'
import { asker } from './ask.js'
import { colorOf, type Io, quietlyBroken, todayOf } from './io.js'
import { program } from './program.js'

/**
 * Runs the command line and returns the exit code; nothing ends the process from within. Usage problems exit 3 with
 * nothing on standard output, bugs 70 with a stack on standard error, an interrupt 130.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const interrupt = new AbortController()
  const onInterrupt = () => {
    interrupt.abort()
    // An open standard input would keep the run waiting for its next line.
    io.stdin.destroy()
  }
  const err = (text: string) => void io.stderr.write(text)
  io.on('SIGINT', onInterrupt)
  quietlyBroken(io.stdout)
  quietlyBroken(io.stderr)
  try {
    let exitCode = 0
    const context = {
      cwd: io.cwd(),
      stdin: io.stdin,
      version: toolVersion(),
      today: todayOf(io.env),
      signal: interrupt.signal,
      color: colorOf(io, argv),
      ask: asker(io, interrupt.signal, onInterrupt),
      progress: io.stderr.isTTY === true && io.env.TERM !== 'dumb',
      out: (text: string) => void io.stdout.write(text),
      write: (text: string) => new Promise<void>((taken) => void io.stdout.write(text, () => taken())),
      err,
    }
    await program(context, (code) => {
      exitCode = code
    }).parseAsync([...argv])
    return exitCode
  } catch (error) {
    return interrupt.signal.aborted ? said(EXIT.interrupted, 'interrupted', err) : failed(error, err)
  } finally {
    io.off('SIGINT', onInterrupt)
  }
}

function failed(error: unknown, err: (text: string) => void): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : said(EXIT.usage, 'usage', err)
  if (error instanceof Interrupted) return said(EXIT.interrupted, 'interrupted', err)
  if (error instanceof AuditError) {
    err(`error: ${error.message}\n`)
    return said(EXIT.usage, 'usage', err)
  }
  err(`a bug in tuneaudit; please report it.\n${error instanceof Error ? error.stack : String(error)}\n`)
  return said(EXIT.bug, 'internal error', err)
}

function said(code: number, what: string, err: (text: string) => void): number {
  err(`exit ${code} (${what})\n`)
  return code
}
