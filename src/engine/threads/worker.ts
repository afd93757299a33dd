import { parentPort, workerData } from 'node:worker_threads'
import { detectors } from '../../detectors/index.js'
import type { Reply, Request, ThreadPlan } from './messages.js'
import { Share } from './share.js'

// The file that a thread runs: takes tasks one after the other.
const plan: ThreadPlan = workerData
const share = new Share(plan, detectors)
let before = Promise.resolve()

parentPort?.on('message', (message: Request | 'kill') => {
  if (message === 'kill') {
    share.kill()
    parentPort?.postMessage('killed')
    return
  }
  before = before.then(async () => parentPort?.postMessage(await reply(message.number, message.task)))
})

async function reply(number: number, task: Request['task']): Promise<Reply> {
  try {
    return { number, answer: await share.do(task) }
  } catch (error) {
    return { number, stack: (error instanceof Error ? error.stack : null) ?? String(error) }
  }
}
