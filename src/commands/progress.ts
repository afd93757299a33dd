import type { Meter } from '../input/meter.js'
import type { CommandContext } from './context.js'

/** Shorter work needs no progress. */
const PATIENCE_MS = 1_000
const EVERY_MS = 200

/**
 * Runs `work` while a line on standard error says how far it is, if that is a terminal; the line is gone before anything
 * else is written.
 */
export async function withProgress<T>(
  line: (seconds: number) => string,
  { progress, err }: Pick<CommandContext, 'progress' | 'err'>,
  work: () => Promise<T>,
): Promise<T> {
  if (!progress) return work()
  // Ticks will do for a clock: a figure for the eye.
  let elapsed = 0
  let shown = false
  const timer = setInterval(() => {
    elapsed += EVERY_MS
    if (elapsed < PATIENCE_MS) return
    shown = true
    err(`\r\u001b[K${line(elapsed / 1_000)}`)
  }, EVERY_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    if (shown) err('\r\u001b[K')
  }
}

/** After `seconds` of work. */
export function progressLine({ bytes, total }: Pick<Meter, 'bytes' | 'total'>, seconds: number): string {
  const rate = `${(bytes / 1e6 / seconds).toFixed(0)} MB/s`
  if (total === 0 || bytes >= total) return `judging, ${rate} read`
  const left = Math.ceil((seconds * (total - bytes)) / Math.max(1, bytes))
  return `reading ${Math.floor((100 * bytes) / total)} %, ${rate}, about ${left} s left`
}
