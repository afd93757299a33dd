import type { Readable } from 'node:stream'

/** What a command may know of the process it runs in. */
export interface CommandContext {
  readonly cwd: string
  readonly stdin: Readable
  readonly version: string
  /** Threads that the machine can run at once. */
  readonly cores: number
  readonly signal: AbortSignal
  /** Whether colours may be used on standard output. */
  readonly color: boolean
  /** Whether standard error is a terminal, where a line can be written over. */
  readonly progress: boolean
  out(text: string): void
  err(text: string): void
}
