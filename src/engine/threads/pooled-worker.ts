import { Worker } from 'node:worker_threads'
import { Interrupted } from '../interrupted.js'
import type { Answer, Reply, Request, Task, ThreadPlan } from './messages.js'
import type { Member } from './pool.js'
import type { ShareCodec } from './state.js'

/** Megabytes of young objects: half of what V8 would take, since the records of a few lines are little of that. */
const YOUNG_MEGABYTES = 24

/** What a thread works on at most before it hears of an interrupt. */
const PATIENCE_MS = 3_000

interface Waiting {
  /** Of what was counted, so far. */
  readonly parts: Uint8Array<ArrayBuffer>[]
  resolve(answer: Answer): void
  reject(error: unknown): void
}

export class PooledWorker implements Member {
  private readonly worker: Worker
  private readonly codec: ShareCodec
  private readonly tasks = new Map<number, Waiting>()
  private next = 0
  private dying: Promise<void> = Promise.resolve()
  private ended = false
  private killed: (() => void) | null = null

  /** `codec`: reads what the thread counted. */
  constructor(workerData: ThreadPlan, codec: ShareCodec) {
    this.codec = codec
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MEGABYTES }
    this.worker = new Worker(new URL('./worker.js', import.meta.url), { workerData, resourceLimits })
    this.worker.on('message', (reply: Reply | 'killed') => {
      if (reply === 'killed') this.killed?.()
      else this.take(reply)
    })
    this.worker.on('error', (error) => this.failAll(error))
    this.worker.on('exit', () => {
      this.ended = true
      this.failAll(new Error('A thread ended before its work was done.'))
    })
  }

  get waiting(): number {
    return this.tasks.size
  }

  do(task: Task): Promise<Answer> {
    const number = this.next++
    return new Promise<Answer>((resolve, reject) => {
      this.tasks.set(number, { parts: [], resolve, reject })
      this.worker.postMessage({ number, task } satisfies Request)
    })
  }

  kill(): void {
    if (this.ended) return
    this.dying = new Promise((resolve) => {
      this.killed = resolve
      const timer = setTimeout(resolve, PATIENCE_MS)
      this.worker.once('exit', () => clearTimeout(timer))
    })
    this.worker.postMessage('kill')
    this.failAll(new Interrupted())
  }

  /** A thread that is ended cannot end its verifiers: after `kill` it is given the time to. */
  async close(): Promise<void> {
    await this.dying
    await this.worker.terminate()
  }

  private take(reply: Reply): void {
    const task = this.tasks.get(reply.number)
    if ('part' in reply) {
      task?.parts.push(reply.part)
      return
    }
    this.tasks.delete(reply.number)
    if ('stack' in reply) task?.reject(new Error(`In a thread: ${reply.stack}`))
    else task?.resolve({ ...reply.answer, state: task.parts.length === 0 ? null : () => this.codec.read(task.parts) })
  }

  private failAll(error: unknown): void {
    for (const { reject } of this.tasks.values()) reject(error)
    this.tasks.clear()
  }
}
