/** The part of the process that the command line uses; tests give their own. */
export interface Io {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean }
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  cwd(): string
  on(event: 'SIGINT', listener: () => void): unknown
  off(event: 'SIGINT', listener: () => void): unknown
}

/** NO_COLOR and --no-color switch colours off, FORCE_COLOR on; else a terminal has them (no-color.org, force-color.org). */
export function colorOf({ env, stdout }: Io, argv: readonly string[]): boolean {
  if (argv.includes('--no-color') || (env.NO_COLOR ?? '') !== '') return false
  if ((env.FORCE_COLOR ?? '') !== '') return env.FORCE_COLOR !== '0'
  return stdout.isTTY === true && env.TERM !== 'dumb'
}

/** SOURCE_DATE_EPOCH stands for the clock, so that a run can be repeated as of its day (reproducible-builds.org). */
export function todayOf({ SOURCE_DATE_EPOCH: epoch = '' }: Io['env']): string {
  const now = /^\d{1,12}$/.test(epoch) ? new Date(1000 * Number(epoch)) : new Date()
  return now.toISOString().slice(0, 10)
}

/** A reader that stops early (`| head`) is no error. */
export function quietlyBroken(stream: NodeJS.WritableStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
