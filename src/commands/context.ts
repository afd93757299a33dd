import type { Readable } from 'node:stream'

/** What a command may know of the process it runs in. */
export interface CommandContext {
  readonly cwd: string
  readonly stdin: Readable
  readonly version: string
  /** YYYY-MM-DD in UTC. */
  readonly today: string
  readonly signal: AbortSignal
  /** Whether colours may be used on standard output. */
  readonly color: boolean
  /** Whether standard error is a terminal, where a line can be written over. */
  readonly progress: boolean
  /** Asks the person at the terminal; null where there is none. */
  readonly ask: ((question: string) => Promise<string>) | null
  out(text: string): void
  /** The same for what may be large: resolves when it is taken, so that no more of it need be in memory. */
  write(text: string): Promise<void>
  err(text: string): void
}
