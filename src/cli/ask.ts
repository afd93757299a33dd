import { createInterface } from 'node:readline/promises'
import type { Io } from './io.js'

/**
 * Asks on standard error and reads a line of standard input; the end of it is an empty answer. Null where either is no
 * terminal: nobody would see the question, or nobody could answer.
 */
export function asker(
  { stdin, stderr }: Io,
  signal: AbortSignal,
  interrupt: () => void,
): ((question: string) => Promise<string>) | null {
  if (stdin.isTTY !== true || stderr.isTTY !== true) return null
  return async (question) => {
    const lines = createInterface({ input: stdin, output: stderr })
    // In a terminal that reads lines, Ctrl-C is a character and no signal.
    lines.on('SIGINT', interrupt)
    try {
      const ended = new Promise<string>((resolve) => {
        lines.on('close', () => resolve(''))
      })
      return await Promise.race([lines.question(question, { signal }), ended])
    } finally {
      lines.close()
    }
  }
}
