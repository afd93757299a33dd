import { type PoolOptions, type PoolRunnerInitializer, ThreadsPoolWorker, type WorkerRequest } from 'vitest/node'

/** The one thread, which outlives the runs that it serves. */
let thread: Thread | null = null

type Callback = Parameters<ThreadsPoolWorker['on']>[1]

interface Thread {
  readonly worker: ThreadsPoolWorker
  started: boolean
}

/**
 * A worker thread that stays from one mutant to the next: to start one takes longer than most tests. Stryker runs Vitest
 * once per mutant, and Vitest ends its threads with each run, so a run's end is kept from the thread, and each run brings
 * the settings that a start would have brought (which tests to run, above all).
 */
class KeptWorker extends ThreadsPoolWorker {
  override name = 'kept'
  private readonly options: PoolOptions
  private readonly listeners: [event: string, callback: Callback][] = []
  private config: unknown = null

  constructor(options: PoolOptions) {
    super(options)
    this.options = options
  }

  override async start(): Promise<void> {
    if (thread !== null) return
    const worker = new ThreadsPoolWorker(this.options)
    await worker.start()
    thread = { worker, started: false }
    worker.on('exit', () => {
      thread = null
    })
  }

  override async stop(): Promise<void> {
    this.detach()
  }

  override on(event: string, callback: Callback): void {
    this.listeners.push([event, callback])
    thread?.worker.on(event, callback)
  }

  override off(event: string, callback: Callback): void {
    thread?.worker.off(event, callback)
  }

  override send(message: WorkerRequest): void {
    if (message.type === 'stop') this.answer('stopped')
    else if (message.type === 'start') this.begin(message)
    else if (message.type === 'run') this.run(message)
    else thread?.worker.send(message)
  }

  private begin(message: WorkerRequest & { type: 'start' }): void {
    this.config = message.context.config
    if (thread === null) return
    if (thread.started) this.answer('started')
    else thread.worker.send(message)
    thread.started = true
  }

  private run(message: WorkerRequest & { type: 'run' }): void {
    const context = { ...message.context, config: this.config }
    thread?.worker.send({ ...message, context })
  }

  private answer(type: 'started' | 'stopped'): void {
    const listeners = this.listeners.filter(([event]) => event === 'message')
    if (type === 'stopped') this.detach()
    queueMicrotask(() => {
      for (const [, callback] of listeners) callback({ __vitest_worker_response__: true, type })
    })
  }

  private detach(): void {
    for (const [event, callback] of this.listeners) thread?.worker.off(event, callback)
  }
}

export const keptWorker: PoolRunnerInitializer = {
  name: 'kept',
  createPoolWorker: (options) => new KeptWorker(options),
}
