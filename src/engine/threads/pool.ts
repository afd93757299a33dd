import { Worker } from 'node:worker_threads'
import { Interrupted } from '../interrupted.js'
import type { Answer, Reply, Request, Task, ThreadPlan } from './messages.js'

/** Megabytes of young objects: with less, records are copied as old ones. */
const YOUNG_MEGABYTES = 48
/** One that is worked on, and one that is ready. */
const WAITING = 2

/** What a thread works on at most before it hears of an interrupt. */
const PATIENCE_MS = 3_000

interface Waiting {
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/** Threads that take tasks in turn. */
export class Pool {
  private readonly workers: readonly PooledWorker[]

  constructor(threads: number, plan: ThreadPlan) {
    this.workers = Array.from({ length: threads }, () => new PooledWorker(plan))
  }

  /** Tasks that may be under way at once. */
  get room(): number {
    return this.workers.length * WAITING
  }

  /** By the thread with least to do. */
  do(task: Task, transfer: readonly ArrayBuffer[] = []): Promise<Answer> {
    const [idlest] = this.workers.toSorted((a, b) => a.waiting - b.waiting)
    return idlest!.do(task, transfer)
  }

  /** By every thread. */
  all(task: Task): Promise<Answer[]> {
    return Promise.all(this.workers.map((worker) => worker.do(task, [])))
  }

  /** What is under way ends at once, as interrupted. */
  kill(): void {
    for (const worker of this.workers) worker.kill()
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()))
  }
}

class PooledWorker {
  private readonly worker: Worker
  private readonly tasks = new Map<number, Waiting>()
  private next = 0
  private dying: Promise<void> = Promise.resolve()
  private killed: (() => void) | null = null

  constructor(workerData: ThreadPlan) {
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MEGABYTES }
    this.worker = new Worker(new URL('./worker.js', import.meta.url), { workerData, resourceLimits })
    this.worker.on('message', (reply: Reply | 'killed') => {
      if (reply === 'killed') this.killed?.()
      else this.take(reply)
    })
    this.worker.on('error', (error) => this.failAll(error))
    this.worker.on('exit', () => this.failAll(new Error('A thread ended before its work was done.')))
  }

  get waiting(): number {
    return this.tasks.size
  }

  do(task: Task, transfer: readonly ArrayBuffer[]): Promise<Answer> {
    const number = this.next++
    return new Promise((resolve, reject) => {
      this.tasks.set(number, { resolve, reject })
      this.worker.postMessage({ number, task } satisfies Request, transfer)
    })
  }

  kill(): void {
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
    this.tasks.delete(reply.number)
    if ('answer' in reply) task?.resolve(reply.answer)
    else task?.reject(new Error(`In a thread: ${reply.stack}`))
  }

  private failAll(error: unknown): void {
    for (const { reject } of this.tasks.values()) reject(error)
    this.tasks.clear()
  }
}
