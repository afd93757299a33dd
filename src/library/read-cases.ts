import type { Case } from '../domain/case.js'
import { read } from '../engine/read.js'
import { Channel } from './channel.js'
import { engineRequest, type ReadRequest } from './request.js'

export type { ReadRequest } from './request.js'

/**
 * The cases of both arms, one after the other: read, paired, graded and labelled as in an audit. A case that one arm lacks
 * is among them, with no samples of that arm in `all`. Files are read twice, texts are never all in memory, and the order
 * is the same for the same files. What is wrong with the data is thrown as the AuditError that the command reports: a bad
 * line where it is met, what only all cases can tell (coverage, prompts, comparability) after the last one.
 */
export async function* readCases(request: ReadRequest): AsyncGenerator<Case, void> {
  const { asked } = await engineRequest(request)
  const channel = new Channel<Case>()
  const stop = new AbortController()
  const signal = asked.signal === undefined ? stop.signal : AbortSignal.any([asked.signal, stop.signal])
  const reading = read(
    { ...asked, signal, indexed: true },
    { watch: () => (case_) => channel.put(case_), use: async () => {} },
  )
  const ended = reading.then(
    () => channel.end(null),
    (error: unknown) => channel.end({ error }),
  )
  try {
    yield* channel.items()
  } finally {
    stop.abort()
    channel.close()
    await ended
  }
}
