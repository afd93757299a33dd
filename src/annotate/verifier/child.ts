import { type ChildProcess, spawn } from 'node:child_process'
import { SETTLE_MS, STDERR_BYTES } from './limits.js'
import { type Heard, Line } from './line.js'
import type { Start } from './start.js'
import { Tail } from './tail.js'
import { causeOf } from './text.js'

/** What came of a request. After anything but a line, the process is of no more use. */
export type Outcome = Heard | { readonly kind: 'late'; readonly limitMs: number; readonly partial: Buffer } | Over

/** Why there is no process (any more). */
export type Over =
  | { readonly kind: 'unstarted'; readonly cause: string }
  | {
      readonly kind: 'ended'
      readonly code: number | null
      readonly signal: string | null
      /** It closed the pipe of its answers and ran on; it was killed for that. */
      readonly mute: boolean
      /** With code 0 and nothing said since the last answer. */
      readonly quiet: boolean
      /** The beginning of an answer. */
      readonly partial: Buffer
      readonly lastWords: string
    }

/** A process that is asked one thing at a time, the first of a process group of its own. */
export class Child {
  private readonly spawned: ChildProcess
  private readonly line = new Line()
  private readonly stderr = new Tail(STDERR_BYTES)
  private readonly onOver: (() => void)[] = []
  private waiting: ((outcome: Outcome) => void) | null = null
  private stray: Heard | null = null
  private over: Over | null = null
  private settling: NodeJS.Timeout | undefined
  private hasAnswered = false

  /** Throws what spawn throws, such as for an argument with a NUL in it. */
  constructor({ file, args, directory, answers }: Start) {
    const stdio = new Array<'pipe'>(answers === 3 ? 4 : 3).fill('pipe')
    this.spawned = spawn(file, args, { cwd: directory, stdio, detached: true, windowsHide: true })
    this.listen(answers)
  }

  /** Whether it has ever answered. */
  get answered(): boolean {
    return this.hasAnswered
  }

  /** One at a time. The time limit counts from the write. Never rejects. */
  ask(request: string, limitMs: number): Promise<Outcome> {
    const known = this.stray ?? this.over
    if (known !== null) return Promise.resolve(known)
    return new Promise((resolve) => {
      const waiting = (outcome: Outcome) => {
        clearTimeout(timer)
        resolve(outcome)
      }
      const timer = setTimeout(() => setImmediate(() => this.expire(waiting, limitMs)), limitMs)
      this.waiting = waiting
      this.spawned.stdin?.write(request)
    })
  }

  /** Lets an idle process end by itself, for a short while; one that is at work is killed. */
  async stop(): Promise<void> {
    if (this.waiting !== null) return this.kill()
    this.spawned.stdin?.end()
    const timer = setTimeout(() => this.kill(), SETTLE_MS)
    await this.gone()
    clearTimeout(timer)
  }

  /** Kills the whole group, and returns when it is gone, or after a short while where the system does not let it go. */
  async kill(): Promise<void> {
    if (this.running) this.killGroup()
    this.finishSoon()
    await this.gone()
  }

  private listen(answers: number): void {
    const { spawned } = this
    spawned.once('error', (error) => {
      if (spawned.pid === undefined) this.finish({ kind: 'unstarted', cause: causeOf(error) })
    })
    spawned.once('exit', () => {
      this.killGroup()
      this.finishSoon()
    })
    spawned.once('close', () => this.finish(this.ending()))
    for (const [descriptor, pipe] of spawned.stdio.entries()) {
      // EPIPE says that the process reads no more; what follows from that is told by its end or the time limit.
      pipe?.on('error', () => {})
      if (descriptor === answers) pipe?.on('data', (chunk) => this.hear(chunk)).once('end', () => this.finishSoon())
      else if (descriptor !== 0) pipe?.on('data', (chunk) => this.stderr.add(chunk))
    }
  }

  private hear(chunk: Buffer): void {
    const unasked = { kind: 'stray', what: 'unasked', bytes: chunk } as const
    const heard = this.waiting === null ? unasked : this.line.add(chunk)
    if (heard === null) return
    if (heard.kind === 'line') this.hasAnswered = true
    else this.stray ??= heard
    this.settle(heard)
  }

  /** Comes a turn after the timer: where our own process was held up, the answer may be there and not yet read. */
  private expire(waiting: (outcome: Outcome) => void, limitMs: number): void {
    if (this.waiting === waiting) this.settle({ kind: 'late', limitMs, partial: this.line.take() })
  }

  private settle(outcome: Outcome): void {
    const { waiting } = this
    this.waiting = null
    waiting?.(outcome)
  }

  private get running(): boolean {
    return this.spawned.exitCode === null && this.spawned.signalCode === null
  }

  /** A process that has left the group can hold the pipes open for ever: they are waited for a short while only. */
  private finishSoon(): void {
    if (this.over !== null) return
    this.settling ??= setTimeout(() => {
      const ending = this.ending()
      if (this.running) this.killGroup()
      for (const pipe of this.spawned.stdio) pipe?.destroy()
      this.spawned.unref()
      this.finish(ending)
    }, SETTLE_MS)
  }

  private finish(over: Over): void {
    if (this.over !== null) return
    this.over = over
    clearTimeout(this.settling)
    this.settle(over)
    for (const resolve of this.onOver) resolve()
  }

  private ending(): Over {
    const { exitCode: code, signalCode: signal } = this.spawned
    const partial = this.line.take()
    const quiet = code === 0 && this.hasAnswered && partial.length === 0
    return { kind: 'ended', code, signal, mute: this.running, quiet, partial, lastWords: this.stderr.lastLine() }
  }

  private gone(): Promise<void> {
    return this.over !== null ? Promise.resolve() : new Promise((resolve) => this.onOver.push(resolve))
  }

  /** Where there are no process groups, as on Windows, only the process itself. */
  private killGroup(): void {
    const { pid } = this.spawned
    if (pid === undefined) return
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      this.spawned.kill('SIGKILL')
    }
  }
}
