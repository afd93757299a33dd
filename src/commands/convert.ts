import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { EXIT } from '../audit/verdict.js'
import { resolvePolicy } from '../config/resolve.js'
import { detectors } from '../detectors/index.js'
import { explainProblem } from '../domain/problem.js'
import { type Conversion, convert } from '../engine/convert.js'
import { Meter } from '../input/meter.js'
import { expandPaths } from '../input/paths.js'
import { WRITERS } from '../input/writers/index.js'
import type { Writer } from '../input/writers/writer.js'
import type { CommandContext } from './context.js'
import { progressLine, withProgress } from './progress.js'
import { requireWritable, unwritable } from './report-files.js'
import { assignments, choice } from './values.js'

/** As commander gives them. */
export interface ConvertFlags {
  readonly to: string
  readonly output?: string
  readonly inputFormat?: string
  readonly fields?: string
  readonly provider?: string
}

/** `tuneaudit convert <path…> --to <form>`. Exit 4 where some of it cannot be read, 3 for usage problems. */
export async function convertCommand(
  paths: readonly string[],
  { to, output, inputFormat, fields, provider }: ConvertFlags,
  context: CommandContext,
): Promise<number> {
  const writer = writerNamed(to)
  const policy = resolvePolicy({}, detectors, {
    format: inputFormat,
    fields: fields === undefined ? undefined : Object.fromEntries(assignments('--fields', fields)),
  })
  const meter = new Meter()
  const { cwd, stdin } = context
  const request = { paths, cwd, stdin, policy, meter, provider: provider ?? null }
  const work = (write: Write) =>
    withProgress(
      (seconds) => progressLine(meter, seconds),
      context,
      () => convert(request, writer, write),
    )
  const { problems } = output === undefined ? await work(context.write) : await intoFile(output, { paths, cwd }, work)
  for (const { problem } of problems) context.err(`error: ${explainProblem(problem)}\n`)
  return problems.length === 0 ? EXIT.pass : EXIT.data
}

function writerNamed(name: string): Writer {
  const id = choice(
    '--to',
    name,
    WRITERS.map((writer) => writer.id),
  )
  return WRITERS.find((writer) => writer.id === id)!
}

type Write = (text: string) => Promise<void>

/** Whole or not at all: a temporary file beside the target, then a rename. A log that cannot be read leaves no file. */
async function intoFile(
  path: string,
  { paths, cwd }: { readonly paths: readonly string[]; readonly cwd: string },
  work: (write: Write) => Promise<Conversion>,
): Promise<Conversion> {
  const absolute = resolve(cwd, path)
  requireWritable(
    [{ path, absolute }],
    expandPaths(paths, cwd).files.map((file) => resolve(cwd, file)),
  )
  const partial = join(dirname(absolute), `.${basename(absolute)}.${process.pid}.partial`)
  try {
    const file = openSync(partial, 'w')
    try {
      const done = await work(async (text) => writeWhole(file, Buffer.from(text)))
      if (!done.problems.some(({ fatal }) => fatal)) renameSync(partial, absolute)
      return done
    } finally {
      closeSync(file)
    }
  } catch (error) {
    throw error instanceof Error && 'code' in error && 'syscall' in error ? unwritable(path, error) : error
  } finally {
    rmSync(partial, { force: true })
  }
}

function writeWhole(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
}
