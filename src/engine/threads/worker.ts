import { parentPort, workerData } from 'node:worker_threads'
import { detectors as ours } from '../../detectors/index.js'
import type { AnyDetector } from '../../domain/detector.js'
import { observing } from '../observing.js'
import type { Reply, Request, ThreadPlan } from './messages.js'
import { Share } from './share.js'
import { shareCodec } from './state.js'

// The file that a thread runs: takes tasks one after the other.
const plan: ThreadPlan = workerData
const detectors = await detectorsOf(plan)
const share = new Share(plan, detectors)
const codec = shareCodec(observing(plan.policy, detectors))
let before = Promise.resolve()

parentPort?.on('message', (message: Request | 'kill') => {
  if (message === 'kill') {
    share.kill()
    parentPort?.postMessage('killed')
    return
  }
  before = before.then(() => answer(message.number, message.task))
})

/** Modules that this run's main thread has imported and checked. */
async function detectorsOf({ detectors, plugins }: ThreadPlan): Promise<AnyDetector[]> {
  const modules: { default: AnyDetector | readonly AnyDetector[] }[] = await Promise.all(
    plugins.map((url) => import(url)),
  )
  const known = [...ours, ...modules.flatMap((module) => module.default)]
  return detectors.map((id) => {
    const detector = known.find((one) => one.id === id)
    if (detector === undefined) throw new Error(`no detector ${id} in a thread`)
    return detector
  })
}

async function answer(number: number, task: Request['task']): Promise<void> {
  try {
    const { state, ...said } = await share.do(task)
    for (const part of state === null ? [] : codec.write(state())) send({ number, part }, [part.buffer])
    send({ number, answer: said })
  } catch (error) {
    send({ number, stack: (error instanceof Error ? error.stack : null) ?? String(error) })
  }
}

function send(reply: Reply, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(reply, transfer)
}
